"""What a step can do to the connections of the host itself, ours among them; see :mod:`.decisions`."""
