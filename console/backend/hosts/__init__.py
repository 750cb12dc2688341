"""The hosts a person added by hand: kept without secrets, opened, tested, exported and imported."""
