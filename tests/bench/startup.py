"""From the start of the process to the first paint and the first data."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.environment import environment
from tests.bench.figures import Figure

RUNS = 9
RATIO, ALLOWANCE_MS = 1.5, 150.0


def figures() -> Iterator[Figure]:
    """The console and a bare window, started in turn so that both meet the same machine."""
    bare, paint, data = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS + 1):
            measured = _bare(), *_console(Path(folder) / f"run{run}")
            if run:  # the first warms the disk cache for both
                for values, value in zip((bare, paint, data), measured, strict=True):
                    values.append(value)
    bare_ms, paint_ms, data_ms = (statistics.median(values) * 1000 for values in (bare, paint, data))
    yield Figure("start-up: bare PySide6 window, first paint", bare_ms, "ms", basis=f"median of {RUNS}")
    yield Figure(
        "start-up: console, first paint",
        paint_ms,
        "ms",
        bare_ms * RATIO + ALLOWANCE_MS,
        f"{RATIO} x bare window + {ALLOWANCE_MS:.0f} ms",
    )
    yield Figure("start-up: console, first data (practice host)", data_ms, "ms", basis=f"median of {RUNS}")


def _bare() -> float:
    command = [sys.executable, "-m", "tests.bench.bare_window", repr(time.time())]
    ran = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True, timeout=60)
    return float(ran.stdout)


def _console(folder: Path) -> tuple[float, float]:
    folder.mkdir()
    report = folder / "report.json"
    command = [sys.executable, "-m", "tests.bench.measured_console", repr(time.time()), str(report), "0"]
    command += ["--practice", "--profile", str(folder / "profile")]
    subprocess.run(command, env=environment(), capture_output=True, text=True, check=True, timeout=120)
    measured = json.loads(report.read_text())
    return measured["first_paint"], measured["first_rows"]
