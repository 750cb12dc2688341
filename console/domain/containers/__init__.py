"""Containers on their networks: what can be done to them now, and the plans that do it. Pure."""
