"""What a plan does with its watchdog: armed, ended where nothing is to be guarded, kept without delay."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from console.backend.connection import Connection
from console.backend.host_channel import ScriptHostChannel
from console.backend.journal import Journal
from console.backend.powershell.faults import checked_answer
from console.backend.service import HostService, StopRequest
from console.demo.host import PracticeHost
from console.demo.powershell.runner import PracticeRunner
from console.demo.server import PracticeServer
from console.domain.cut_off import guarded
from console.domain.drivers.options import INTERFACE
from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_
from console.domain.watch_report import WatchState
from console.domain.watchdog import SECONDS, watch_id_of, with_own_watchdog

WATCH = "a" * 32
ADAPTER = "Ethernet 2"


class Clock:
    now = 1_800_000_000.0

    def __call__(self):
        return self.now


class SlowToRead(ScriptHostChannel):
    """A host whose inventory takes as long as the test wants."""

    def __init__(self, runner):
        super().__init__(runner)
        self.may_read = asyncio.Event()
        self.may_read.set()

    async def read(self):
        await self.may_read.wait()
        return await super().read()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.sqlite")
    yield journal
    journal.close()


def opened(journal, clock, scenario="containers-only"):
    """A practice host whose second adapter has an address, its service and channel."""

    @asynccontextmanager
    async def opening():
        host = PracticeHost.create(scenario=scenario, clock=clock)
        adapter = next(one for one in host.state.adapters if one.name == ADAPTER)
        adapter.addresses = ["10.9.0.10/24"]
        server = PracticeServer(host)
        await asyncio.to_thread(server.start)
        channel = SlowToRead(PracticeRunner(host, checked_answer))
        connection = Connection(id="p", name="p", url=server.url, practice=True, source="practice")
        service = HostService(connection, journal, channel)
        try:
            yield host, service, channel
        finally:
            channel.may_read.set()
            await service.close()
            await asyncio.to_thread(server.stop)

    return opening()


async def planned(service, *, name="lan2", subnet=""):
    subnets = (SubnetSpec(subnet=subnet),) if subnet else ()
    spec = NetworkSpec(name=name, driver="transparent", options={INTERFACE: ADAPTER}, subnets=subnets)
    plan = guarded(
        Plan(title=N_("Test", "Make it"), steps=(CreateNetwork(spec=spec),)), await service.examine()
    )
    assert plan.watchdog is not None
    return with_own_watchdog(plan, WATCH)


def test_that_a_network_on_the_hosts_adapter_is_made_and_guarded_without_hyper_v(journal, clock):
    async def run():
        async with opened(journal, clock) as (host, service, _channel):
            plan = await planned(service)
            outcome = await service.apply(plan)
            assert [state.state for state in outcome.states] == ["done", "done"]
            assert outcome.states[0].watch.state is WatchState.ARMED
            assert outcome.states[0].watch.seconds_left == SECONDS
            assert (await service.watch_report(plan.watchdog)).state is WatchState.ARMED
            clock.now += SECONDS + 2
            assert (await service.watch_report(plan.watchdog)).state is WatchState.TAKEN_BACK
            assert all(not one.switch_id for one in host.state.adapters if one.name == ADAPTER)

    asyncio.run(run())


def test_that_a_refused_change_leaves_no_watchdog_behind(journal, clock):
    """The next attempt on the same adapter would be reverted by it although it was confirmed."""

    async def run():
        async with opened(journal, clock) as (host, service, _channel):
            plan = await planned(service, subnet="10.9.0.0/24")  # no gateway: refused
            outcome = await service.apply(plan)
            assert [state.state for state in outcome.states] == ["done", "failed"]
            assert outcome.still_armed is None
            assert host.state.windows.watchdogs[WATCH].state == "confirmed"
            newest, refused = await service.journal_entries()
            assert refused.id == outcome.entry
            assert str(newest.plan.title) == "Disarm the watchdog of: Make it"
            assert [state.state for state in newest.states] == ["done"]

    asyncio.run(run())


def test_that_a_plan_that_is_stopped_before_its_guarded_step_disarms(journal, clock):
    async def run():
        async with opened(journal, clock) as (host, service, _channel):
            stop = StopRequest()

            def on_step(state):
                if state.index == 0:
                    stop.stop()

            outcome = await service.apply(await planned(service), on_step=on_step, stop=stop)
            assert [state.state for state in outcome.states] == ["done", "skipped"]
            assert host.state.windows.watchdogs[WATCH].state == "confirmed"

    asyncio.run(run())


def test_that_a_watchdog_that_can_not_be_disarmed_is_told(journal, clock):
    class Deaf(PracticeRunner):
        async def run(self, script, parameters, *, on_progress=None):
            if script.id == "confirm-watchdog":
                parameters = {"WatchId": "not an id"}
            return await super().run(script, parameters, on_progress=on_progress)

    async def run():
        async with opened(journal, clock) as (host, service, channel):
            channel._runner = Deaf(host, checked_answer)
            outcome = await service.apply(await planned(service, subnet="10.9.0.0/24"))
            assert "WatchId" in outcome.still_armed.raw
            assert host.state.windows.watchdogs[WATCH].state == "armed"

    asyncio.run(run())


def test_that_a_change_is_kept_while_the_host_is_still_being_looked_at(journal, clock):
    async def run():
        async with opened(journal, clock) as (host, service, channel):
            plan = await planned(service)
            made = asyncio.Event()

            def on_step(state):
                if state.index == 1 and state.state == "done":
                    made.set()

            channel.may_read.clear()
            applying = asyncio.ensure_future(service.apply(plan, on_step=on_step))
            await made.wait()
            kept = await service.keep(plan.watchdog, plan)
            assert not applying.done()
            assert kept.states[0].watch.state is WatchState.CONFIRMED
            assert host.state.windows.watchdogs[watch_id_of(plan.watchdog)].state == "confirmed"
            assert str((await service.journal_entry(kept.entry)).plan.title) == "Keep: Make it"
            channel.may_read.set()
            assert (await applying).completed

    asyncio.run(run())


def test_that_too_late_is_said_by_the_host(journal, clock):
    async def run():
        async with opened(journal, clock) as (_host, service, _channel):
            plan = await planned(service)
            await service.apply(plan)
            clock.now += SECONDS + 0.5
            kept = await service.keep(plan.watchdog, plan)
            assert kept.states[0].watch.state is WatchState.ARMED
            assert kept.states[0].watch.seconds_left == 0
            assert kept.states[0].notes

    asyncio.run(run())
