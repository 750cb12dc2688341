"""Keeps secrets out of everything the console writes about itself: logs and crash reports.

A secret is known by its type first: passwords are ``SecretStr``, whose text is stars, and the value of
each one that is used is learned here, so that it is found wherever it turns up, in a library's words or
in an error's. What no type tells (credentials inside a URL, tokens that others print) is found by its
shape, as in what is handed on in a bundle (:mod:`console.domain.credentials`).
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import SecretStr

SHORTEST = 4
"""Characters. A shorter secret would hide half of every text, and protects nothing."""


class Redaction:
    """What must not be written down. Safe to call from any thread."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._values: tuple[str, ...] = ()

    def learn(self, secret: SecretStr) -> None:
        """Hide this value from now on."""
        value = secret.get_secret_value()
        if len(value) < SHORTEST:
            return
        with self._mutex:
            # The longest first: a secret may be a part of another one.
            self._values = tuple(sorted({*self._values, value}, key=len, reverse=True))

    def clean(self, text: str) -> str:
        """``text`` with :data:`console.domain.credentials.REMOVED` in the place of every secret."""
        from console.domain.credentials import REMOVED, without_credentials  # not before the first paint

        for value in self._values:
            text = text.replace(value, REMOVED)
        return without_credentials(text)
