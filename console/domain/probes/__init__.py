"""Live tests run inside of a container: which program to run, and what its output means. Pure."""
