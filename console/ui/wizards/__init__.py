"""Wizards and the pages they are made of."""
