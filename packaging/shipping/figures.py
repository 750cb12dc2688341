"""What a package measures beside the source tree: its size, and how long until its window is painted."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from shipping import product
from shipping.freeze import BUDGET_MEGABYTES
from shipping.installers import Staged

RUNS = 5
SLOWEST = 1.5
"""How much longer than the source tree the packed program may take until it paints."""


def bundle_lines(bundle: Path, platform: str) -> Iterator[str]:
    """The size of a bundle beside its budget."""
    staged = Staged(bundle)
    yield (
        f"bundle for {platform}: {staged.size / 1e6:.1f} MB in {len(staged.files)} files, "
        f"of {BUDGET_MEGABYTES[platform]} MB"
    )


def first_paint(commands: Sequence[Sequence[str | Path]], runs: int = RUNS) -> list[float]:
    """Seconds from the start of each command's process to its first paint, the median of ``runs``.

    They are started in turn, so that all meet the same machine; a first round only warms the disk.
    """
    measured: list[list[float]] = [[] for _ in commands]
    for run in range(runs + 1):
        for values, command in zip(measured, commands, strict=True):
            seconds = _painted_after(command)
            if run:
                values.append(seconds)
    return [statistics.median(values) for values in measured]


def from_source() -> list[str | Path]:
    """The command that opens the window from this source tree."""
    return [sys.executable, "-m", "console"]


def _painted_after(command: Sequence[str | Path]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = [
            "--self-test",
            "--only",
            "first paint",
            "--report",
            str(report),
            "--since",
            repr(time.time()),
        ]
        subprocess.run(
            [*map(str, command), *words],
            cwd=product.ROOT,
            env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
            stdout=subprocess.DEVNULL,
            timeout=120,
            check=True,
        )
        (part,) = json.loads(report.read_text(encoding="utf-8"))["parts"]
        return float(part["facts"]["seconds from the start"])
