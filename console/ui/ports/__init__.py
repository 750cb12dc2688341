"""What the port finder is made of."""
