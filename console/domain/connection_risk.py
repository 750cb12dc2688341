"""What a connection to an engine lets a stranger do: a person is asked before one is made in spite of it."""

from __future__ import annotations

from enum import StrEnum


class ConnectionRisk(StrEnum):
    """What is wrong with the way to an engine on another computer.

    ``UNENCRYPTED``: whoever listens on the network reads and changes every request. ``UNVERIFIED``: it is
    encrypted, but whatever answers is taken for the engine, an impostor too.
    """

    UNENCRYPTED = "unencrypted"
    UNVERIFIED = "unverified"
