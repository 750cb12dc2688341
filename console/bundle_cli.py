"""``wcn snapshot`` and ``wcn compare``: a host saved to a file, and two of them compared."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.host_options import NoHostError, add_host_options, examined, opened_bundle

if TYPE_CHECKING:
    from console.domain.snapshot import Snapshot

_SAME, _DIFFERENT, _NOT_COMPARED = range(3)
_SAVED, _NOT_SAVED = 0, 2


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands to the parser of ``wcn``."""
    snapshot = commands.add_parser("snapshot", help="save everything known about a host as a support bundle")
    snapshot.description = (
        "Look at a host once and write what is known of it to one file: the snapshot, what the checks find, "
        "what the console did to it, and versions. Credentials are never in it. "
        "An engine that can't be reached is told in it. "
        "Exit code: 0 it was written, 2 there is no such host or the file can't be written."
    )
    add_host_options(snapshot)
    snapshot.add_argument("--out", type=Path, required=True, metavar="FILE", help="the bundle to write")
    snapshot.add_argument(
        "--pseudonymise",
        action="store_true",
        help="replace real names, addresses and labels with made-up ones, consistently",
    )
    snapshot.add_argument(
        "--pseudonym-key",
        type=Path,
        metavar="FILE",
        help="the same with the key in this file, which is made where it is not there: bundles made with one "
        "key can be compared",
    )
    snapshot.set_defaults(run=_snapshot)
    compare = commands.add_parser("compare", help="show the differences between two support bundles")
    compare.description = (
        "Show what was added, removed and changed between two support bundles. Exit code: 0 nothing is "
        "different, 1 something is, 2 a file can't be read."
    )
    compare.add_argument("before", type=Path, metavar="A", help="the earlier bundle")
    compare.add_argument("after", type=Path, metavar="B", help="the later bundle")
    compare.add_argument("--json", action="store_true", help="print one JSON document instead of lines")
    compare.set_defaults(run=_compare)


def _snapshot(options: argparse.Namespace) -> int:
    from console.backend.bundle import BundleError, bundle_of, kept_key, new_key, write_bundle
    from console.backend.journal import JournalError

    try:
        host = asyncio.run(examined(options, with_journal=True))
        key = kept_key(options.pseudonym_key) if options.pseudonym_key else None
        if key is None and options.pseudonymise:
            key = new_key()
        bundle = bundle_of(
            host.snapshot, host.journal, findings=_findings, pseudonym_key=key, private=host.private
        )
        write_bundle(options.out, bundle)
    except (NoHostError, BundleError, JournalError, ValueError) as error:  # ValueError: no such build
        sys.stderr.write(f"{error}\n")
        return _NOT_SAVED
    sys.stdout.write(f"{options.out}\n")
    return _SAVED


def _findings(snapshot: Snapshot) -> dict[str, Any]:
    from console.checks.document import as_document
    from console.checks.report import run_checks

    return as_document(run_checks(snapshot))


def _compare(options: argparse.Namespace) -> int:
    from console.domain.comparison import as_document, as_text, compare

    try:
        before, after = (opened_bundle(path).snapshot for path in (options.before, options.after))
    except NoHostError as error:
        sys.stderr.write(f"{error}\n")
        return _NOT_COMPARED
    found = compare(before, after)
    document = json.dumps(as_document(found), indent=2, ensure_ascii=False) + "\n"
    sys.stdout.write(document if options.json else as_text(found))
    return _SAME if found.same else _DIFFERENT
