"""The whole console killed while it carries out a plan: what it leaves is true, and the next one goes on."""

import asyncio
import json
import os
import random
import sqlite3
import subprocess
import sys
import time

from console.backend.journal import Journal
from console.backend.settings import read_settings
from console.domain.plan import CreateNetwork, RemoveNetwork
from console.startup import KnownHosts, Practice
from tests.busy_console import NETWORKS, PLAN

# A start takes seconds on Windows, and under Wine many.
KILLS, MOST_KILLS, LONGEST_SECONDS = (6, 24, 0.8) if os.name == "posix" else (3, 9, 4.0)
"""How many kills at least, how many until one has met a plan, and how long it is left at work: time for
several plans, of which the kill meets one at any of its steps."""


def test_that_a_console_killed_during_a_plan_leaves_journal_settings_and_host_in_step(profile, figure):
    chance = random.Random(17763)
    kills = broken_off = 0
    while kills < KILLS or (not broken_off and kills < MOST_KILLS):
        told = killed(profile, chance.uniform(0, LONGEST_SECONDS))
        broken_off += check(profile, told)
        kills += 1
    figure.add("kills survived", kills, "console with a plan under way")
    assert broken_off, "no kill met a plan, so that nothing was shown"


def killed(profile, seconds):
    """What a console said until it was killed so long after it began a plan."""
    command = [sys.executable, "-m", "tests.busy_console", "--practice", "--profile", str(profile.folder)]
    process = subprocess.Popen(
        command,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    first = ""
    while not first.startswith("begin"):
        first = process.stdout.readline()
        assert first, process.stderr.read()
    time.sleep(seconds)  # any moment is the point here
    process.kill()
    told = process.stdout.read().rpartition("\n")[0].splitlines()  # a line may be torn by the kill
    process.wait()
    process.stdout.close()
    process.stderr.close()
    return [line.split() for line in told]


def check(profile, told):
    """Whether a plan was broken off; all that was left is in step with what was told and with itself."""
    with sqlite3.connect(profile.journal) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    check_journal(profile, told)
    check_settings(profile, told)
    if profile.window_state.exists():
        json.loads(profile.window_state.read_text("utf-8"))
    return asyncio.run(check_host(profile))


def check_journal(profile, told):
    journal = Journal(profile.journal)
    ended = {int(words[1]): words[2] for words in told if words[0] == "end"}
    for entry_id, completed in ended.items():
        entry = journal.entry(entry_id)
        assert not entry.under_way
        assert all(state.state == "done" for state in entry.states) == (completed == "True")
    assert len(journal.interrupted()) <= 1
    journal.close()


def check_settings(profile, told):
    """The last ones that were written, or those that were being written; before the first any."""
    found = read_settings(profile.settings)
    decided, begun = ([words[1] for words in told if words[0] == word] for word in ("decided", "deciding"))
    assert not decided or found.log_level in {decided[-1], begun[-1]}


async def check_host(profile):
    """The next console: it settles what was broken off, and the host has what the journal then tells."""
    hosts = KnownHosts(profile, Practice(20348))
    opened = await hosts.open(Practice(20348).choice_id)
    try:
        broken_off = await opened.service.interrupted()
        states = []
        for entry in broken_off:
            settled = await opened.service.settle(entry.id)
            states = [state.state for state in settled.states]
        assert "running" not in states
        assert "unknown" not in states
        there = {network.name for network in (await opened.service.observe()).networks.known()}
        assert there & set(NETWORKS) == following_from(states)
        await remove(opened.service, there & set(NETWORKS))
        return len(broken_off)
    finally:
        await opened.close()
        await hosts.close()


def following_from(states):
    """The networks that are there after so much of the plan."""
    done = [step for step, state in zip(PLAN.steps, states, strict=False) if state == "done"]
    made = {step.spec.name for step in done if isinstance(step, CreateNetwork)}
    return made - {step.name for step in done if isinstance(step, RemoveNetwork)}


async def remove(service, names):
    """Clear the host for the next round."""
    steps = tuple(step for step in PLAN.steps if isinstance(step, RemoveNetwork) and step.name in names)
    if steps:
        assert (await service.apply(PLAN.model_copy(update={"steps": steps}))).completed
