"""Writing a bundle: :func:`write_bundle`."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

from pydantic import TypeAdapter

from console.backend.bundle.contents import Bundle
from console.backend.bundle.layout import (
    CONTEXT,
    FINDINGS,
    FORMAT,
    JOURNAL,
    LARGEST_MEMBER,
    MANIFEST,
    MIB,
    SNAPSHOT,
    VERSIONS,
    BundleError,
    Manifest,
    MemberSeal,
)
from console.backend.journal import JournalEntry
from console.domain.text import N_, reason_of
from console.file_replacement import written_anew

ENTRIES = TypeAdapter(tuple[JournalEntry, ...])


def write_bundle(path: Path, bundle: Bundle) -> None:
    """Write the bundle beside ``path`` and put it in its place, so that a kill leaves no half of it
    there (blocks).

    Only this user can read it. Raises BundleError where it can't be written.
    """
    members = {
        SNAPSHOT: bundle.snapshot.model_dump_json(indent=1).encode(),
        FINDINGS: _json(bundle.findings),
        JOURNAL: ENTRIES.dump_json(bundle.journal, indent=1),
        VERSIONS: _json(bundle.versions),
    }
    largest = max(members, key=lambda name: len(members[name]))
    if len(members[largest]) > LARGEST_MEMBER:
        raise BundleError(
            N_(
                CONTEXT,
                "The host is too large for a bundle: {member} would have {size} MiB.",
                member=largest,
                size=len(members[largest]) // MIB,
            )
        )
    manifest = Manifest(
        format=FORMAT,
        console=bundle.console,
        made_at=bundle.made_at,
        pseudonymised=bundle.pseudonymised,
        members={
            name: MemberSeal(size=len(data), sha256=hashlib.sha256(data).hexdigest())
            for name, data in members.items()
        },
    )
    members = {MANIFEST: manifest.model_dump_json(indent=1).encode(), **members}
    try:
        _write(path, members)
    except OSError as error:
        raise BundleError(
            N_(CONTEXT, "The bundle {path} can't be written: {error}", path=path, error=reason_of(error))
        ) from error


def _write(path: Path, members: dict[str, bytes]) -> None:
    with written_anew(path) as file, zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _json(document: object) -> bytes:
    return json.dumps(document, indent=1, ensure_ascii=False).encode()
