"""Looking a name up inside of a container, with whatever its image has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from console.domain.container_details import ExecResult
from console.domain.probes.probe import POWERSHELL, Attempt, addresses_in, is_missing, safe_word

_PARAGRAPH: Final = re.compile(r"\n[ \t\r]*\n")


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a lookup gave. ``addresses`` is empty where there is no such name; ``server`` is who was
    asked, "" where the program does not tell; ``program`` is what was run.
    """

    program: str
    addresses: tuple[str, ...] = ()
    server: str = ""


def lookup_attempts(name: str, *, windows: bool) -> tuple[Attempt[Lookup], ...]:
    """The programs that look ``name`` up, best first. Raises UnsafeWordError for what is no name."""
    word = safe_word(name)
    if not windows:
        return (
            Attempt(("getent", "ahostsv4", word), _read_getent),
            Attempt(("nslookup", word), _read_nslookup),
            Attempt(("ping", "-c", "1", "-W", "1", word), _read_ping),
        )
    return (
        Attempt(("nslookup", word), _read_nslookup),
        Attempt((*POWERSHELL, "Resolve-DnsName", "-Name", word, "-Type", "A"), _read_resolve_dnsname),
        Attempt(("ping", "-n", "1", "-w", "1000", word), _read_ping),
    )


def _read_nslookup(result: ExecResult) -> Lookup | None:
    """The first paragraph is the server that was asked, the others are its answer.

    Also where nothing is known, and however that is said, no further paragraph has an address.
    """
    if is_missing(result):
        return None
    head, *rest = _PARAGRAPH.split(result.output.replace("\r\n", "\n").strip(), maxsplit=1)
    server = next(iter(addresses_in(head)), "")
    if not server and not rest:
        return None  # it found no server to ask, which says nothing of the name
    return Lookup("nslookup", addresses_in("".join(rest)), server)


def _read_resolve_dnsname(result: ExecResult) -> Lookup | None:
    if is_missing(result):
        return None
    found = addresses_in(result.output)
    if not found and not result.errors and not result.output.strip():
        return None  # neither an answer nor an error: it did not run
    return Lookup("Resolve-DnsName", found)


def _read_getent(result: ExecResult) -> Lookup | None:
    """Exit code 2 is "no such name" (getent(1)); another one is no answer."""
    if result.exit_code not in (0, 2):
        return None
    return Lookup("getent", addresses_in(result.output))


def _read_ping(result: ExecResult) -> Lookup | None:
    """Its first line has the address in brackets; without one the name was not found."""
    if is_missing(result):
        return None
    lines = result.output.strip().splitlines()
    return Lookup("ping", addresses_in(lines[0])[:1] if lines else ())
