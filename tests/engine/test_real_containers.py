"""Containers run, connected, looked into and removed on a real engine, from an image made here."""

import asyncio

import pytest

from console.backend.connection import Connection
from console.backend.failures import EngineError
from console.domain.container_spec import ContainerSpec
from console.domain.container_steps import (
    CreateContainer,
    RemoveContainer,
    RestartContainer,
    StartContainer,
    StopContainer,
)
from console.domain.failure import FailureKind
from console.domain.plan import ConnectContainer, CreateNetwork, DisconnectContainer, Plan
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import verbatim
from tests.backend.watching import watched
from tests.engine.proxy import EngineProxy

pytestmark = pytest.mark.real_engine

SPEC = ContainerSpec(
    name="box",
    image="busybox:test",
    network="home",
    address="10.215.0.9",
    aliases=("db",),
    # PID 1 of a container gets no SIGTERM that it has no handler for: a stop would take ten seconds.
    command=("sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait"),
    environment={"GREETING": "q'\" $X"},
    hostname="boxhost",
)
WHERE = {"container": "box", "container_name": "box"}
RUN = (CreateContainer(spec=SPEC), StartContainer(**WHERE))


def network(name, subnet):
    return CreateNetwork(spec=NetworkSpec(name=name, driver="bridge", subnets=(SubnetSpec(subnet=subnet),)))


def plan(*steps):
    return Plan(title=verbatim("test"), steps=steps)


async def done(service, *steps):
    outcome = await service.apply(plan(*steps))
    assert outcome.completed, outcome
    return outcome


def found(service, name="box"):
    return next((one for one in service.snapshot.containers.value if one.name == name), None)


def test_that_a_container_is_run_connected_while_it_runs_and_taken_back(busybox, tmp_path):
    async def scenario():
        async with watched(busybox.connection, tmp_path, run=False) as told:
            service = told.service
            await done(service, network("home", "10.215.0.0/24"), network("other", "10.216.0.0/24"))
            run = await done(service, *RUN)
            home, details = found(service), await service.container_details("box")
            await done(service, ConnectContainer(network="other", network_name="other", **WHERE))
            both = found(service)
            await done(service, DisconnectContainer(network="other", network_name="other", **WHERE))
            alone = found(service)
            undo = (await service.journal_entry(run.entry)).undo
            await done(service, *undo.steps)
            return home, details, both, alone, found(service)

    home, details, both, alone, gone = asyncio.run(scenario())
    assert home.running
    (endpoint,) = home.endpoints
    assert (endpoint.network_name, endpoint.address, endpoint.prefix_length) == ("home", "10.215.0.9", 24)
    assert details.aliases == {"home": ("db",)}, "the list of this engine leaves them out"
    assert details.hostname == "boxhost"
    assert details.isolation == ""
    assert {one.network_name for one in both.endpoints} == {"home", "other"}
    assert {one.network_name for one in alone.endpoints} == {"home"}
    assert gone is None


def test_that_programs_in_it_are_run_and_told_from_each_other(busybox, tmp_path):
    async def scenario():
        async with watched(busybox.connection, tmp_path, run=False) as told:
            service = told.service
            await done(service, network("home", "10.215.0.0/24"), *RUN)
            words = ["sh", "-c", "echo $GREETING; echo wrong >&2; exit 3"]
            spoken = await service.exec_in_container("box", words)
            address = await service.exec_in_container("box", ["ip", "addr"])
            endless = await service.exec_in_container("box", ["yes"], limit=100_000)
            with pytest.raises(EngineError) as late:
                await service.exec_in_container("box", ["sleep", "60"], seconds=0.5)
            try:
                missing = (await service.exec_in_container("box", ["ipconfig", "/all"])).exit_code
            except EngineError as refused:  # newer engines refuse what is not there
                missing = refused.failure.kind
            return spoken, address, endless, late.value.failure, missing

    spoken, address, endless, late, missing = asyncio.run(scenario())
    assert (spoken.exit_code, spoken.output, spoken.errors) == (3, "q'\" $X\n", "wrong\n")
    assert address.exit_code == 0
    assert "10.215.0.9/24" in address.output
    assert endless.truncated
    assert len(endless.output) == 100_000
    assert late.kind is FailureKind.TIMED_OUT
    assert missing in {126, 127, FailureKind.REFUSED}


def test_that_stop_start_restart_and_remove_do_what_they_say(busybox, tmp_path):
    async def scenario():
        async with watched(busybox.connection, tmp_path, run=False) as told:
            service = told.service
            await done(service, network("home", "10.215.0.0/24"), *RUN)
            stops = []
            stops.append(await done(service, StopContainer(**WHERE)))
            stopped = found(service)
            stops.append(await done(service, StopContainer(**WHERE)))
            refused = await service.apply(plan(RestartContainer(container="nobody", container_name="nobody")))
            await done(service, StartContainer(**WHERE))
            running = found(service)
            kept = await service.apply(plan(RemoveContainer(**WHERE)))
            await done(service, RemoveContainer(**WHERE, force=True))
            return stops, stopped, refused, running, kept, found(service)

    stops, stopped, refused, running, kept, gone = asyncio.run(scenario())
    assert [stop.states[0].unchanged for stop in stops] == [False, True]
    assert not stopped.running
    assert refused.states[0].failure.status == 404
    assert running.running
    assert kept.states[0].failure.kind is FailureKind.REFUSED
    assert gone is None


@pytest.mark.parametrize("lost", ["create", "start"])
def test_that_a_run_whose_answer_was_lost_is_found_done(busybox, tmp_path, lost):
    async def scenario(proxy):
        async with watched(Connection(id="p", name="p", url=proxy.url), tmp_path, run=False) as told:
            await done(told.service, network("home", "10.215.0.0/24"))
            proxy.lose = {"create": "POST /containers/create", "start": "POST /containers/box/start"}[lost]
            outcome = await told.service.apply(plan(*RUN))
            assert proxy.lose == "", "the answer was lost"
            return outcome, found(told.service)

    with EngineProxy(tmp_path / "proxy.sock", busybox.socket_path) as proxy:
        outcome, container = asyncio.run(scenario(proxy))
    assert outcome.completed, outcome
    assert outcome.states[0].result == container.id
    assert container.running


@pytest.mark.parametrize("without", ["", "ip"], ids=["ip-addr", "ifconfig"])
def test_that_a_container_tells_of_its_own_network(busybox, tmp_path, without):
    async def scenario():
        async with watched(busybox.connection, tmp_path, run=False) as told:
            service = told.service
            await done(service, network("home", "10.215.0.0/24"), *RUN)
            if without:
                await service.exec_in_container("box", ["rm", f"/bin/{without}"])
            return await service.look_inside("box"), found(service).endpoints[0]

    report, endpoint = asyncio.run(scenario())
    (adapter,) = report.view.adapters
    assert adapter.mac_address == endpoint.mac_address
    assert [(one.address, one.prefix_length) for one in adapter.ipv4] == [("10.215.0.9", 24)]
    assert adapter.gateways == (() if without else (endpoint.gateway,))
    assert report.view.dns_servers
