"""One observe of 200 networks on a real engine, against the docker client doing the same."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from console.backend.host_channel import UnreadHostChannel
from console.backend.journal import Journal
from console.backend.service import HostService
from tests.bench.figures import Figure
from tests.engine.real_engine import RealEngine, reason_against

NETWORKS = 200
RUNS = 7


def figures() -> Iterator[Figure]:
    """The client pair is ``docker network ls`` and ``docker network inspect`` of all its ids."""
    if (reason := reason_against()) is not None:
        print(f"observe was not measured: {reason}", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        engine = RealEngine(Path(folder))
        engine.start()
        try:
            _fill(engine)
            pair = _median_ms(lambda: _client_pair(engine.connection.url))
            observe = asyncio.run(_observe(engine, Path(folder)))
        finally:
            engine.stop()
    yield Figure("observe: docker client pair", pair, "ms", basis=f"{NETWORKS} networks, median of {RUNS}")
    yield Figure("observe: console, first look", observe[0], "ms", pair, "faster than the client pair")
    yield Figure(
        "observe: console, next looks", statistics.median(observe[1:]), "ms", pair, f"median of {RUNS}"
    )


def _fill(engine: RealEngine) -> None:
    for number in range(NETWORKS):
        subnet = f"10.{100 + number // 250}.{number % 250}.0/24"
        body = {
            "Name": f"net{number}",
            "Driver": "bridge",
            "IPAM": {"Config": [{"Subnet": subnet}]},
            "Labels": {"team": "bench"},
        }
        status, answer = engine.ask("POST", "/networks/create", json.dumps(body))
        if status != 201:
            raise RuntimeError(answer)


def _median_ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _client_pair(url: str) -> None:
    docker = ["docker", "-H", url, "network"]
    subprocess.run([*docker, "ls"], check=True, capture_output=True)
    ids = subprocess.run([*docker, "ls", "-q"], check=True, capture_output=True, text=True).stdout.split()
    inspected = subprocess.run([*docker, "inspect", *ids], check=True, capture_output=True, text=True)
    if len(json.loads(inspected.stdout)) < NETWORKS:
        raise RuntimeError("the docker client saw too few networks")


async def _observe(engine: RealEngine, folder: Path) -> list[float]:
    service = HostService(engine.connection, Journal(folder / "journal.sqlite"), UnreadHostChannel())
    times = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        snapshot = await service.observe()
        times.append((time.perf_counter() - started) * 1000)
        if len(snapshot.networks.known() or ()) < NETWORKS:
            raise RuntimeError("the console saw too few networks")
    await service.close()
    return times
