"""The window while 5,000 networks with 20,000 endpoints arrive and 1 % of them change each second."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.environment import environment
from tests.bench.figures import Figure
from tests.bench.large_engine import NETWORKS, large_engine

SECONDS = 30
BEAT_MS = 2


def figures() -> Iterator[Figure]:
    """From the first rows on, and while the host changes."""
    with tempfile.TemporaryDirectory() as folder, large_engine() as url:
        measured = _watch(Path(folder), url)
    if measured["rows"] < NETWORKS:
        raise RuntimeError(f"only {measured['rows']} of {NETWORKS} networks arrived")
    gaps, alone = sorted(measured["gaps_ms"]), sorted(measured["alone_ms"])
    selections = sorted(measured["selections_ms"])
    basis = f"{len(gaps):,} heartbeats in {SECONDS} s and the arrival"
    yield Figure("big host: UI thread blocked, longest", gaps[-1], "ms", 50.0, basis)
    yield Figure(
        "big host: UI thread blocked, 99th percentile", gaps[int(len(gaps) * 0.99)], "ms", 16.0, basis
    )
    yield Figure("big host: UI thread blocked, median", statistics.median(gaps), "ms")
    yield Figure(
        "big host: a row selected, longest", selections[-1], "ms", 50.0, f"{len(selections)} selections"
    )
    yield Figure(
        "big host: a process beside that does nothing, longest", alone[-1], "ms", basis="the machine"
    )
    yield Figure("big host: first rows after start", measured["first_rows"] * 1000, "ms")
    yield Figure("big host: memory (RSS)", measured["rss"] / 1e6, "MB", 250.0, f"{NETWORKS:,} networks")


def _watch(folder: Path, url: str) -> dict[str, Any]:
    report = folder / "report.json"
    command = [sys.executable, "-m", "tests.bench.measured_console", repr(time.time()), str(report)]
    command += [str(SECONDS), "--host", url, "--profile", str(folder / "profile")]
    # What else the machine does holds the window up as well: this process shows how much.
    alone = [sys.executable, "-m", "tests.bench.bare_heartbeat", str(BEAT_MS)]
    with subprocess.Popen(alone, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as beside:
        subprocess.run(command, env=environment(), check=True, timeout=SECONDS + 120)
        late, _ = beside.communicate(timeout=60)
    measured: dict[str, Any] = json.loads(report.read_text())
    return {**measured, "alone_ms": json.loads(late)}
