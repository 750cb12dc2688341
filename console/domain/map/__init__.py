"""The map of a host: adapters, vSwitches, networks and containers in columns, laid out and in words."""
