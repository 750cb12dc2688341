"""The network drivers and their options, as data."""
