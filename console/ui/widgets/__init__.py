"""Widgets that several pages or wizards use."""
