"""The Docker Engine by the Docker SDK: requests, answers, events."""
