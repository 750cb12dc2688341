"""What the service discovery page is made of."""
