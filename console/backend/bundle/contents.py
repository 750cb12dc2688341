"""What a bundle tells: :class:`Bundle`, and how it is made of what is known of a host."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import secrets
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from console.backend.bundle.layout import CONTEXT, BundleError
from console.backend.journal import JournalEntry
from console.backend.private_names import names_of_this_computer
from console.domain.credentials import CredentialRemover
from console.domain.pseudonyms import PrivateNames, Pseudonymiser
from console.domain.rewriting import rewritten
from console.domain.snapshot import Snapshot
from console.domain.text import N_, reason_of
from console.version import __version__

Findings = Callable[[Snapshot], Mapping[str, Any]]

#: Whose versions decide how the console behaves.
_LIBRARIES = ("docker", "pydantic", "PySide6_Essentials", "pypsrp", "qasync", "urllib3")
_KEY_BYTES = 32


@dataclass(frozen=True)
class Bundle:
    """All that one bundle tells of a host.

    ``findings`` is the checks' JSON document of that snapshot, ``versions`` what the console ran on
    and with, ``made_at`` aware UTC time. ``console`` is the version that wrote it.
    """

    snapshot: Snapshot
    journal: tuple[JournalEntry, ...]
    findings: Mapping[str, Any]
    versions: Mapping[str, Any]
    made_at: datetime
    console: str
    pseudonymised: bool


def new_key() -> bytes:
    """A key for pseudonyms that nobody has, so that they can't be taken back."""
    return secrets.token_bytes(_KEY_BYTES)


def kept_key(path: Path) -> bytes:
    """The key in a file, which is made where it is not there, for this user alone (blocks).

    Bundles made with one key have the same made-up names and can be compared; who has the file can
    find out whether a name that he guesses is one of them. Raises BundleError.
    """
    try:
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(new_key().hex())
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise BundleError(
            N_(CONTEXT, "The key {path} can't be used: {error}", path=path, error=reason_of(error))
        ) from error
    if len(key) != _KEY_BYTES:
        raise BundleError(N_(CONTEXT, "{path} holds no key for made-up names.", path=path))
    return key


def bundle_of(
    snapshot: Snapshot,
    journal: Iterable[JournalEntry],
    *,
    findings: Findings,
    pseudonym_key: bytes | None = None,
    private: PrivateNames | None = None,
    made_at: datetime | None = None,
) -> Bundle:
    """The bundle of a host, without credentials, and with ``pseudonym_key`` without names.

    ``journal`` are entries of this host. ``findings`` is asked about the host as the bundle tells it,
    so that the two agree. ``private`` are names that only the way to the host tells (its address, the
    account there), which messages repeat. It takes seconds for a big host: call it in a thread.
    """
    remover = CredentialRemover()
    snapshot = rewritten(snapshot, remover)
    entries = tuple(rewritten(entry.without_raw_text(), remover) for entry in journal)
    if pseudonym_key is not None:
        pseudonymiser = Pseudonymiser(pseudonym_key)
        own = names_of_this_computer(os.environ)
        pseudonymiser.note((snapshot, *entries), own + private if private else own)
        snapshot = pseudonymiser.rewritten(snapshot)
        entries = tuple(map(pseudonymiser.rewritten, entries))
        found = _without_own_paths(findings(snapshot), pseudonymiser)
    else:
        found = findings(snapshot)
    return Bundle(
        snapshot=snapshot,
        journal=entries,
        findings=found,
        versions=versions(),
        made_at=made_at or datetime.now(UTC),
        console=__version__,
        pseudonymised=pseudonym_key is not None,
    )


def _without_own_paths(findings: Mapping[str, Any], pseudonymiser: Pseudonymiser) -> Mapping[str, Any]:
    """The findings of a rewritten host; a check that crashed tells where the console is installed."""
    crashed = [{**one, "error": pseudonymiser.sentence(one["error"])} for one in findings.get("crashed", ())]
    return {**findings, "crashed": crashed} if crashed else findings


def versions() -> dict[str, Any]:
    """What this console is and runs on; nothing of it names a computer or a person."""
    return {
        "console": __version__,
        "python": sys.version.split()[0],
        "system": platform.system(),
        "release": platform.release(),
        "system_version": platform.version(),
        "machine": platform.machine(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
    }


def _version(library: str) -> str | None:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return None
