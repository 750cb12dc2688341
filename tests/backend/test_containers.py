"""Containers made, started, stopped, removed and looked into, on the practice host over HTTP."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from console.backend.connection import Connection
from console.backend.engine.execution import Execution
from console.backend.failures import EngineError
from console.backend.host_channel import UnreadHostChannel
from console.backend.journal import Journal
from console.backend.service import HostService
from console.demo.host import PracticeHost
from console.demo.scenarios import steps
from console.demo.server import PracticeServer
from console.domain.container_spec import ContainerSpec, PublishSpec
from console.domain.container_steps import (
    CreateContainer,
    RemoveContainer,
    RestartContainer,
    StartContainer,
    StopContainer,
)
from console.domain.failure import FailureKind
from console.domain.plan import Plan
from console.domain.text import verbatim

SPEC = ContainerSpec(
    name="shop",
    image="servercore",
    network="nat",
    aliases=("store",),
    ports=(PublishSpec(container_port=80, host_port=8080),),
    dns_servers=("192.0.2.53",),
    dns_search=("example.test",),
    isolation="process",
    command=("ping", "-t", "localhost"),
    environment={"A": "1 2"},
    labels={"team": "x=y"},
    hostname="shophost",
    restart="always",
)
RUN = (CreateContainer(spec=SPEC), StartContainer(container="shop", container_name="shop"))


def plan(*steps):
    return Plan(title=verbatim("test"), steps=steps)


@pytest.fixture
def served():
    server = PracticeServer(PracticeHost.create(os_build=20348, scenario="empty", seed=1))
    server.start()
    yield server
    server.stop()


@asynccontextmanager
async def service_of(server, folder):
    journal = Journal(folder / "journal.sqlite")
    connection = Connection(id="practice", name="practice", url=server.url)
    service = HostService(connection, journal, UnreadHostChannel())
    try:
        yield service
    finally:
        await service.close()
        journal.close()


def on_service(served, folder, scenario):
    async def visit():
        async with service_of(served, folder) as service:
            return await scenario(service)

    return asyncio.run(visit())


async def done(service, *steps, undoes=None):
    outcome = await service.apply(plan(*steps), undoes=undoes)
    assert outcome.completed, outcome
    return outcome


def found(service, name="shop"):
    return next((one for one in service.snapshot.containers.value if one.name == name), None)


def test_that_a_container_is_run_as_asked(served, tmp_path):
    async def scenario(service):
        outcome = await done(service, *RUN)
        return outcome, found(service), await service.container_details("shop")

    outcome, container, details = on_service(served, tmp_path, scenario)
    assert container.id == outcome.states[0].result == details.id
    assert container.running
    assert container.labels == {"team": "x=y"}
    assert [(port.host_port, port.container_port) for port in container.ports] == [(8080, 80)]
    assert container.endpoints[0].network_name == "nat"
    assert "store" in container.endpoints[0].aliases
    assert details.command == SPEC.command
    assert details.dns_servers == SPEC.dns_servers
    assert details.dns_search == SPEC.dns_search
    assert details.ports == SPEC.ports
    assert (details.isolation, details.restart, details.hostname) == ("process", "always", "shophost")
    assert json.loads(details.raw)["Config"]["Env"] == ["A=1 2"]


def test_that_a_run_is_taken_back_by_stopping_and_removing_that_very_container(served, tmp_path):
    async def scenario(service):
        outcome = await done(service, *RUN)
        undo = (await service.journal_entry(outcome.entry)).undo
        await done(service, *undo.steps, undoes=outcome.entry)
        return outcome, undo, found(service)

    outcome, undo, left = on_service(served, tmp_path, scenario)
    assert [step.kind for step in undo.steps] == ["stop-container", "remove-container"]
    assert undo.steps[1].container == outcome.states[0].result
    assert left is None


def test_that_a_refused_start_leaves_what_can_be_taken_back(served, tmp_path):
    missing = SPEC.model_copy(update={"command": ("no-such-program",)})

    async def scenario(service):
        outcome = await service.apply(plan(CreateContainer(spec=missing), RUN[1]))
        return outcome, (await service.journal_entry(outcome.entry)).undo

    outcome, undo = on_service(served, tmp_path, scenario)
    assert [state.state for state in outcome.states] == ["done", "failed"]
    assert "(0x2)" in outcome.states[1].failure.raw
    assert [step.kind for step in undo.steps] == ["remove-container"]


def test_that_stopping_what_is_stopped_changes_nothing_and_leaves_nothing_to_take_back(served, tmp_path):
    stop = StopContainer(container="shop", container_name="shop")

    async def scenario(service):
        await done(service, *RUN)
        first, second = await done(service, stop), await done(service, stop)
        entries = [await service.journal_entry(one.entry) for one in (first, second)]
        await done(service, *entries[0].undo.steps)
        again = await done(service, StartContainer(container="shop", container_name="shop"))
        return second, entries, again, found(service)

    second, entries, again, container = on_service(served, tmp_path, scenario)
    assert second.states[0].unchanged
    assert [entry.undo is None for entry in entries] == [False, True]
    assert again.states[0].unchanged
    assert container.running


def test_that_a_restart_and_a_removal_can_not_be_taken_back(served, tmp_path):
    async def scenario(service):
        await done(service, *RUN)
        before = (await service.container_details("shop")).started_at
        restarted = await done(service, RestartContainer(container="shop", container_name="shop"))
        after = (await service.container_details("shop")).started_at
        removed = await done(service, RemoveContainer(container="shop", container_name="shop", force=True))
        entries = [await service.journal_entry(one.entry) for one in (restarted, removed)]
        return before, after, entries, found(service)

    before, after, entries, left = on_service(served, tmp_path, scenario)
    assert before != after
    assert [entry.undo for entry in entries] == [None, None]
    assert left is None


def test_that_the_images_are_told_by_their_first_tag(served, tmp_path):
    images = on_service(served, tmp_path, lambda service: service.images())
    assert {"iis:latest", "nanoserver:latest"} <= {tag for image in images for tag in image.tags}
    assert all(image.size > 0 and image.title in image.tags for image in images)


def test_that_a_program_in_a_container_tells_output_errors_and_exit_code(served, tmp_path):
    async def scenario(service):
        await done(service, *RUN)
        good = await service.exec_in_container("shop", ["cmd", "/c", "hostname"])
        bad = await service.exec_in_container("shop", ["nslookup", "nobody"])
        return good, bad

    good, bad = on_service(served, tmp_path, scenario)
    assert (good.exit_code, good.output, good.errors) == (0, "shophost\r\n", "")
    assert bad.exit_code == 1
    assert "Address:" in bad.output
    assert "can't find nobody" in bad.errors


def test_that_a_program_in_a_stopped_container_is_refused(served, tmp_path):
    async def scenario(service):
        await done(service, RUN[0])
        with pytest.raises(EngineError) as refused:
            await service.exec_in_container("shop", ["hostname"])
        return refused.value.failure

    failure = on_service(served, tmp_path, scenario)
    assert failure.kind is FailureKind.REFUSED
    assert "is not running" in failure.raw


def test_that_a_program_without_end_is_left_when_its_time_is_over(served, tmp_path):
    async def scenario(service):
        await done(service, *RUN)
        with pytest.raises(EngineError) as late:
            await service.exec_in_container("shop", ["ping", "-t", "localhost"], seconds=0.3)
        return late.value.failure, await service.exec_in_container("shop", ["hostname"])

    failure, after = on_service(served, tmp_path, scenario)
    assert failure.kind is FailureKind.TIMED_OUT
    assert failure.raw == "the program did not end within 0.3 seconds"
    assert after.exit_code == 0


def test_that_more_output_than_the_limit_is_not_read(served, tmp_path):
    async def scenario(service):
        await done(service, *RUN)
        return await service.exec_in_container("shop", ["ipconfig", "/all"], limit=20)

    result = on_service(served, tmp_path, scenario)
    assert result.truncated
    assert result.exit_code is None
    assert len(result.output) == 20


def test_that_cancelling_hangs_up_at_once(served, tmp_path, monkeypatch):
    ended = asyncio.Event()
    run = Execution.run

    async def scenario(service):
        await done(service, *RUN)
        loop = asyncio.get_running_loop()

        def told(execution):
            try:
                return run(execution)
            finally:
                loop.call_soon_threadsafe(ended.set)

        monkeypatch.setattr(Execution, "run", told)
        begun = asyncio.Event()
        served.host.events.listen(
            lambda event: loop.call_soon_threadsafe(begun.set) if "exec_start" in event.action else None
        )
        waiting = asyncio.ensure_future(service.exec_in_container("shop", ["ping", "-t", "x"], seconds=60))
        async with asyncio.timeout(10):
            await begun.wait()
            waiting.cancel()
            await ended.wait()
        return waiting

    assert on_service(served, tmp_path, scenario).cancelled()


def test_that_a_container_tells_of_its_own_network(served, tmp_path):
    async def scenario(service):
        await done(service, *RUN)
        return await service.look_inside("shop"), found(service).endpoints[0]

    report, endpoint = on_service(served, tmp_path, scenario)
    (adapter,) = report.view.adapters
    assert report.view.host_name == "shophost"
    assert adapter.mac_address == endpoint.mac_address
    assert [one.address for one in adapter.ipv4] == [endpoint.address]
    assert adapter.gateways == (endpoint.gateway,)
    assert adapter.dhcp is False
    assert report.text.startswith("> ipconfig /all\n")


def test_that_a_lease_is_told_from_a_static_address(served, tmp_path):
    steps.network(served.host, "lan", "transparent", interface="Ethernet")
    steps.run(served.host, "leased", "nanoserver", network="lan")
    report = on_service(served, tmp_path, lambda service: service.look_inside("leased"))
    (adapter,) = report.view.adapters
    assert adapter.dhcp is True
    assert len(adapter.ipv4) == 1
    assert adapter.gateways
    assert adapter.dns_servers
