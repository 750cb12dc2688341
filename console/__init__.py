"""Container Network Console: see, build and repair Windows container networking."""
