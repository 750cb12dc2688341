"""The self-test: which parts are tried, in which order, and what is told of them."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from console.offscreen import draw_offscreen
from console.self_test.report import Facts, Report, as_document, as_text, tried

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@dataclass(frozen=True)
class Place:
    """Where a part may write; ``since`` is when the process was started, where that is measured."""

    folder: Path
    since: float | None


def main(program: str, argv: Sequence[str]) -> int:
    """Try all parts and tell of them; returns the process' exit code, 0 passed and 1 failed."""
    options = _parser(program).parse_args(argv)
    # No window flashes up where a person works, and none is needed: QT_QPA_PLATFORM says otherwise.
    draw_offscreen(os.environ)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="wcn-self-test-") as folder:
        place = Place(Path(folder), options.since)
        parts = tuple(
            tried(name, partial(attempt, place))
            for name, attempt in PARTS.items()
            if options.only in (None, name)
        )
    report = Report(program, time.perf_counter() - started, parts)
    document = json.dumps(as_document(report), indent=2, ensure_ascii=False) + "\n"
    if options.report is not None:
        options.report.write_text(document, encoding="utf-8")
    if sys.stdout is not None:  # a windowed program on Windows has none
        sys.stdout.write(document if options.json else as_text(report))
    return 0 if report.passed else 1


def _parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"{program} --self-test",
        description="Prove that this installation is whole: modules, resources, Qt's parts, and one round "
        "of the window on a practice host. Nothing on this computer is changed.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of lines")
    parser.add_argument("--only", choices=PARTS, help="try one part only")
    parser.add_argument("--since", type=float, help=argparse.SUPPRESS)  # when the process was started
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the JSON document to a file too")
    return parser


# Each part imports what it tries, so that what can't be imported fails that part and no other.


def _first_paint(place: Place) -> Facts:
    from console.self_test.window import first_paint

    return first_paint(_application(), place.folder / "empty", place.since)


def _modules(_place: Place) -> Facts:
    from console.self_test.modules import load_all

    return load_all()


def _resources(_place: Place) -> Facts:
    from console.self_test.resources import read_all

    return read_all()


def _engine(place: Place) -> Facts:
    from console.self_test.engine import ask_nobody

    return ask_nobody(place.folder)


def _credentials(_place: Place) -> Facts:
    from console.self_test.credentials import find_store

    return find_store()


def _qt(_place: Place) -> Facts:
    from console.self_test.qt import check_plugins

    _application()
    return check_plugins()


def _translations(_place: Place) -> Facts:
    from console.self_test.qt import load_translations

    return load_translations()


def _window(place: Place) -> Facts:
    from console.self_test.window import open_and_close

    return open_and_close(_application(), place.folder / "profile")


@cache
def _application() -> QApplication:
    """The one there can be."""
    from console.ui.application import make_application

    return make_application()


PARTS: Mapping[str, Callable[[Place], Facts]] = {
    "first paint": _first_paint,  # before anything else is loaded
    "modules": _modules,
    "resources": _resources,
    "engine": _engine,
    "credentials": _credentials,
    "Qt": _qt,
    "translations": _translations,
    "window": _window,
}
