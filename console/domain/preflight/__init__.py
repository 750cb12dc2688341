"""The rules a network must keep before it is asked for, one file per family."""
