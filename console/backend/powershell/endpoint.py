"""Where and as whom a host is reached over WinRM."""

from __future__ import annotations

import ipaddress
import re
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from console.backend.connection import is_loopback
from console.domain.connection_loss.way import Way
from console.domain.record import Record

Authentication = Literal["negotiate", "kerberos", "certificate"]

HTTP_PORT, HTTPS_PORT = 5985, 5986
#: What no name of a computer has: it belongs to a URL, an account or a path.
_NOT_IN_NAMES = re.compile(r"[\s/\\@:?#\[\]]")


class WinRmEndpoint(Record):
    """One host's WinRM service and the account to use there.

    ``host`` is a computer's name or IP address; empty in what is stored: the engine's computer.
    ``tls``: HTTPS; without it every message is encrypted with the key of the authentication, and
    nothing is ever sent in the clear. ``port`` None: 5986 with TLS, 5985 without. ``username`` and
    ``password`` empty: the account that is signed in here. ``authority_file`` has the certificate of who
    issued the host's, where this computer does not trust that anyway. ``certificate_file``
    and ``key_file`` are the account's own, for ``certificate``. The password is never written down:
    it is left out where the record is made into JSON, and hidden in its ``repr``.
    """

    host: str
    port: int | None = Field(default=None, ge=1, le=65535)
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
        """The console's way to the host; None where it is reached on this computer, or nowhere."""
        return Way(self.host, self.used_port) if self.host and not is_loopback(self.host) else None

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

    @property
    def used_port(self) -> int:
        """The TCP port that is asked."""
        return self.port or (HTTPS_PORT if self.tls else HTTP_PORT)


def checked_computer(text: str) -> str:
    """A computer's name or IP address as a person typed it, without what stands around it; "" for nothing.

    Raises ValueError where it is more than that, such as a URL. It is asked of what is typed, not of what is
    stored: one host that can't be reached must not take the others of its file with it.
    """
    name = text.strip()
    bare = name.removeprefix("[").removesuffix("]")  # as an IPv6 address stands in a URL
    if _is_ip_address(bare):
        return bare
    if _NOT_IN_NAMES.search(name):
        raise ValueError("the computer is given by its name or IP address alone, without a port or path")
    return name


def _is_ip_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
