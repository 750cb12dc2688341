"""One host that a person added: how its engine and its Windows side are reached."""

from __future__ import annotations

import uuid
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from console.backend.connection import Connection, TlsFiles, checked_url, url_with_tls
from console.backend.powershell.endpoint import WinRmEndpoint
from console.domain.record import Record

LONGEST_NAME = 200
LONGEST_TAG = 60


def new_id() -> str:
    """An id that no host has."""
    return f"host-{uuid.uuid4().hex}"


def engine_computer(address: str) -> str:
    """The name or IP address of the computer in an engine's address; "" where it names none or is none."""
    try:
        return urlsplit(checked_url(address)).hostname or ""
    except ValueError:
        return ""


class StoredHost(Record):
    """One host. ``id`` never changes: the journal and the credential store file under it.

    ``engine_url`` is spelled as ``docker -H`` takes it; empty where only the Windows side is reached.
    ``winrm`` is None where only the engine is; without a host of its own it follows the engine's address.
    ``read_only``: the console looks and changes nothing.
    Passwords are no part of it (they stand in the system's credential store).
    """

    id: str = Field(default_factory=new_id)
    name: str
    engine_url: str = ""
    tls: TlsFiles | None = None
    winrm: WinRmEndpoint | None = None
    tags: tuple[str, ...] = ()
    read_only: bool = False

    @field_validator("name")
    @classmethod
    def _has_a_name(cls, name: str) -> str:
        if not name.strip():
            raise ValueError("a host needs a name")
        return name.strip()[:LONGEST_NAME]

    @field_validator("engine_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        return checked_url(url) if url.strip() else ""

    @field_validator("tags")
    @classmethod
    def _are_words(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        words = (tag.strip()[:LONGEST_TAG] for tag in tags)
        return tuple(dict.fromkeys(word for word in words if word))

    @model_validator(mode="after")
    def _is_reached_somehow(self) -> Self:
        if not self.engine_url:
            raise ValueError("a host needs the address of its engine")
        if self.tls is not None and url_with_tls(self.engine_url) != self.engine_url:
            raise ValueError("http:// is without TLS: write https:// or tcp://, or connect by plain TCP")
        if self.winrm is not None and self.winrm.password.get_secret_value():
            raise ValueError("a stored host holds no password")
        return self

    @property
    def connection(self) -> Connection:
        """The way to its engine."""
        return Connection(id=self.id, name=self.name, url=self.engine_url, tls=self.tls, source="manual")

    @property
    def windows_side(self) -> WinRmEndpoint | None:
        """Its Windows side as it is reached: on the engine's computer where it has none of its own.

        Its host is empty where the engine's address names no computer either: nobody can reach that.
        """
        if self.winrm is None or self.winrm.host:
            return self.winrm
        return self.winrm.model_copy(update={"host": engine_computer(self.engine_url)})

    def is_reached_like(self, other: StoredHost) -> bool:
        """Whether it has the name, the addresses and the accounts of ``other``."""
        return (self.name, self.engine_url, self.tls, self.windows_side) == (
            other.name, other.engine_url, other.tls, other.windows_side,
        )  # fmt: skip

    @property
    def account(self) -> str:
        """Under which name its password stands in the credential store; empty where it needs none.

        It holds all of where the password is sent: for another computer, port or user there is none.
        """
        side = self.windows_side
        if side is None or not self.former_account:
            return ""
        scheme = "https" if side.tls else "http"
        return f"{self.former_account}@{scheme}://{side.host.lower()}:{side.used_port}"

    @property
    def former_account(self) -> str:
        """Under which name earlier consoles filed its password, by user alone; empty where it needs none."""
        if self.winrm is None or self.winrm.authentication == "certificate" or not self.winrm.username:
            return ""
        return f"{self.id}:{self.winrm.username}"
