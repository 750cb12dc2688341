"""What a container itself says of its network, and how that compares with what the engine says. Pure."""
