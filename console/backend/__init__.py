"""The outside world, async and without Qt: engine, host side, connections, journal and their facade."""
