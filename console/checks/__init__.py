"""What can be wrong with a host, and what an error text means. Pure: no Qt, no I/O."""
