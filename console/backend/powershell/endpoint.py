"""Where and as whom a host is reached over WinRM."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from console.backend.connection import is_loopback
from console.domain.connection_loss.way import Way
from console.domain.record import Record

Authentication = Literal["negotiate", "kerberos", "certificate"]


class WinRmEndpoint(Record):
    """One host's WinRM service and the account to use there.

    ``tls``: HTTPS; without it every message is encrypted with the key of the authentication, and
    nothing is ever sent in the clear. ``port`` None: 5986 with TLS, 5985 without. ``username`` and
    ``password`` empty: the account that is signed in here. ``authority_file`` is the PEM file of who
    made the host's certificate, where this computer does not trust it anyway. ``certificate_file``
    and ``key_file`` are the account's own, for ``certificate``. The password is never written down:
    it is left out where the record is made into JSON, and hidden in its ``repr``.
    """

    host: str
    port: int | None = None
    tls: bool = True
    authentication: Authentication = "negotiate"
    username: str = ""
    password: SecretStr = Field(default=SecretStr(""), exclude=True, repr=False)
    authority_file: str = ""
    certificate_file: str = ""
    key_file: str = ""
    connect_seconds: int = 10

    @property
    def way(self) -> Way | None:
        """The console's way to the host; None where it is reached on this computer."""
        return None if is_loopback(self.host) else Way(self.host, self.port or (5986 if self.tls else 5985))

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.authentication == "certificate":
            if not self.tls:
                raise ValueError(
                    "a certificate authenticates over TLS only: plain HTTP could not be encrypted"
                )
            if not (self.certificate_file and self.key_file):
                raise ValueError("authentication by certificate needs the certificate's and the key's file")
        return self
