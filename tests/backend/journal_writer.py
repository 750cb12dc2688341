"""Writes to a journal without end and tells each write once it is made; to be killed."""

import sys
from pathlib import Path

from console.backend.journal import Journal
from console.domain.plan import CreateNetwork, Plan, StepState
from console.domain.snapshot import HostIdentity
from console.domain.spec import NetworkSpec
from console.domain.text import verbatim

HOST = HostIdentity(id="host", name="host")
STEPS = 3
PLAN = Plan(
    title=verbatim("three"),
    steps=tuple(CreateNetwork(spec=NetworkSpec(name=f"n{number}")) for number in range(STEPS)),
)


def say(*words):
    print(*words, flush=True)


def main(path, rounds=10**9, tell=say):
    journal = Journal(Path(path))
    for _ in range(rounds):
        entry = journal.begin(HOST, PLAN)
        tell("begin", entry)
        for index in range(STEPS):
            for state in ("running", "done"):
                journal.step_changed(entry, StepState(index=index, state=state, result=f"id-{index}"))
                tell("step", entry, index, state)
        journal.end(entry)
        tell("end", entry)
    journal.close()


def write_until_killed(path, line):
    """The same in a process of multiprocessing; ``line`` takes what is told."""
    main(path, tell=lambda *words: line.send(" ".join(map(str, words))))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
