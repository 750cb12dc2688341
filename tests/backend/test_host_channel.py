"""A host's Windows side through scripts: read beside the engine, changed by plans."""

import asyncio
import threading

import pytest

from console.backend.connection import Connection
from console.backend.host_channel import ScriptHostChannel
from console.backend.powershell.local import LocalRunner
from console.backend.powershell.runner import HostError
from console.domain.failure import Failure, FailureKind
from console.domain.host_failure import HOST_FAILURE_WORDS
from console.domain.plan import CreateNetwork, Plan, RunScript
from console.domain.snapshot import HostFacts, SectionState
from console.domain.spec import NetworkSpec
from console.domain.text import verbatim
from tests.backend.powershell.programs import FakePowerShell
from tests.backend.servers import ScriptedEngine, answer
from tests.backend.watching import until, watched

INVENTORY = {
    "schema": 1,
    "sections": {"services": {"ok": True, "value": [{"name": "hns", "status": "Running"}]}},
}


def step(name, **more):
    return RunScript(
        script="remove-vswitch", parameters={"SwitchName": name}, title=verbatim(f"remove {name}"), **more
    )


def plan(*steps):
    return Plan(title=verbatim("x"), steps=steps)


@pytest.fixture
def fake(tmp_path):
    folder = tmp_path / "powershell"
    folder.mkdir()
    fake = FakePowerShell(folder, "file")
    fake.tell(INVENTORY)
    return fake


def channel(fake, elevate=None):
    return ScriptHostChannel(LocalRunner(fake.path), elevate)


@pytest.fixture
def engine():
    with ScriptedEngine() as engine:
        engine.networks = [{"Id": "nat-id", "Name": "nat", "Driver": "nat"}]
        yield engine


def here(engine):
    return Connection(id="here", name="here", url=engine.url)


NOWHERE = Connection(id="nowhere", name="nowhere", url="tcp://127.0.0.1:1")


def services(snapshot):
    section = snapshot.facts.services
    return [service.name for service in section.value or ()] if section.state is SectionState.FRESH else None


def read(channel):
    async def main():
        try:
            return await channel.read()
        finally:
            await channel.close()

    return asyncio.run(main())


def test_that_one_script_call_tells_the_facts(fake):
    facts = read(channel(fake))
    assert [service.name for service in facts.services.value] == ["hns"]


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        ("blocked", FailureKind.BLOCKED_BY_POLICY),
        ("garbage", FailureKind.MALFORMED_ANSWER),
        ("denied", FailureKind.ACCESS_DENIED),
        ("answer", FailureKind.MALFORMED_ANSWER),
    ],
)
def test_when_the_script_fails_every_section_says_why_and_what_would_help(fake, behaviour, kind):
    fake.behave(behaviour)
    facts = read(channel(fake))
    words = HOST_FAILURE_WORDS[kind]
    for name in HostFacts.model_fields:
        section = getattr(facts, name)
        assert section.state is SectionState.UNAVAILABLE
        assert str(section.reason).startswith(str(words.what))
        assert section.remedy == words.do[0]


def test_that_the_engine_is_shown_while_the_windows_side_is_still_being_read(fake, engine, tmp_path):
    fake.behave("file-when-told")

    async def main():
        async with watched(here(engine), tmp_path, host_channel=channel(fake)) as told:
            await told.until_state("connected")
            assert told.names() == ["nat"]
            assert services(told.service.snapshot) is None
            assert "being read" in str(told.service.snapshot.facts.services.reason)
            (fake.folder / "go").touch()
            await told.until(lambda: services(told.service.snapshot) == ["hns"])
            assert told.names() == ["nat"]

    asyncio.run(main())


def test_that_the_windows_side_is_shown_while_the_engine_is_still_silent(fake, engine, tmp_path):
    go = threading.Event()
    engine.answers["GET /networks"] = lambda line, _: go.wait(20) and answer(engine.networks)

    async def main():
        async with watched(here(engine), tmp_path, host_channel=channel(fake)) as told:
            await told.until(lambda: told.snapshots and services(told.snapshots[-1]) == ["hns"])
            assert told.service.snapshot.networks.value is None
            go.set()
            await told.until_state("connected")
            assert services(told.service.snapshot) == ["hns"]
            assert told.names() == ["nat"]

    asyncio.run(main())


def test_when_no_engine_runs_the_windows_side_is_shown_all_the_same(fake, tmp_path):
    async def main():
        async with watched(NOWHERE, tmp_path, host_channel=channel(fake)) as told:
            await told.until_state("lost")
            await told.until(lambda: told.snapshots and services(told.snapshots[-1]) == ["hns"])
            await told.until(lambda: "can't be reached" in str(told.service.snapshot.networks.reason))
            assert services(told.service.snapshot) == ["hns"]

    asyncio.run(main())


def test_when_the_engine_is_lost_the_windows_side_stays_fresh(fake, engine, tmp_path):
    async def main():
        async with watched(here(engine), tmp_path, host_channel=channel(fake)) as told:
            await told.until_state("connected")
            await told.until(lambda: services(told.service.snapshot) == ["hns"])
            engine.cut()
            await told.until_state("lost")
            assert told.service.snapshot.networks.state is SectionState.STALE
            assert services(told.service.snapshot) == ["hns"]

    asyncio.run(main())


