"""Preflight and the practice host say the same: what the one calls an error the other refuses, and what
the one passes in silence the other makes. Both follow the reference; neither may drift from the other.
"""

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass

import docker
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.backend.journal import Journal
from console.domain.preflight.check import preflight
from console.domain.render.sdk import create_body
from console.domain.severity import Severity
from console.domain.snapshot import Snapshot
from console.domain.spec import NetworkSpec, SubnetSpec
from console.startup import practice_session
from tests.domain.hosts import WINDOWS_DRIVER_NAMES, shim
from tests.domain.preflight import address_rows, general_rows, option_rows

BUILDS = (14393, 20348, 26100)
ROWS = (*general_rows.ROWS, *address_rows.ROWS, *option_rows.ROWS)

STRICTER = {
    "adapter-twice": "HNS teams what it is given and drops the second mention",
    "dns-servers-syntax": "HNS keeps any text; name look-up in the containers then fails",
    "dns-suffix-syntax": "HNS keeps any text; the suffix then never matches",
    "driver-missing": "the engine takes its default driver; a person shall know which",
    "driver-not-creatable": "an ics network can be made, and is never of use (reference, 2.1)",
    "gateway-reserved": "only an endpoint with that address is refused (reference, 4.3)",
    "hns-id-syntax": "the engine looks for a network of that id and makes one that can do nothing",
    "ipv4-required": "engines before 28 know no such switch and ignore it (reference, 2.2)",
    "option-not-for-driver": "the engine ignores options of another driver",
    "scope-unknown": "only a swarm looks at the scope",
    "subnet-ipv6": "HNS takes the prefix and gives no endpoint an address of it",
    "subnet-no-room": "the network is made and has no address for a container",
    "subnet-reserved": "the network is made and its endpoints reach nobody (RFC 6890)",
    "vlan-driver": "other drivers ignore the VLAN policy",
    "vlan-range": "the engine doesn't check, and the switch drops what has such a tag",
}
"""The errors that the engine or HNS does not make of what preflight does: with these the network comes
into being, and is of no use or not what was asked for."""


@dataclass
class Practice:
    """A served practice host, and what the console saw of it."""

    api: docker.APIClient
    snapshot: Snapshot

    def errors(self, spec):
        return {each.rule for each in preflight(spec, self.snapshot) if each.severity is Severity.ERROR}

    def refusal(self, spec):
        """The words with which ``spec`` is refused; None where it was made (it is removed again)."""
        answer = self.api._post_json(self.api._url("/networks/create"), data=create_body(spec))
        assert answer.headers["Content-Type"].startswith("application/json"), answer.text
        said = answer.json()
        if answer.status_code == 201:
            self.api.remove_network(said["Id"])
            return None
        return said["message"]


@contextmanager
def served(os_build, folder):
    journal = Journal(folder / "journal.sqlite")
    opened = practice_session(journal, os_build=os_build)
    api = docker.APIClient(opened.server.url)
    try:
        yield Practice(api, asyncio.run(_look(opened.service)))
    finally:
        api.close()
        opened.server.stop()
        journal.close()


async def _look(service):
    try:
        return await service.observe()
    finally:
        await service.close()


@pytest.fixture(scope="module", params=BUILDS)
def practice(request, tmp_path_factory):
    with served(request.param, tmp_path_factory.mktemp("consistency")) as here:
        yield here


@pytest.mark.parametrize("row", ROWS, ids=[f"{number}-{row.rule}" for number, row in enumerate(ROWS)])
def test_that_what_preflight_calls_an_error_is_refused_and_nothing_else(practice, row):
    for asked in (row.objected, row.silent):
        if asked.driver == "ics":
            continue  # all about it is moot: see "driver-not-creatable"
        errors = practice.errors(asked)
        said = practice.refusal(asked)
        if errors - set(STRICTER):
            assert said is not None, errors
        elif not errors:
            assert said is None


def test_that_each_listed_difference_is_still_one(tmp_path_factory):
    found = set()
    for build in BUILDS:
        with served(build, tmp_path_factory.mktemp("differences")) as here:
            for row in ROWS:
                errors = here.errors(row.objected)
                if errors and errors <= set(STRICTER) and here.refusal(row.objected) is None:
                    found |= errors
    assert found == set(STRICTER)


subnets = st.builds(
    lambda net, length: SubnetSpec(subnet=f"{net}.0/{length}", gateway=f"{net}.1"),
    st.sampled_from(["10.9.8", "172.28.0", "192.168.1", "192.168.77", "172.16.1", "10.0.2"]),
    st.integers(24, 30),
)
specs = st.builds(
    NetworkSpec,
    name=st.sampled_from(["web", "shop-2", "nat", "Web & <b>", "“quoted”", "a b"]),
    driver=st.sampled_from(WINDOWS_DRIVER_NAMES),
    subnets=st.lists(subnets, max_size=2).map(tuple),
    options=st.fixed_dictionaries(
        {},
        optional={
            "interface": st.sampled_from(["Ethernet", "Ethernet 2", "No such adapter"]),
            "vlanid": st.sampled_from(["0", "7", "4094", "x"]),
            "dnsservers": st.sampled_from(["8.8.8.8", "8.8.8.8,1.1.1.1"]),
            "networkname": st.sampled_from(["blue", "nat", "grün"]),
            "disable_gatewaydns": st.sampled_from(["true", "maybe"]),
        },
    ).map(lambda chosen: shim(**chosen)),
    internal=st.booleans(),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=specs)
def test_that_whatever_preflight_passes_the_practice_host_makes(practice, spec):
    if not practice.errors(spec):
        assert practice.refusal(spec) is None
