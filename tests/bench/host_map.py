"""The map of a host of 300 networks and 3,000 endpoints: how soon it is there, and its frames."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.environment import environment
from tests.bench.figures import Figure

OPEN_MS = 1000.0
WORST_MS, MEDIAN_MS = 33.0, 16.0


def figures() -> Iterator[Figure]:
    """In a process of its own; the frames once folded as it opens, once with every node drawn."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "tests.bench.measured_map", str(report)]
        subprocess.run(command, env=environment(), check=True, timeout=300)
        measured = json.loads(report.read_text())
    if measured["all_nodes"] < 3_000 + 300:
        raise RuntimeError(f"only {measured['all_nodes']} nodes were drawn")
    nodes, everything = f"{measured['nodes']:,} nodes", f"{measured['all_nodes']:,} nodes"
    yield Figure("map: from the click to the painted map", measured["open_ms"], "ms", OPEN_MS, nodes)
    for drawn, basis in (("folded", nodes), ("unfolded", everything)):
        for deed in ("pan", "zoom"):
            frames = measured[drawn][deed]
            told = f"{basis}, {len(frames)} frames painted whole, 4 to 300 %"
            yield Figure(f"map {drawn}: {deed}, worst frame", max(frames), "ms", WORST_MS, told)
            yield Figure(f"map {drawn}: {deed}, median", statistics.median(frames), "ms", MEDIAN_MS, told)
