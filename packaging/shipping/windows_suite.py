"""The test suite in a Windows Python under Wine: ``dev.py test --windows``, and a part of ``dev.py package``.

What can't be judged under Wine is listed in ``tests/wine.py``, each with its reason.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from shipping.product import ROOT
from shipping.windows_python import WindowsPython

LONGEST_PART = 2400.0
LONGEST_TEST = 600
"""Seconds. A test that hangs longer ends its part, and tells where each of its threads stood."""
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|deselected)\b")
NO_TESTS = 5
"""pytest's exit code where nothing was chosen."""
LAST_LINES = 12_000
"""Characters of a failed part that are told."""


@dataclass(frozen=True)
class PartResult:
    """How one part ended. ``code`` is pytest's own, or None where it did not end in time."""

    paths: tuple[str, ...]
    code: int | None
    output: str
    seconds: float
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def passed(self) -> bool:
        """Whether tests were run and none of them failed."""
        return self.code == 0 and self.counts["passed"] > 0

    def __str__(self) -> str:
        ended = "no end in time" if self.code is None else f"exit code {self.code}"
        told = ", ".join(f"{count} {kind}" for kind, count in self.counts.items()) or "no result"
        few = len(self.paths) < 4
        name = " ".join(self.paths) if few else f"{self.paths[0].rpartition('/')[0]}/test_*.py"
        return f"{name}: {told} in {self.seconds:.0f} s ({ended})"

    @property
    def left_out(self) -> tuple[str, ...]:
        """What Wine can't judge, as pytest tells it with the reason."""
        return tuple(line for line in self.output.splitlines() if "not under Wine" in line)


def parts() -> Iterator[tuple[str, ...]]:
    """What is run by a process of its own each, so that a crash costs no other part."""
    yield from where_windows_differs()
    yield ("tests/packaging",)  # what needs Linux, or a build, is skipped there
    yield ("tests/demo",)
    yield ("tests/domain", "tests/checks")
    folder = ROOT / "tests" / "ui"
    yield tuple(sorted(f"tests/ui/{path.name}" for path in folder.glob("test_*.py")))
    yield from (
        (f"tests/ui/{name}",) for name in sorted({path.parent.name for path in folder.glob("*/test_*.py")})
    )


def where_windows_differs() -> Iterator[tuple[str, ...]]:
    """The parts that meet files, processes, pipes and terminals: the others take longer and do not."""
    yield ("tests/backend",)
    yield ("tests/powershell", "tests/self_test")
    yield tuple(sorted(f"tests/{path.name}" for path in (ROOT / "tests").glob("test_*.py")))


def run_parts(
    python: WindowsPython, chosen: Sequence[tuple[str, ...]], words: Sequence[str], say: Callable[[str], None]
) -> bool:
    """Run each part and say how it ended; whether all passed."""
    results = []
    for paths in chosen:
        result = run_part(python, paths, words)
        if words and result.code == NO_TESTS:
            continue  # what was asked for is in another part
        say("\n    ".join((str(result), *result.left_out)))
        if not result.passed:
            say(result.output[-LAST_LINES:])
        results.append(result)
    total: Counter[str] = sum((result.counts for result in results), Counter())
    seconds = sum(result.seconds for result in results)
    told = ", ".join(f"{total[kind]} {kind}" for kind in ("passed", "failed", "error", "skipped"))
    say(f"In the Windows Python: {told} in {seconds / 60:.1f} min")
    return bool(results) and all(result.passed for result in results)


def run_part(python: WindowsPython, paths: tuple[str, ...], words: Sequence[str]) -> PartResult:
    """Run one part to its end."""
    began = time.monotonic()
    try:
        ran = python.run(
            "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider",
            "-o", f"faulthandler_timeout={LONGEST_TEST}", "-o", "faulthandler_exit_on_timeout=true",
            *paths, *words, timeout=LONGEST_PART,
        )  # fmt: skip
        code, output = ran.code, ran.output
    except subprocess.TimeoutExpired as error:
        code, output = None, (error.output or b"").decode(errors="replace")
    return PartResult(paths, code, output, time.monotonic() - began, _counted(output))


def _counted(output: str) -> Counter[str]:
    lines = [line for line in output.splitlines() if COUNT.search(line) and " in " in line]
    found = COUNT.findall(lines[-1]) if lines else []
    return Counter({kind.rstrip("s") if kind == "errors" else kind: int(count) for count, kind in found})
