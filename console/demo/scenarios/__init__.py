"""What a practice host looks like when it starts, one file per scenario."""
