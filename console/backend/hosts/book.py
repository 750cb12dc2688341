"""The file with the hosts a person added: :class:`HostBook`. All methods block."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from console.backend.connection import url_with_tls, without_password
from console.backend.hosts.stored import StoredHost
from console.backend.json_file import DocumentError, DocumentKind, read_document, write_document
from console.domain.text import N_

CONTEXT = "Hosts"


def _safe_addresses(content: dict[str, Any]) -> dict[str, Any]:
    """Addresses as they are accepted since version 2: without a password, and with TLS never plain.

    The file was written when both were taken; refusing it now would take all hosts away. What is no
    host is left as it is, for its reader to say so.
    """
    hosts = content.get("hosts")
    if not isinstance(hosts, list):
        return content
    return content | {"hosts": [_with_safe_address(one) if isinstance(one, dict) else one for one in hosts]}


def _with_safe_address(host: dict[str, Any]) -> dict[str, Any]:
    url = host.get("engine_url")
    if not isinstance(url, str):
        return host
    url = without_password(url)
    return host | {"engine_url": url if host.get("tls") is None else url_with_tls(url)}


HOSTS = DocumentKind("hosts", migrations=(_safe_addresses,))


class HostBook:
    """Hosts by id, kept in one file. Safe to call from any thread.

    Every change reads the file first, so that what another console wrote meanwhile is not lost.
    Raises DocumentError where the file can't be used; it is then left as it is.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mutex = threading.Lock()

    def hosts(self) -> tuple[StoredHost, ...]:
        """All of them, by name."""
        return _hosts(self._path, read_document(self._path, HOSTS))

    def put(self, host: StoredHost) -> StoredHost | None:
        """Add a host, or replace the one of its id: the result."""
        return next(iter(self.put_all((host,))), None)

    def put_all(self, hosts: Iterable[StoredHost]) -> tuple[StoredHost, ...]:
        """Add or replace several, all or none; those that were replaced."""
        new = {one.id: one for one in hosts}
        with self._mutex:
            there = {one.id: one for one in self.hosts()}
            self._write((there | new).values())
        return tuple(there[host_id] for host_id in new if host_id in there)

    def remove(self, host_id: str) -> StoredHost | None:
        """Forget the one of that id, which is the result; None where there is none."""
        with self._mutex:
            there = {one.id: one for one in self.hosts()}
            removed = there.pop(host_id, None)
            self._write(there.values())
        return removed

    def export(self, path: Path, chosen: Iterable[StoredHost]) -> None:
        """Write hosts to a file for another computer. It holds no secret: a host has none."""
        write_document(path, HOSTS, _content(chosen))

    def read_export(self, path: Path) -> tuple[StoredHost, ...]:
        """The hosts in an exported file. What of them is taken over is for a person to say."""
        document = read_document(path, HOSTS)
        if document is None:
            raise DocumentError(N_(CONTEXT, "There is no file {path}.", path=path))
        return _hosts(path, document)

    def _write(self, hosts: Iterable[StoredHost]) -> None:
        write_document(self._path, HOSTS, _content(hosts))


def _content(hosts: Iterable[StoredHost]) -> Mapping[str, Any]:
    return {"hosts": [one.model_dump(mode="json", exclude_defaults=True) | {"id": one.id} for one in hosts]}


def _hosts(path: Path, document: Mapping[str, Any] | None) -> tuple[StoredHost, ...]:
    if document is None:
        return ()
    try:
        found = [StoredHost.model_validate(one) for one in document["hosts"]]
    except (KeyError, TypeError, ValidationError) as error:
        raise DocumentError(
            N_(CONTEXT, "{path} contains a host entry that can't be read: {error}", path=path, error=error)
        ) from error
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))
