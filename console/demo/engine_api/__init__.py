"""The Docker Engine API of a practice host, over HTTP: one file per part of the API."""
