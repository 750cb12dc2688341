"""Typing a subnet into the wizard on a host with 5,000 networks, 1 % of which change each second."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.environment import environment
from tests.bench.figures import Figure
from tests.bench.large_engine import NETWORKS, large_engine

LONGEST_SECONDS = 120


def figures() -> Iterator[Figure]:
    """How long the UI thread is held between the first key and the last verdict."""
    with tempfile.TemporaryDirectory() as folder, large_engine() as url:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "tests.bench.measured_wizard", str(report), url, str(NETWORKS)]
        profile = str(Path(folder) / "profile")
        subprocess.run([*command, profile], env=environment(), check=True, timeout=LONGEST_SECONDS)
        measured = json.loads(report.read_text())
    gaps = sorted(measured["gaps_ms"])
    basis = f"{measured['keys']} keys in the subnet field, {len(gaps):,} heartbeats"
    yield Figure("wizard on a big host: UI thread blocked, longest", gaps[-1], "ms", 50.0, basis)
    yield Figure(
        "wizard on a big host: UI thread blocked, 99th percentile", gaps[int(len(gaps) * 0.99)], "ms"
    )
