"""The drawing of a host: how nodes and edges look, are painted, reached by mouse and keys, and exported."""
