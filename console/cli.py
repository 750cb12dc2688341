"""``wcn``: what the console knows, in a terminal. It makes no window and needs no Qt."""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from console.bundle_cli import add_commands as add_bundles
from console.explain_cli import add_commands as add_explaining
from console.host_options import NoHostError, add_host_options, examined, observed
from console.self_test.command import add_self_test
from console.version import __version__

if TYPE_CHECKING:
    from console.domain.snapshot import Snapshot


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the process' exit code."""
    _speak_utf8()
    options = _parser().parse_args(argv)
    run = options.run
    return int(run(options))


def _speak_utf8() -> None:
    """Redirected output is UTF-8, as the packed program's is: Windows' code page lacks characters of ours."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wcn", description="Windows container networking in a terminal.")
    parser.add_argument("--version", action="version", version=f"wcn {__version__}")
    add_self_test(parser)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_demo_engine(commands.add_parser("demo-engine", help="serve a practice host's Docker Engine API"))
    _add_map(commands.add_parser("map", help="show how everything on a host is connected"))
    _add_doctor(commands.add_parser("doctor", help="show what is wrong on a host and how to fix it"))
    add_explaining(commands)
    add_bundles(commands)
    _add_elevated_helper(commands.add_parser("elevated-helper"))  # without help: it is not listed
    return parser


def _add_elevated_helper(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Started by the console itself, for the steps of one plan that need an administrator."
    )
    parser.add_argument("address")
    parser.add_argument("parent", type=int)
    parser.add_argument("digest")
    parser.set_defaults(run=_elevated_helper)


def _elevated_helper(options: argparse.Namespace) -> int:
    from console.backend.elevated.start import run_helper

    return run_helper(options.address, options.parent, options.digest)


def _add_demo_engine(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Serve the Docker Engine API of a simulated Windows container host, for the docker client: "
        "docker -H tcp://127.0.0.1:PORT network ls. It listens on this computer only."
    )
    parser.add_argument("--listen", default="tcp://127.0.0.1:0", metavar="URL", help="tcp://127.0.0.1:PORT")
    parser.add_argument("--os", type=int, dest="os_build", metavar="BUILD", help="e.g. 20348")
    parser.add_argument("--scenario", default="default", metavar="NAME", help="what the host looks like")
    parser.add_argument("--state", default=None, metavar="FILE", help="load from and save to this file")
    parser.set_defaults(run=_demo_engine)


def _demo_engine(options: argparse.Namespace) -> int:
    from console.demo.serve import serve  # aiohttp loads only for the command that serves

    return serve(options.listen, options.os_build, options.scenario, options.state)


def _add_map(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Print a host's adapters, vSwitches, networks and containers as a tree: each below what carries "
        "it, with addresses, VLANs, published ports and what is wrong with it."
    )
    add_host_options(parser)
    parser.add_argument(
        "--network", default="", metavar="NAME|ID", help="only what this network is connected to"
    )
    parser.add_argument("--container", default="", metavar="NAME|ID", help="only this container's path")
    parser.add_argument("--all", action="store_true", help="list large groups one by one")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of the tree")
    parser.set_defaults(run=_map)


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Look at a host once and say what is wrong on it, why, and what can be done. "
        "Exit code: 0 nothing was found, 1 something was, 2 the host could not be looked at."
    )
    host = add_host_options(parser)
    host.add_argument("--list-checks", action="store_true", help="list the checks without reading a host")
    host.add_argument("--list-scenarios", action="store_true", help="list the practice hosts of --demo")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of lines")
    parser.set_defaults(run=_doctor)


_NOTHING_FOUND, _FOUND, _NOT_LOOKED = range(3)


def _doctor(options: argparse.Namespace) -> int:
    if options.list_checks or options.list_scenarios:
        return _list(options)
    try:
        snapshot = asyncio.run(examined(options)).snapshot
    except (NoHostError, ValueError) as error:  # ValueError: no practice host has that build
        print(error, file=sys.stderr)
        return _NOT_LOOKED
    return _diagnose(snapshot, as_json=options.json)


def _diagnose(snapshot: Snapshot, *, as_json: bool) -> int:
    from console.checks.document import as_document, as_text
    from console.checks.report import run_checks

    report = run_checks(snapshot)
    engine = snapshot.engine
    if not report.findings and (engine.failure or not (engine.value and engine.value.is_windows)):
        _say_why(snapshot)
        return _NOT_LOOKED
    words = (
        json.dumps(as_document(report), indent=2, ensure_ascii=False) + "\n" if as_json else as_text(report)
    )
    print(words, end="")
    if report.findings:
        return _FOUND
    return _NOT_LOOKED if report.crashed else _NOTHING_FOUND


def _say_why(snapshot: Snapshot) -> None:
    """Why nothing can be said of a host."""
    from console.checks.errors import explain

    if snapshot.engine.failure is None:
        print(f"{snapshot.host.name} runs Linux containers: no check is about those.", file=sys.stderr)
        return
    problem = explain(snapshot.engine.failure)
    print("\n".join(map(str, (problem.what, problem.why, *problem.do))), file=sys.stderr)


def _list(options: argparse.Namespace) -> int:
    from console.checks.document import describe_check
    from console.checks.registry import checks
    from console.demo.scenarios.registry import scenarios

    if options.list_scenarios:
        rows = [{"scenario": one.id, "title": str(one.title)} for one in scenarios().values()]
    else:
        rows = [describe_check(check) for check in checks().values()]
    if options.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        print("\n".join(f"{next(iter(row.values())):<34} {row['title']}" for row in rows))
    return 0


def _map(options: argparse.Namespace) -> int:
    from console.backend.failures import EngineError
    from console.checks.errors import explain
    from console.domain.map.words import UnknownNameError

    try:
        snapshot = asyncio.run(observed(options))
        print(_map_words(snapshot, options), end="")
    except EngineError as error:
        problem = explain(error.failure)
        print("\n".join(map(str, (problem.what, problem.why, *problem.do))), file=sys.stderr)
        return 1
    except (NoHostError, UnknownNameError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _map_words(snapshot: Snapshot, options: argparse.Namespace) -> str:
    from console.checks.report import run_checks
    from console.checks.troubles import by_object, troubles_of
    from console.domain.map.document import as_document
    from console.domain.map.layout import lay_out
    from console.domain.map.words import as_text, named_filter

    chosen = named_filter(snapshot, network=options.network, container=options.container)
    if options.all:
        chosen = replace(chosen, fold_above=sys.maxsize, most_nodes=sys.maxsize)
    report = run_checks(snapshot)
    found = troubles_of(by_object(report))
    host_map = lay_out(snapshot, filter=chosen, relations=report.host.relations, found=found)
    if options.json:
        return json.dumps(as_document(host_map), indent=2, ensure_ascii=False) + "\n"
    return as_text(host_map)


if __name__ == "__main__":
    sys.exit(main())
