"""``wcn explain`` and ``wcn check-command``: what a pasted text means, in a terminal."""

from __future__ import annotations

import argparse
import asyncio
import codecs
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from console.domain.text import reason_of
from console.host_options import NoHostError, add_host_options, examined

_MOST_BYTES = 4_000_000  # of one text; what is beyond is not read
_MOST_LINE = 8_000_000  # of one line of --batch

_TOO_LONG = {"id": None, "error": f"This line is longer than {_MOST_LINE:,} bytes."}

Answer = Callable[[str], dict[str, Any]]


def add_commands(commands: Any) -> None:
    """Add both commands to ``wcn``'s."""
    explain = commands.add_parser("explain", help="explain what an error or log text means")
    explain.description = "Read an error or log text and tell the likely causes, the likeliest first."
    _add_common(explain)
    # Of a host that is named, what the checks find on it makes causes likelier or less likely.
    add_host_options(explain)
    explain.set_defaults(run=_explain)
    check = commands.add_parser("check-command", help="check whether a docker command works on Windows")
    check.description = "Read docker commands or a Compose file and tell what of it works on Windows."
    _add_common(check)
    check.add_argument("--os", type=int, default=None, dest="os_build", metavar="BUILD", help="e.g. 20348")
    check.set_defaults(run=_check)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="standard input without it")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--batch", action="store_true", help='read JSON Lines with "id" and "text", answer a line each'
    )


def _explain(options: argparse.Namespace) -> int:
    from console.checks.explain import explain_for, explain_paste
    from console.checks.report import run_checks

    if (options.host, options.demo, options.bundle) == (None, None, None):
        return _run(options, lambda text: explain_paste(text).document(), _explained_words)
    try:
        found = run_checks(asyncio.run(examined(options)).snapshot)
    except (NoHostError, ValueError) as error:  # ValueError: no practice host has that build
        sys.stderr.write(f"{error}\n")
        return 2
    return _run(options, lambda text: explain_for(text, found).document(), _explained_words)


def _check(options: argparse.Namespace) -> int:
    from console.checks.command import check_paste

    def answer(text: str) -> dict[str, Any]:
        return {"commands": [found.document() for found in check_paste(text, build=options.os_build)]}

    return _run(options, answer, _checked_words)


def _run(
    options: argparse.Namespace, answer: Answer, words: Callable[[dict[str, Any]], Iterator[str]]
) -> int:
    try:
        if options.file is None:
            return _answered(sys.stdin.buffer, options, answer, words)
        with Path(options.file).open("rb") as stream:
            return _answered(stream, options, answer, words)
    except OSError as error:
        sys.stderr.write(f"{error.filename or options.file}: {reason_of(error)}\n")
        return 2


def _answered(
    stream: BinaryIO,
    options: argparse.Namespace,
    answer: Answer,
    words: Callable[[dict[str, Any]], Iterator[str]],
) -> int:
    if options.batch:
        for line in _lines(stream):
            found = _TOO_LONG if line is None else _batch_answer(line, answer)
            sys.stdout.write(json.dumps(found) + "\n")
            sys.stdout.flush()
        return 0
    found = answer(decoded(stream.read(_MOST_BYTES)))
    sys.stdout.write((json.dumps(found, indent=2) if options.json else "\n".join(words(found))) + "\n")
    return 0


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Each line that is not blank; None in the place of one that is too long, which is read over."""
    while line := stream.readline(_MOST_LINE):
        if len(line) < _MOST_LINE or line.endswith(b"\n"):
            if line.strip():
                yield line
            continue
        while (rest := stream.readline(_MOST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None


def _batch_answer(line: bytes, answer: Answer) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"This line is not JSON: {error}"}
    if not isinstance(document, dict) or not isinstance(document.get("text"), str):
        return {"id": None, "error": 'A line must be an object with "id" and "text".'}
    return {"id": document.get("id"), **answer(document["text"])}


def decoded(data: bytes) -> str:
    """The text of a file as Windows' programs write it: UTF-8, or UTF-16 with its mark."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8-sig", errors="replace")


def _explained_words(found: dict[str, Any]) -> Iterator[str]:
    if found["unknown"]:
        yield "Unknown: nothing in this text is an error of container networking that the console knows."
    for match in found["matches"]:
        yield f"{match['title']} ({match['check']}, {match['confidence']:.0%})"
        yield f"  Why: {match['why']}"
        if match["look_at"]:
            yield f"  To tell: {match['look_at']}"
        yield f"  Read: {match['evidence']}"
        yield from (f"  - {remedy}" for remedy in match["remedies"])


def _checked_words(found: dict[str, Any]) -> Iterator[str]:
    if not found["commands"]:
        yield "There is no docker command or Compose file in this text that concerns networks."
    for command in found["commands"]:
        wrong = any(problem["severity"] == "error" for problem in command["problems"])
        state = "needs a correction" if wrong else "works on Windows"
        if not command["supported_on_windows"]:
            state = "asks for what Windows does not have"
        yield f"{command['kind']} {command['name'] or ''}: {state}"
        for problem in command["problems"]:
            yield f"  {problem['severity']}: {problem['message']} {problem['alternative'] or ''}".rstrip()
        if command["rewritten"]:
            without = f" (without {', '.join(command['left_out'])})" if command["left_out"] else ""
            yield f"  Instead{without}: {command['rewritten']}"
