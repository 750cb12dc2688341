"""The hosts of an exported file beside those that are here: :func:`incoming_hosts`. Pure.

A file is somebody else's word. Nothing here is replaced unasked, and whatever is taken over is no less
careful than before: a host that is read-only here stays so, and a certificate that is checked here, or
that was not here before, is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.backend.hosts.stored import StoredHost, new_id
from console.domain.connection_risk import ConnectionRisk
from console.domain.record import Record
from console.domain.text import N_, Text, verbatim

CONTEXT = "IncomingHosts"

_OWN_ID = re.compile(r"host-[0-9a-f]{32}")

_YES, _NO = N_(CONTEXT, "yes"), N_(CONTEXT, "no")
_NONE = N_(CONTEXT, "none")
_CHECKED = N_(
    CONTEXT, "The file says not to check the engine's certificate. It will be checked all the same."
)
_READ_ONLY = N_(CONTEXT, "It stays read-only here. The file says that it may be changed.")
_ASKED_AGAIN = N_(
    CONTEXT, "If you replace it, the password that is kept for it here is removed and asked for again."
)
_UNENCRYPTED = N_(CONTEXT, "Nothing protects the connection to it: you will be asked each time.")
_UNVERIFIED = N_(CONTEXT, "The engine's certificate is not checked: you will be asked each time.")

OF_HOST: Mapping[str, Text] = {
    "name": N_(CONTEXT, "Name"),
    "engine_url": N_(CONTEXT, "Engine address"),
    "tags": N_(CONTEXT, "Tags"),
    "read_only": N_(CONTEXT, "Read-only"),
}
OF_TLS: Mapping[str, Text] = {
    "ca": N_(CONTEXT, "CA certificate of the engine"),
    "certificate": N_(CONTEXT, "Client certificate for the engine"),
    "key": N_(CONTEXT, "Client key for the engine"),
    "verify": N_(CONTEXT, "Check the engine's certificate"),
}
OF_WINDOWS_SIDE: Mapping[str, Text] = {
    "host": N_(CONTEXT, "Computer of the Windows side"),
    "port": N_(CONTEXT, "WinRM port"),
    "tls": N_(CONTEXT, "WinRM over HTTPS"),
    "authentication": N_(CONTEXT, "WinRM authentication"),
    "username": N_(CONTEXT, "Account"),
    "authority_file": N_(CONTEXT, "CA certificate for WinRM"),
    "certificate_file": N_(CONTEXT, "Client certificate for WinRM"),
    "key_file": N_(CONTEXT, "Client key for WinRM"),
    "connect_seconds": N_(CONTEXT, "Seconds to wait for WinRM"),
}
"""What a person is told of each field; what is not told of can't be decided on."""


class Standing(StrEnum):
    """How a host of the file stands to those that are here."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing about a host: what it is here, and what it would become."""

    what: Text
    here: Text
    in_file: Text


@dataclass(frozen=True, slots=True)
class IncomingHost:
    """A host of the file as it would be taken over, and the one of its id ``here``.

    ``notes`` is what to know of it: what of the file is not taken over, and what it is at risk of.
    """

    host: StoredHost
    here: StoredHost | None
    notes: tuple[Text, ...]

    @property
    def standing(self) -> Standing:
        """Whether there is anything to decide."""
        if self.here is None:
            return Standing.NEW
        return Standing.SAME if self.here == self.host else Standing.CHANGED

    @property
    def changes(self) -> tuple[Change, ...]:
        """What would become different; nothing for a new host."""
        if self.here is None:
            return ()
        here, host = self.here, self.host
        return (
            *_changes(OF_HOST, here, host),
            *_changes(OF_TLS, here.tls, host.tls),
            *_changes(OF_WINDOWS_SIDE, here.winrm, host.winrm),
        )

    def copy(self, name: str) -> StoredHost:
        """The host as one more beside the one that is here."""
        return self.host.model_copy(update={"id": new_id(), "name": name})


def incoming_hosts(found: Iterable[StoredHost], there: Iterable[StoredHost]) -> tuple[IncomingHost, ...]:
    """The hosts ``found`` in a file, each beside the one of its id that is ``there``; by name."""
    here = {one.id: one for one in there}
    read = {one.id: one for one in map(_with_own_id, found)}
    hosts = [_incoming(one, here.get(one.id)) for one in read.values()]
    return tuple(sorted(hosts, key=lambda one: (one.host.name.casefold(), one.host.id)))


def _with_own_id(host: StoredHost) -> StoredHost:
    """The id of an engine that is found on this computer, say, is none that a file may give a host."""
    return host if _OWN_ID.fullmatch(host.id) else host.model_copy(update={"id": new_id()})


def _incoming(found: StoredHost, here: StoredHost | None) -> IncomingHost:
    host, notes = found, []
    unchecked_here = here is not None and here.tls is not None and not here.tls.verify
    if host.tls is not None and not host.tls.verify and not unchecked_here:
        host = host.model_copy(update={"tls": host.tls.model_copy(update={"verify": True})})
        notes.append(_CHECKED)
    if here is not None and here.read_only and not host.read_only:
        host = host.model_copy(update={"read_only": True})
        notes.append(_READ_ONLY)
    if here is not None and here.account and here.account != host.account:
        notes.append(_ASKED_AGAIN)
    risk = host.connection.risk
    if risk is not None:
        notes.append(_UNENCRYPTED if risk is ConnectionRisk.UNENCRYPTED else _UNVERIFIED)
    return IncomingHost(host, here, tuple(notes))


def _changes(labels: Mapping[str, Text], here: Record | None, in_file: Record | None) -> Iterator[Change]:
    for field, what in labels.items():
        before, after = _told(here, in_file, field), _told(in_file, here, field)
        if before != after:
            yield Change(what, before, after)


def _told(record: Record | None, other: Record | None, field: str) -> Text:
    """A field in words; beside a part that is not there at all, only what somebody set in it."""
    present = record or other
    if record is None or present is None:
        return _NONE
    value = getattr(record, field)
    if other is None and value == type(record).model_fields[field].default:
        return _NONE
    if isinstance(value, bool):
        return _YES if value else _NO
    words = ", ".join(value) if isinstance(value, tuple) else str(value or "")
    return verbatim(words) if words else _NONE
