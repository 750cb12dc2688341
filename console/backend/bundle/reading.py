"""Reading a bundle that anybody may have made: :func:`read_bundle`.

Nothing in it is believed: sizes are counted while it is unpacked, and texts may hold no more than the
placeholders that have a value.
"""

from __future__ import annotations

import hashlib
import json
import os
import string
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from console.backend.bundle.contents import Bundle
from console.backend.bundle.layout import (
    CONTEXT,
    FINDINGS,
    FORMAT,
    JOURNAL,
    LARGEST_FILE,
    LARGEST_MEMBER,
    MANIFEST,
    MEMBERS,
    MIB,
    MOST_MEMBERS,
    SNAPSHOT,
    VERSIONS,
    BundleError,
    Manifest,
    MemberSeal,
)
from console.backend.bundle.writing import ENTRIES
from console.backend.objection import first_objection
from console.domain.record import Record
from console.domain.snapshot import Snapshot
from console.domain.text import N_, Text, reason_of
from console.version import __version__

T = TypeVar("T")

_LARGEST_MANIFEST = MIB
# Methods of the zip format that this program writes, or people's archivers do.
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED_FLAG = 0x1
# The zip format's end record (APPNOTE.TXT, 4.3.16): signature, four disk and member counts, the length of
# the list of members in bytes, its place, the length of the comment.
_END_RECORD = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"
_ZIP64_LOCATOR_LENGTH = 20
_LONGEST_COMMENT = 0xFFFF
_LONGEST_LIST = MIB // 16


def read_bundle(path: Path) -> Bundle:
    """Read a bundle (blocks; about a second for a big host). Raises BundleError for any file that is none.

    What it holds is of another computer and perhaps of somebody who means ill: it is shown, never run.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BundleError(_too_large(path.name, LARGEST_FILE))
        _check_list_of_members(path)
        with zipfile.ZipFile(path) as archive:
            return _read(archive)
    except OSError as error:
        raise BundleError(
            N_(CONTEXT, "The bundle {path} can't be read: {error}", path=path, error=reason_of(error))
        ) from error
    # What zipfile raises for archives that are broken in one way or another, truncated ones included.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise BundleError(_damaged(str(error))) from error


def _read(archive: zipfile.ZipFile) -> Bundle:
    if len(archive.infolist()) > MOST_MEMBERS:
        raise BundleError(_damaged("it has too many members"))
    manifest = _manifest(_unpacked(archive, MANIFEST, _LARGEST_MANIFEST))
    documents = {name: _sealed(archive, name, manifest) for name in MEMBERS}
    try:
        snapshot = Snapshot.model_validate_json(documents[SNAPSHOT])
        journal = ENTRIES.validate_json(documents[JOURNAL])
    except ValidationError as error:
        if _newer(manifest.console):
            raise BundleError(_from_newer_console(manifest)) from error
        raise BundleError(_damaged(first_objection(error))) from error
    _check_texts((snapshot, *journal))
    return Bundle(
        snapshot=snapshot,
        journal=journal,
        findings=_object(documents[FINDINGS], FINDINGS),
        versions=_object(documents[VERSIONS], VERSIONS),
        made_at=manifest.made_at,
        console=manifest.console,
        pseudonymised=manifest.pseudonymised,
    )


def _check_list_of_members(path: Path) -> None:
    """Refuse archives whose list of members alone would fill the memory, before zipfile reads it."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _LONGEST_COMMENT - _END_RECORD.size - _ZIP64_LOCATOR_LENGTH))
        tail = file.read()
    at = tail.rfind(_END_SIGNATURE)
    if at < 0 or len(tail) - at < _END_RECORD.size:
        raise BundleError(
            N_(
                CONTEXT,
                "This is not a support bundle, or only the first part of one: {path}.",
                path=path.name,
            )
        )
    list_length = _END_RECORD.unpack_from(tail, at)[5]
    if list_length > _LONGEST_LIST or _has_locator(tail, at):
        raise BundleError(_damaged("it has too many members"))


def _has_locator(tail: bytes, at: int) -> bool:
    return tail[max(0, at - _ZIP64_LOCATOR_LENGTH) : at].startswith(_ZIP64_LOCATOR)


def _manifest(data: bytes) -> Manifest:
    found = _object(data, MANIFEST)
    if isinstance(found.get("format"), int) and found["format"] > FORMAT:
        raise BundleError(
            N_(
                CONTEXT,
                "The bundle was written by a newer console (format {version}, this one knows {known}). "
                "Update the console to open it.",
                version=found["format"],
                known=FORMAT,
            )
        )
    try:
        return Manifest.model_validate(found)
    except ValidationError as error:
        raise BundleError(_damaged(first_objection(error))) from error


def _sealed(archive: zipfile.ZipFile, name: str, manifest: Manifest) -> bytes:
    seal = manifest.members.get(name)
    if seal is None:
        raise BundleError(_damaged(f"{name} is missing in {MANIFEST}"))
    data = _unpacked(archive, name, LARGEST_MEMBER)
    if seal != MemberSeal(size=len(data), sha256=hashlib.sha256(data).hexdigest()):
        raise BundleError(_damaged(f"{name} is not what was written"))
    return data


def _unpacked(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    try:
        member = archive.getinfo(name)
    except KeyError as error:
        raise BundleError(
            N_(CONTEXT, "This is not a support bundle: {member} is not in it.", member=name)
        ) from error
    if member.compress_type not in _METHODS or member.flag_bits & _ENCRYPTED_FLAG:
        raise BundleError(_damaged(f"{name} is packed in a way that bundles are not"))
    with archive.open(member) as stream:
        data = stream.read(limit + 1)  # what the archive says of the size may be a lie
    if len(data) > limit:
        raise BundleError(_too_large(name, limit))
    return data


def _object(data: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BundleError(_damaged(f"{name}: {error}")) from error
    if not isinstance(found, dict):
        raise BundleError(_damaged(f"{name} is no JSON object"))
    return found


def _check_texts(values: Any) -> None:
    """A text's template is formatted when it is shown: it may hold nothing but ``{name}``."""
    pending = [values]
    while pending:
        value = pending.pop()
        if isinstance(value, Text):
            _check_template(value)
            pending.extend(inner for _, inner in value.values)
        elif isinstance(value, Record):
            pending.extend(getattr(value, name) for name in type(value).model_fields)
        elif isinstance(value, tuple | list):
            pending.extend(value)


def _check_template(text: Text) -> None:
    if not text.values:
        return  # shown as it is
    names = {name for name, _ in text.values}
    for _, field, layout, conversion in string.Formatter().parse(text.template):
        if field is not None and (field not in names or layout or conversion):
            raise BundleError(_damaged("a text in it can't be shown"))


def _newer(version: str) -> bool:
    return _numbers(version) > _numbers(__version__)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("+")[0].split(".")[:3] if part.isdecimal())


def _damaged(detail: str) -> Text:
    return N_(
        CONTEXT,
        "The bundle is damaged or was changed after it was written: {detail}. Ask for it to be sent again.",
        detail=detail,
    )


def _too_large(name: str, limit: int) -> Text:
    return N_(
        CONTEXT,
        "{name} is larger than any bundle that the console writes ({limit} MiB), so it is not opened.",
        name=name,
        limit=limit // MIB,
    )


def _from_newer_console(manifest: Manifest) -> Text:
    return N_(
        CONTEXT,
        "The bundle was written by a newer console (version {version}, this one is {own}) and holds what "
        "this one does not know. Update the console to open it.",
        version=manifest.console,
        own=__version__,
    )
