"""Discovery and reachability tried live in containers of a real engine, beside what is predicted for them.

The tests' engine sets no rules of its own (``--iptables=false``): user-defined bridges and the engine's DNS
server work as always, but what keeps bridges apart is missing, also around an internal network. That is
where prediction and trial differ here; a container without a network gets nowhere even so.
"""

import asyncio

import pytest

from console.backend.live_test import first_answer
from console.domain.container_spec import ContainerSpec
from console.domain.container_steps import CreateContainer, StartContainer
from console.domain.discovery.comparison import compared_name
from console.domain.discovery.names import askers, known_names
from console.domain.discovery.prediction import predicted_name
from console.domain.plan import CreateNetwork, Plan
from console.domain.probes.connection import connection_attempts, ping_attempts
from console.domain.probes.lookup import lookup_attempts
from console.domain.probes.origin import HostTrial
from console.domain.probes.probe import Reach
from console.domain.reachability.model import HOST, Ask, Party, PartyKind, Protocol
from console.domain.reachability.predict import predicted
from console.domain.reachability.trial import compared
from console.domain.reachability.view import HostView
from console.domain.relations import Relations
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import verbatim
from console.domain.verdict import Agreement, Verdict
from tests.backend.watching import watched

pytestmark = pytest.mark.real_engine

LISTENING, CLOSED = 8080, 81
# PID 1 of a container gets no SIGTERM that it has no handler for: a stop would take ten seconds.
SERVES = ("sh", "-c", f"trap 'exit 0' TERM; while true; do nc -l -p {LISTENING} </dev/null; done & wait")
NETWORKS = {"home": "10.215.0.0/24", "other": "10.216.0.0/24", "sealed": "10.217.0.0/24"}
CONTAINERS = {
    "web": ("home", "10.215.0.9", ("www",)),
    "client": ("home", "10.215.0.10", ()),
    "stranger": ("other", "10.216.0.9", ()),
    "inmate": ("sealed", "10.217.0.9", ()),
    "hermit": ("none", "", ()),
}


class Tried:
    """What is tried and predicted in containers of a service, as the pages do it."""

    def __init__(self, service):
        self.service = service
        self.relations = Relations(service.snapshot)
        self.view = HostView(self.relations)
        self.names = known_names(self.relations)
        self._ids = {one.name: one for one in askers(service.snapshot)}

    async def lookup(self, asker, name):
        """What comes when ``asker`` looks ``name`` up: prediction, finding, and whether they agree."""
        prediction = predicted_name(name, self._ids[asker], self.names, self.relations)
        attempts = lookup_attempts(name, windows=False)
        found = (await first_answer(self.service, self._ids[asker].id, attempts)).value
        return prediction, found, compared_name(prediction, found)[0]

    async def reach(self, source, target, port):
        """What comes when ``source`` connects to ``target``, or pings it where ``port`` is 0."""
        address = CONTAINERS[target][1]
        ask = Ask(Protocol.TCP, port) if port else Ask(Protocol.ICMP)
        prediction = self.predicted(self.party(source), target, ask)
        attempts = (
            connection_attempts(address, port, windows=False)
            if port
            else ping_attempts(address, windows=False)
        )
        found = (await first_answer(self.service, self._ids[source].id, attempts)).value
        return prediction.verdict, found, compared(prediction, found.reach)[0]

    def predicted(self, source, target, ask):
        return predicted(source, self.party(target), ask, self.view, self.names)

    def party(self, name):
        return Party(PartyKind.CONTAINER, self._ids[name].id)


