"""The Windows side of a host as pages: what each kind of object shows, and what can be done with it."""
