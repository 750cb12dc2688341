"""Which containers can be connected where, with which address (reference, 2.1 and 2.3)."""

import pytest

from console.domain.attachment import (
    address_refused_because,
    address_rule,
    connect_caution,
    connect_refused_because,
    connectable,
    connection,
    disconnection,
)
from console.domain.removal import attachments
from console.domain.sections import fresh
from console.domain.snapshot import EngineInfo, IpamPool, WindowsVersion
from tests.domain.test_removal import container, network, snapshot

WEB = network("web", pools=(IpamPool(subnet="10.1.0.0/24", gateway="10.1.0.1"),))
DHCP = network("lan", "transparent", pools=(IpamPool(subnet="0.0.0.0/0"),))


def on_build(build: int, *, isolation: str = "process", containers=()):
    engine = EngineInfo(
        version="28.3",
        api_version="1.51",
        os_type="windows",
        default_isolation=isolation,
        windows=WindowsVersion(build=build),
    )
    return snapshot([WEB], containers).model_copy(update={"engine": fresh(engine)})


@pytest.mark.parametrize("address", ["", "10.1.0.2", "10.1.0.254"])
def test_that_a_free_address_of_the_subnet_is_taken(address):
    assert address_refused_because(address, WEB, snapshot([WEB])) is None


@pytest.mark.parametrize(
    ("address", "because"),
    [
        ("10.1.0.1", "is the gateway of web"),
        ("10.1.0.0", "network or broadcast address"),
        ("10.1.0.255", "network or broadcast address"),
        ("10.2.0.5", "outside 10.1.0.0/24"),
        ("fe80::1", "outside 10.1.0.0/24"),
        ("10.1.0.9", "taken by the container c1"),
        ("10.1.0", "is not an IP address"),
        ("ten", "is not an IP address"),
    ],
)
def test_that_an_address_which_can_not_work_is_refused_with_the_reason(address, because):
    here = snapshot([WEB], [container("c1", "web", configured="10.1.0.9")])
    assert because in str(address_refused_because(address, WEB, here))


def test_that_no_address_can_be_chosen_on_a_network_without_a_subnet():
    assert "no address can be chosen" in str(address_rule(DHCP))
    assert "no address can be chosen" in str(address_refused_because("10.0.0.5", DHCP, snapshot([DHCP])))


def test_that_only_containers_not_yet_attached_are_offered():
    here = snapshot([WEB], [container("b", "other"), container("a", "other"), container("c", "web")])
    assert [one.name for one in connectable(WEB, here)] == ["a", "b"]


@pytest.mark.parametrize(
    ("build", "state", "refused"),
    [(14393, "running", True), (14393, "exited", False), (15063, "running", False), (20348, "dead", True)],
)
def test_that_a_running_container_needs_a_windows_that_can_add_endpoints(build, state, refused):
    one = container("c", state=state)
    assert (connect_refused_because(one, on_build(build)) is not None) is refused


def test_that_hyper_v_isolation_is_a_caution_for_running_containers_only():
    running, stopped = container("c"), container("d", state="exited")
    assert "by default" in str(connect_caution(running, on_build(22631, isolation="hyperv")))
    assert "If it was started" in str(connect_caution(running, on_build(20348)))
    assert connect_caution(stopped, on_build(22631, isolation="hyperv")) is None
    assert connect_caution(running, snapshot([WEB], os_type="linux")) is None


def test_that_disconnecting_several_containers_is_one_plan_that_can_be_turned_back():
    here = snapshot(
        [WEB], [container("a", "web", configured="10.1.0.9"), container("b", "web", state="exited")]
    )
    plan = disconnection(WEB, attachments(WEB, here))
    assert [step.container_name for step in plan.steps] == ["a", "b"]
    back = plan.steps[0].inverse()
    assert (back.kind, back.network, back.address) == ("connect-container", "id-web", "10.1.0.9")


def test_that_a_connection_carries_address_and_aliases():
    (step,) = connection(WEB, container("c"), address="10.1.0.7", aliases=("db",)).steps
    assert (step.network, step.container, step.address, step.aliases) == (
        "id-web",
        "c-c",
        "10.1.0.7",
        ("db",),
    )
