"""What the named scripts would print on a practice host."""
