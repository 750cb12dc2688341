"""Plans whose steps are scripts: they need no engine, and what became of them is never guessed."""

import asyncio

import pytest

from console.backend.connection import Connection
from console.backend.engine.channel import EngineChannel
from console.backend.executor import Executor, StopRequest
from console.backend.failures import EngineError
from console.backend.journal import Journal
from console.domain.failure import Failure, FailureKind
from console.domain.plan import Plan, RunScript, StepState
from console.domain.scripts import CHANGE_NOTES
from console.domain.snapshot import HostIdentity
from console.domain.text import N_

ANSWER = '{"schema": 1, "ok": true, "changed": true, "notes": []}'
HOST = HostIdentity(id="h", name="h")
NOWHERE = Connection(id="x", name="x", url="tcp://127.0.0.1:1", source="manual")
UNDO = RunScript(script="remove-vswitch", parameters={"Name": "x"}, title=N_("Test", "Remove x"))
MAKE = RunScript(script="new-vswitch", parameters={"Name": "x"}, title=N_("Test", "Make x"), undo=UNDO)
PLAN = Plan(title=N_("Test", "Make x"), steps=(MAKE, MAKE))


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.sqlite")
    yield journal
    journal.close()


async def in_thread(call):
    return call()


def apply(journal, **extra):
    executor = Executor(EngineChannel(NOWHERE), journal, in_thread, **extra)
    entry = journal.begin(HOST, PLAN)
    states = asyncio.run(executor.run(entry, PLAN, lambda state: None, StopRequest()))
    return journal.entry(entry), [state.state for state in states]


def test_that_scripts_are_run_in_order_and_can_be_undone(journal):
    ran = []

    async def run_script(step):
        ran.append(step)
        return ANSWER

    entry, states = apply(journal, run_script=run_script)
    assert ran == [MAKE, MAKE]
    assert states == ["done", "done"]
    assert entry.undo.steps == (UNDO, UNDO)


def test_that_what_a_script_found_on_its_way_is_kept_in_words(journal):
    async def run_script(step):
        return '{"schema": 1, "ok": true, "changed": true, "notes": ["already-so", "of-tomorrow"]}'

    entry, states = apply(journal, run_script=run_script)
    assert states == ["done", "done"]
    assert [str(note) for note in entry.states[0].notes] == [str(CHANGE_NOTES["already-so"]), "of-tomorrow"]


def test_that_an_answer_that_can_not_be_read_leaves_open_what_the_script_did(journal):
    async def run_script(step):
        return '{"schema": 1, "ok": true}'

    entry, states = apply(journal, run_script=run_script)
    assert states == ["unknown", "skipped"]
    assert entry.states[0].failure.kind is FailureKind.MALFORMED_ANSWER


def test_that_a_connection_without_a_way_to_run_scripts_says_so(journal):
    entry, states = apply(journal)
    assert states == ["failed", "skipped"]
    assert entry.states[0].failure.kind is FailureKind.UNSUPPORTED
    assert "new-vswitch" in entry.states[0].failure.raw


def test_that_a_script_whose_answer_was_lost_is_neither_done_nor_failed(journal):
    async def run_script(step):
        raise EngineError(Failure(kind=FailureKind.CONNECTION_LOST, raw="gone", may_have_happened=True))

    entry, states = apply(journal, run_script=run_script)
    assert states == ["unknown", "skipped"]
    assert entry.undo is None


def test_that_settling_leaves_a_script_under_way_unknown(journal):
    entry = journal.begin(HOST, PLAN)
    running = StepState(index=0, state="running")
    journal.step_changed(entry, running)
    executor = Executor(EngineChannel(NOWHERE), journal, in_thread)
    asyncio.run(executor.settle(entry, PLAN, (running,)))
    assert [state.state for state in journal.entry(entry).states] == ["unknown", "skipped"]