@pytest.fixture
def trying(busybox, tmp_path):
    """Run a coroutine function with what tries and predicts, on an engine with :data:`CONTAINERS`."""
    steps = [
        CreateNetwork(
            spec=NetworkSpec(
                name=name, driver="bridge", internal=name == "sealed", subnets=(SubnetSpec(subnet=subnet),)
            )
        )
        for name, subnet in NETWORKS.items()
    ]
    for name, (network, address, aliases) in CONTAINERS.items():
        spec = ContainerSpec(
            name=name, image="busybox:test", network=network, address=address, aliases=aliases, command=SERVES
        )
        steps += [CreateContainer(spec=spec), StartContainer(container=name, container_name=name)]

    def run(scenario):
        async def whole():
            async with watched(busybox.connection, tmp_path, run=False) as told:
                plan = Plan(title=verbatim("test"), steps=tuple(steps))
                outcome = await told.service.apply(plan)
                assert outcome.completed, outcome
                return await scenario(Tried(told.service))

        return asyncio.run(whole())

    return run


def test_that_a_neighbours_name_is_predicted_and_looked_up_alike(trying):
    async def scenario(tried):
        return await tried.lookup("client", "web")

    prediction, found, agreement = trying(scenario)
    assert (prediction.verdict, prediction.addresses) == (Verdict.YES, ("10.215.0.9",))
    assert found.addresses == ("10.215.0.9",)
    assert (found.program, found.server) == ("nslookup", "127.0.0.11")
    assert agreement is Agreement.AGREES


def test_that_an_alias_is_looked_up_also_where_the_engines_list_leaves_it_out(trying):
    async def scenario(tried):
        listed = any(one.name == "www" for one in tried.names)
        return listed, *await tried.lookup("client", "www")

    listed, prediction, found, agreement = trying(scenario)
    assert found.addresses == ("10.215.0.9",)
    assert prediction.verdict is (Verdict.YES if listed else Verdict.DEPENDS)
    assert agreement is (Agreement.AGREES if listed else Agreement.SETTLED)


def test_that_a_name_of_another_network_is_not_there_as_predicted(trying):
    async def scenario(tried):
        return await tried.lookup("stranger", "web")

    prediction, found, agreement = trying(scenario)
    assert prediction.verdict is Verdict.NO
    assert found.addresses == ()
    assert agreement is Agreement.AGREES


def test_that_neighbours_are_reached_and_a_closed_port_is_told_from_silence(trying):
    async def scenario(tried):
        return [await tried.reach("client", "web", port) for port in (LISTENING, CLOSED, 0)]

    connected, closed, pinged = trying(scenario)
    assert [one[0] for one in (connected, closed, pinged)] == [Verdict.YES] * 3
    assert (connected[1].program, connected[1].reach) == ("nc", Reach.CONNECTED)
    assert (closed[1].program, closed[1].reach) == ("ping", Reach.REFUSED)
    assert (pinged[1].program, pinged[1].reach) == ("ping", Reach.CONNECTED)
    assert {one[2] for one in (connected, closed, pinged)} == {Agreement.AGREES}


def test_that_a_container_without_a_network_gets_nowhere_as_predicted(trying):
    async def scenario(tried):
        return [await tried.reach("hermit", "web", port) for port in (LISTENING, 0)]

    for verdict, found, agreement in trying(scenario):
        assert verdict is Verdict.NO
        assert (found.program, found.reach) == ("ping", Reach.NO_ANSWER)
        assert agreement is Agreement.AGREES


def test_that_bridges_that_this_engine_does_not_keep_apart_are_told_to_differ(trying):
    async def scenario(tried):
        return [await tried.reach(source, "web", LISTENING) for source in ("stranger", "inmate")]

    for verdict, found, agreement in trying(scenario):
        assert verdict is Verdict.NO
        assert (found.reach, agreement) == (Reach.CONNECTED, Agreement.DIFFERS)


def test_that_this_computer_tries_as_the_host_of_its_engine(trying):
    async def scenario(tried):
        ask = Ask(Protocol.TCP, LISTENING)
        found = [await tried.service.try_from_host("10.215.0.9", port) for port in (LISTENING, CLOSED)]
        return tried.service.host_trial, found, tried.predicted(HOST, "web", ask)

    how, (open_port, closed), prediction = trying(scenario)
    assert how is HostTrial.HERE
    assert (open_port.reach, closed.reach) == (Reach.CONNECTED, Reach.REFUSED)
    assert compared(prediction, open_port.reach)[0] is Agreement.AGREES
