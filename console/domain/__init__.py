"""What is true of Windows container networking. Pure: no Qt, no I/O, no clock."""
