"""The practice host: a simulated Windows container host behind a real Docker Engine HTTP API."""
