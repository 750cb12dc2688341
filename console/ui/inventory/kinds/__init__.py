"""One file per kind of object: its rows, columns, details and actions."""
