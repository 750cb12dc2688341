"""Cases of checks about vSwitches and what HNS holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from console.domain.drivers.options import HNS_ID
from console.domain.host_inventory import HnsNetwork
from console.domain.snapshot import Adapter, Network, Snapshot, VSwitch, VSwitchKind
from tests.checks.cases.case import OTHER_NAT, Case, corp, on_switch, pods, with_facts
from tests.domain.hosts import ETHERNET, NAT, SECOND, external_vswitch, host, shim

_TAKEN = host().taken_at
_UNPLUGGED = ETHERNET.model_copy(update={"status": "Disconnected"})
_SWITCH = VSwitch(name="DockerNAT", id="3", kind=VSwitchKind.INTERNAL)


def _left_in_hns(name: str, kind: str = "nat", docker: Sequence[Network] = (NAT,)) -> Snapshot:
    left = HnsNetwork(id="0A87F093-80A3-4495-8C09-608A6D28416D", name=name, type=kind)
    return with_facts(host(networks=docker), hns_networks=(left,), hns_endpoints=())


def _lost_by_hns(**changes: Any) -> Snapshot:
    """A network of Docker's whose part in HNS is gone."""
    lost = OTHER_NAT.model_copy(update={"options": {HNS_ID: "B" * 8}, **changes})
    return with_facts(host(networks=(NAT, lost)), hns_networks=(), hns_endpoints=())


def _vfp(*, enabled: bool = True, running: bool | None = None, derived: bool = False) -> Snapshot:
    """An l2bridge network on a vSwitch with VFP."""
    known = on_switch(pods("192.168.1.0/24"), vfp=enabled)
    (switch,) = known.facts.vswitches.known() or ()
    (extension,) = switch.extensions
    told = extension.model_copy(update={"running": running})
    changed = switch.model_copy(update={"extensions": (told,), "derived": derived})
    return with_facts(known, vswitches=(changed,))


def _on_cards(*cards: Adapter, bound: Sequence[str] = ("Ethernet",), **changes: Any) -> Snapshot:
    """An external vSwitch, and the network cards of the host."""
    return host(adapters=cards, vswitches=(external_vswitch("Mine", *bound).model_copy(update=changes),))


CASES: dict[str, Case] = {
    "adapter-unplugged": Case(
        (
            _on_cards(_UNPLUGGED),
            _on_cards(_UNPLUGGED, SECOND, bound=("Ethernet", "Ethernet 2")),
            _on_cards(_UNPLUGGED.model_copy(update={"vswitch": "Mine", "status": "Disabled"}), bound=()),
        ),
        (
            _on_cards(ETHERNET),
            _on_cards(_UNPLUGGED, SECOND, bound=("Ethernet 2",)),
            _on_cards(_UNPLUGGED, kind=VSwitchKind.INTERNAL),
        ),
    ),
    "vswitch-without-adapter": Case(
        (_on_cards(SECOND), _on_cards(ETHERNET, bound=())),
        (
            _on_cards(ETHERNET),
            _on_cards(_UNPLUGGED),
            _on_cards(ETHERNET.model_copy(update={"vswitch": "mine"}), bound=()),
            _on_cards(ETHERNET, bound=(), kind=VSwitchKind.INTERNAL),
            _on_cards(ETHERNET, bound=(), derived=True),
        ),
    ),
    "dockernat-switch": Case(
        (host(vswitches=(_SWITCH,)),),
        (host(vswitches=(_SWITCH.model_copy(update={"name": "Docker NAT of mine"}),)),),
    ),
    "hidden-vswitch": Case(
        (host(vswitches=(external_vswitch("Mine", "Ethernet", visible=False),)),),
        (host(vswitches=(external_vswitch("Mine", "Ethernet"),)),),
    ),
    "hns-stale-state": Case(
        (
            _left_in_hns("b" * 64),
            _lost_by_hns(),
            _lost_by_hns(created=_TAKEN - timedelta(hours=1)),
            _lost_by_hns(driver="transparent"),
        ),
        (
            _lost_by_hns(created=_TAKEN - timedelta(seconds=30)),
            _lost_by_hns(scope="swarm", driver="overlay"),
            _lost_by_hns(options={}),
            _left_in_hns("Default Switch", "ICS"),
            _left_in_hns("Mine", "Transparent"),
            _left_in_hns("nat", docker=(NAT.model_copy(update={
                "options": shim(hnsid="0a87f093-80a3-4495-8c09-608a6d28416d")}),)),
        ),
    ),
    "vfp-extension-off": Case(
        (
            on_switch(pods("192.168.1.0/24"), vfp=False),
            _vfp(running=False),
            _vfp(derived=True, enabled=False),
        ),
        (
            on_switch(pods("192.168.1.0/24"), vfp=True),
            _vfp(running=True),
            on_switch(pods("192.168.1.0/24"), vfp=None),
            on_switch(corp("192.168.1.0/24"), vfp=False),
        ),
    ),
}  # fmt: skip
