"""What pasted error texts, commands and Compose files mean, in the window."""
