"""What Windows and a host make of a Compose project, each objection with its line."""
