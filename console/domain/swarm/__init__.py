"""What is true of swarm mode on Windows hosts: its objects, its members and its overlay networks."""
