"""The big practice host, served by a process of its own, as a real engine would be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

NETWORKS = 5_000


@contextmanager
def large_engine() -> Iterator[str]:
    """The URL of the engine while it runs. Raises RuntimeError if it ends before it listens."""
    serve = [sys.executable, "-m", "console.cli", "demo-engine", "--scenario", "large"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as engine:
        try:
            yield _listening_url(engine)
        finally:
            engine.terminate()


def _listening_url(engine: subprocess.Popen[str]) -> str:
    assert engine.stdout is not None
    for line in engine.stdout:
        for word in line.split():
            if word.startswith("tcp://"):
                return word.rstrip(".,")
    raise RuntimeError("the practice engine ended before it listened")