def test_that_observing_waits_for_both_sides(fake, engine, tmp_path):
    async def main():
        async with watched(here(engine), tmp_path, run=False, host_channel=channel(fake)) as told:
            snapshot = await told.service.observe()
            assert services(snapshot) == ["hns"]
            fake.tell({"schema": 1, "sections": {"services": {"ok": True, "value": []}}})
            assert services(await told.service.observe()) == []

    asyncio.run(main())


def apply(fake, engine, tmp_path, what, elevate=None):
    async def main():
        how = {"run": False, "host_channel": channel(fake, elevate)}
        async with watched(here(engine), tmp_path, **how) as told:
            return await told.service.apply(what)

    return asyncio.run(main())


def test_that_a_plans_scripts_are_run_with_their_parameters(fake, engine, tmp_path):
    fake.behave("answer")
    outcome = apply(fake, engine, tmp_path, plan(step("it's mine; really")))
    assert outcome.completed


def test_that_a_failed_script_is_recorded_and_the_rest_skipped(fake, engine, tmp_path):
    fake.behave("denied-in-document")
    outcome = apply(fake, engine, tmp_path, plan(step("one"), step("two")))
    assert [state.state for state in outcome.states] == ["failed", "skipped"]
    assert outcome.states[0].failure.kind is FailureKind.ACCESS_DENIED
    assert outcome.states[0].failure.script == "remove-vswitch"


def test_that_a_script_nobody_knows_is_refused(fake, engine, tmp_path):
    unknown = RunScript(script="format-disk", title=verbatim("x"))
    outcome = apply(fake, engine, tmp_path, plan(unknown))
    assert outcome.states[0].failure.kind is FailureKind.UNSUPPORTED


def test_that_a_plan_for_the_engine_does_not_wait_for_the_windows_side(fake, engine, tmp_path):
    fake.behave("file-when-told")  # and never told
    outcome = apply(fake, engine, tmp_path, plan(CreateNetwork(spec=NetworkSpec(name="n"))))
    assert outcome.states[0].state in {"done", "failed"}


def test_that_what_a_script_changed_is_seen_when_its_plan_is_done(fake, engine, tmp_path):
    async def main():
        async with watched(here(engine), tmp_path, run=False, host_channel=channel(fake)) as told:
            await told.service.observe()
            # One answer for both scripts: each reads its own part of it.
            fake.tell(
                {
                    **INVENTORY,
                    "ok": True,
                    "changed": True,
                    "sections": {"services": {"ok": True, "value": []}},
                }
            )
            await told.service.apply(plan(step("one")))
            return services(told.service.snapshot)

    assert asyncio.run(main()) == []


def test_that_nothing_of_a_closed_host_runs_any_more(fake, engine, tmp_path):
    fake.behave("hang")

    async def main():
        async with watched(here(engine), tmp_path, run=False, host_channel=channel(fake)) as told:
            looking = asyncio.ensure_future(told.service.observe())
            await until(lambda: fake.pids)
        left = asyncio.all_tasks() - {asyncio.current_task(), looking}
        await asyncio.wait({looking})
        return left

    assert not asyncio.run(main())


class Elevation:
    """Plays the elevated helper's starter: remembers what it was asked for, and may be declined."""

    def __init__(self, fake, declined=False):
        self.fake = fake
        self.declined = declined
        self.asked = []
        self.closed = 0

    async def __call__(self, steps):
        self.asked.append(steps)
        if self.declined:
            raise HostError(Failure(kind=FailureKind.ELEVATION_DECLINED, raw="", script=steps[0].script))
        runner = LocalRunner(self.fake.path)

        async def close():
            self.closed += 1
            await LocalRunner.close(runner)

        runner.close = close
        return runner


def test_that_a_plan_asks_for_elevation_once_and_lets_go_of_it(fake, engine, tmp_path):
    fake.behave("answer")
    elevation = Elevation(fake)
    what = plan(step("one"), step("two"), step("three", elevated=False))
    outcome = apply(fake, engine, tmp_path, what, elevation)
    assert outcome.completed, [state.failure for state in outcome.states]
    assert elevation.asked == [what.steps[:2]]
    assert elevation.closed == 1


def test_that_a_plan_without_elevated_steps_asks_for_none(fake, engine, tmp_path):
    elevation = Elevation(fake)
    apply(fake, engine, tmp_path, plan(step("one", elevated=False)), elevation)
    assert not elevation.asked


def test_when_elevation_is_declined_nothing_of_the_plan_is_begun(fake, engine, tmp_path):
    what = plan(CreateNetwork(spec=NetworkSpec(name="n")), step("one"))
    outcome = apply(fake, engine, tmp_path, what, Elevation(fake, declined=True))
    assert [state.state for state in outcome.states] == ["failed", "skipped"]
    assert outcome.states[0].failure.kind is FailureKind.ELEVATION_DECLINED
    assert not any("POST" in line for line in engine.requests)
    assert not outcome.states[0].failure.may_have_happened
