"""How soon a pasted log of 100 KiB is explained: one with a single error, one full of them, one of none."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator

from console.checks.explain import explain_paste
from tests.bench.figures import Figure

KIB = 100
BUDGET_MS = 20.0
TIMES = 15
REFUSED = "Error response from daemon: failed during hnsCallRawResponse: hnsCall failed in Win32: "


def figures() -> Iterator[Figure]:
    """The median of some runs each, in this process."""
    for name, text in _logs().items():
        explain_paste(text)  # compiles what is compiled once
        taken = []
        for _ in range(TIMES):
            started = time.perf_counter()
            explain_paste(text)
            taken.append((time.perf_counter() - started) * 1000)
        basis = f"{KIB} KiB, median of {TIMES}"
        yield Figure(f"explain: {name}", statistics.median(taken), "ms", BUDGET_MS, basis)


def _logs() -> dict[str, str]:
    chance = random.Random(1)
    quiet = (
        f'time="2026-01-02T03:04:05.{at:09d}Z" level=warning msg="container {chance.getrandbits(48):012x} of '
        f'docker network {at}: HNS took {chance.randrange(900)} ms to look up its endpoint"\r\n'
        for at in range(1000)
    )
    loud = (
        f"[{at:05}] failed to create endpoint c{at} on network nat: HNS failed with error : Unspecified error"
        f" (0x490) 169.254.{at % 250}.1 dns request timed out, no such host is known\n"
        for at in range(1000)
    )
    size = KIB * 1024
    one_error = "".join(quiet)[: size - 200] + "\n" + REFUSED + "An adapter was not found. (0x803b0006)"
    return {
        "a log with one error": one_error,
        "a log full of errors": "".join(loud)[:size],
        "one line of half a message": ("not found " * size)[:size],
    }
