"""Whose a container is: what Compose and swarm write into its labels."""

from __future__ import annotations

from collections.abc import Mapping

_PROJECT = "com.docker.compose.project"
_SERVICE = "com.docker.compose.service"
_SWARM_SERVICE = "com.docker.swarm.service.name"


def compose_project(labels: Mapping[str, str]) -> str:
    """The Compose project it belongs to; "" for none."""
    return labels.get(_PROJECT, "")


def compose_service(labels: Mapping[str, str]) -> str:
    """The service of the Compose file it was made for; "" for none."""
    return labels.get(_SERVICE, "")


def swarm_service(labels: Mapping[str, str]) -> str:
    """The swarm service whose task it is; "" for none."""
    return labels.get(_SWARM_SERVICE, "")
