"""What the self-test found, for people and for programs."""

from __future__ import annotations

import platform
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.version import __version__

SCHEMA: Final = 1

Facts = Mapping[str, Any]
"""What a part tells beside having passed: counts and names, in JSON types."""


class PartFailedError(Exception):
    """A part of the program is not as it must be; the message says what and where."""


@dataclass(frozen=True)
class Part:
    """One part of the program that was tried. ``failure`` is empty where it passed."""

    name: str
    seconds: float
    facts: Facts
    failure: str = ""


@dataclass(frozen=True)
class Report:
    """All parts, and which program they are of."""

    program: str
    seconds: float
    parts: tuple[Part, ...]

    @property
    def passed(self) -> bool:
        """Whether every part did."""
        return not any(part.failure for part in self.parts)


def is_frozen() -> bool:
    """Whether this is the packed program and not the source."""
    return bool(getattr(sys, "frozen", False))


def tried(name: str, attempt: Callable[[], Facts]) -> Part:
    """Try one part; whatever it raises is its failure, told as a programmer needs it."""
    started = time.perf_counter()
    facts: Facts = {}
    failure = ""
    try:
        facts = attempt()
    except PartFailedError as error:
        failure = str(error)
    except Exception:  # noqa: BLE001 # one part that fails must hide no other; it is shown as such
        failure = traceback.format_exc().strip()
    return Part(name, time.perf_counter() - started, facts, failure)


def as_document(report: Report) -> Mapping[str, Any]:
    """The report in JSON types; times are in seconds."""
    return {
        "schema": SCHEMA,
        "program": report.program,
        "version": __version__,
        "frozen": is_frozen(),
        "python": platform.python_version(),
        "platform": sys.platform,
        "passed": report.passed,
        "seconds": round(report.seconds, 3),
        "parts": [
            {
                "part": part.name,
                "passed": not part.failure,
                "seconds": round(part.seconds, 3),
                "facts": dict(part.facts),
                "failure": part.failure,
            }
            for part in report.parts
        ],
    }


def as_text(report: Report) -> str:
    """The report as lines."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    source = "packed" if is_frozen() else "from source"
    yield (f"{report.program} {__version__}, {source}, Python {platform.python_version()} on {sys.platform}")
    for part in report.parts:
        told = ", ".join(f"{name} {_words(value)}" for name, value in part.facts.items())
        yield f"  {'FAILED' if part.failure else 'passed'}  {part.name:<12} {part.seconds:6.2f} s  {told}"
        yield from (f"          {line}" for line in part.failure.splitlines())
    yield f"{'Passed' if report.passed else 'FAILED'} in {report.seconds:.2f} s."


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
