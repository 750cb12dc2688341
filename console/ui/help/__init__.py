"""The help: pages of resources/help, shown without any way to the network."""
