"""Plans that change settings of a host, and rules of its firewall and NAT."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain import setting_actions as actions
from console.domain.host_actions import make_internal
from console.domain.host_inventory import FirewallRule, Service, ServiceStatus
from console.domain.host_ports import DynamicPorts
from console.domain.host_rules import allow_ports, disable_rule, remove_nat
from console.domain.host_setup import RegistryValue
from console.domain.plan import Plan, RunScript
from console.domain.relations import Relations
from console.domain.render.plan import Dialect, preview
from console.domain.scripts import IPV6_SETTING, SCRIPT_BY_ID, SET_REGISTRY_SETTING, wrong_parameters
from console.domain.snapshot import Adapter, NatPrefix, VSwitchKind
from tests.domain.whole_hosts import SWITCHES, whole_host, with_facts

HOST = with_facts(whole_host(), services=(Service(name="docker", status=ServiceStatus.RUNNING),))
VNIC = Adapter(name="vEthernet (nat)", host_vnic=True, index=8, mtu=1500)
PORTS = DynamicPorts(protocol="UDP", first=49152, count=16384)
NAT = SWITCHES[0].model_copy(update={"kind": VSwitchKind.PRIVATE})
RULE = FirewallRule(id="in", title="In", enabled=True, direction="Inbound", action="Block")


def _plan(step: RunScript) -> Plan:
    return Plan(title=step.title, steps=(step,))


PLANS: list[tuple[str, Plan]] = [
    ("remove ipv6 setting", actions.remove_setting(IPV6_SETTING, 0xFFFFFFFF)),
    ("remove zz", actions.remove_test_build_value(RegistryValue(name="zzA", value="7"))),
    ("register source", actions.register_event_source()),
    ("mtu", actions.set_mtu(VNIC, 1400)),
    ("dynamic ports", actions.set_dynamic_ports(PORTS, 32768, 32768)),
    ("proxy", actions.set_engine_proxy("http://p:1", "", "localhost", HOST)),
    ("make internal", make_internal(NAT, Relations(HOST))),
    ("disable rule", _plan(disable_rule(RULE))),
    ("allow ports", _plan(allow_ports("in", "In", "UDP", ["4789"]))),
    ("remove nat", _plan(remove_nat(NatPrefix(name="VMs", internal_prefix="10.77.0.0/16"), ()))),
]
every_plan = pytest.mark.parametrize("plan", [plan for _, plan in PLANS], ids=[name for name, _ in PLANS])


def _undo(plan: Plan) -> RunScript:
    (step,) = plan.steps
    assert isinstance(step, RunScript)
    assert step.undo is not None
    return step.undo


@every_plan
def test_that_scripts_get_the_parameters_they_take_also_to_undo(plan: Plan) -> None:
    (step,) = plan.steps
    assert isinstance(step, RunScript)
    for run in (step, _undo(plan)):
        assert wrong_parameters(SCRIPT_BY_ID[run.script], run.parameters) == ()
        assert run.elevated


@every_plan
def test_that_a_plan_and_its_undo_are_shown_as_lines_of_their_own(plan: Plan) -> None:
    done = preview(plan, Dialect.POWERSHELL)
    undone = preview(_plan(_undo(plan)), Dialect.POWERSHELL)
    assert done.strip()
    assert undone.strip()
    assert done != undone


@pytest.mark.parametrize(
    ("plan", "back"),
    [
        (PLANS[0][1], {"Setting": "DisabledComponents", "Value": "4294967295"}),
        (PLANS[1][1], {"Setting": "TestBuildValue", "Name": "zzA", "Value": "7"}),
        (PLANS[3][1], {"InterfaceIndex": 8, "InterfaceAlias": "vEthernet (nat)", "Mtu": 1500}),
        (PLANS[4][1], {"Protocol": "UDP", "First": 49152, "Count": 16384}),
    ],
)
def test_that_undo_puts_the_very_value_back(plan: Plan, back: dict[str, Any]) -> None:
    assert dict(_undo(plan).parameters) == back


def test_that_a_value_is_removed_only_as_it_was_seen() -> None:
    (step,) = actions.remove_setting(IPV6_SETTING, 255).steps
    assert isinstance(step, RunScript)
    assert step.script == SET_REGISTRY_SETTING.id
    assert step.parameters["Expected"] == "255"


def test_that_a_proxy_says_that_docker_is_restarted_with_it() -> None:
    assert actions.set_engine_proxy("http://p:1", "", "", HOST).interruptions


def test_that_an_external_vswitch_can_not_be_made_so_again_by_undo() -> None:
    external = NAT.model_copy(update={"kind": VSwitchKind.EXTERNAL})
    (step,) = make_internal(external, Relations(HOST)).steps
    assert step.inverse() is None


def test_that_an_interface_that_is_not_known_in_full_has_no_plan() -> None:
    with pytest.raises(ValueError, match="no index or no MTU"):
        actions.set_mtu(VNIC.model_copy(update={"index": None}), 1400)
