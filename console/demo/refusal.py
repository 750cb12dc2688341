"""How the practice host says no: the engine's HTTP status and its literal words."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 (a refusal is an answer, not a fault)
    """A request the engine refuses, as ``{"message": …}`` with this HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
