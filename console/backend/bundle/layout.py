"""What a bundle's file is made of: a zip archive whose members are JSON documents."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pydantic import ConfigDict

from console.domain.record import Record
from console.domain.text import Text

CONTEXT = "Bundles"

FORMAT: Final = 1
"""Counts the formats that older consoles can't read."""

SUFFIX: Final = ".wcnbundle.zip"

MANIFEST: Final = "manifest.json"
SNAPSHOT: Final = "snapshot.json"
FINDINGS: Final = "findings.json"
JOURNAL: Final = "journal.json"
VERSIONS: Final = "versions.json"
MEMBERS: Final = (SNAPSHOT, FINDINGS, JOURNAL, VERSIONS)

MIB: Final = 1024 * 1024
LARGEST_FILE: Final = 64 * MIB
"""Bytes of a bundle. One of a host with 5,000 networks and 20,000 endpoints has about 3 MiB."""
LARGEST_MEMBER: Final = 96 * MIB
"""Bytes of one document, unpacked. That host's snapshot has about 25 MiB."""
MOST_MEMBERS: Final = 64


class BundleError(Exception):
    """A file can't be used as a bundle, or not be written; :attr:`reason` says why to a person."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


class MemberSeal(Record):
    """How one member must be, to tell damage: its length in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Manifest(Record):
    """The first member: what the others are and who wrote them.

    ``made_at`` is aware UTC time. Later consoles may add fields without a new format, so unknown ones
    are no fault.
    """

    model_config = ConfigDict(extra="ignore")

    format: int
    console: str
    made_at: datetime
    pseudonymised: bool
    members: dict[str, MemberSeal]
