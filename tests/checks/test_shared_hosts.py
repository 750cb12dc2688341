"""Hosts that Docker shares with others: what is theirs is neither wrong nor Docker's to repair."""

from __future__ import annotations

from typing import Any

import pytest

from console.checks.report import run_checks
from console.domain.host_inventory import (
    HnsEndpoint,
    HnsEndpointState,
    HnsNetwork,
    HnsSubnet,
    Service,
    ServiceStatus,
)
from console.domain.sections import fresh
from console.domain.snapshot import Adapter, Network, Snapshot, VSwitch, VSwitchKind
from console.domain.switch_origin import DEFAULT_SWITCH_ID, WSL_ID
from tests.checks.cases.case import with_facts
from tests.domain.hosts import host, network, shim

# The ids of a Calico node, as its Get-HnsNetwork and Get-HnsEndpoint tell them.
_CALICO = "06560CCD-89F3-4C69-A1A1-E9E368201482"
_UPLINK = "0F3F6C5C-330C-40FC-9D52-AEB44D267C33"
_NAT = "625D8985-3F12-469E-A98D-2BAAC83DEE45"
_SWITCH = "BAD7B22F-3FA9-4AD9-8098-5553B4205566"
_POD_NAMESPACE = "4EA04396-A6E5-478F-915E-909B8C80B2EF"
_POD = "4a625a2b10a33b0dea96fe8743fb8e13504481ee9f481d179f8e75b8c98611d2"
_SHARING, _CREATED = HnsEndpointState.ATTACHED_SHARING, HnsEndpointState.CREATED


def _running(*names: str) -> tuple[Service, ...]:
    return tuple(
        Service(name=name, status=ServiceStatus.RUNNING, start_type="Automatic")
        for name in ("docker", "hns", "vfpext", "mpssvc", *names)
    )


def _in_hns(guid: str, name: str, kind: str, prefix: str, gateway: str, **more: Any) -> HnsNetwork:
    return HnsNetwork(
        id=guid, name=name, type=kind, state=1, subnets=(HnsSubnet(prefix=prefix, gateway=gateway),), **more
    )


def _adopted(name: str, driver: str, guid: str, prefix: str, gateway: str, *, marked: bool) -> Network:
    owned = {"hnsowned": "true"} if marked else {}
    return network(name, driver, prefix, gateway=gateway, options=shim(hnsid=guid, networkname=name, **owned))


def _calico_node(*, marked: bool, adopted: bool = True) -> Snapshot:
    """A node of Kubernetes with Calico and containerd, on which Docker runs as well."""
    calico = _adopted("Calico", "l2bridge", _CALICO, "10.42.213.192/26", "10.42.213.193", marked=marked)
    nat = network("nat", "nat", "172.19.0.0/20", gateway="172.19.0.1", options=shim(hnsid=_NAT))
    uplink = VSwitch(
        name="External", id=_SWITCH, kind=VSwitchKind.EXTERNAL, adapters=("Ethernet",), management_os=True
    )
    seen = host(
        networks=(nat, calico) if adopted else (nat,),
        adapters=(
            Adapter(name="Ethernet", vswitch="External"),
            Adapter(
                name="vEthernet (Ethernet)", physical=False, host_vnic=True, vswitch="External",
                addresses=("10.156.233.218/24",), gateways=("10.156.233.1",),
            ),
            Adapter(
                name="vEthernet (nat)", physical=False, host_vnic=True, vswitch="nat",
                addresses=("172.19.0.1/20",),
            ),
        ),
        vswitches=(uplink, VSwitch(name="nat", id="N", kind=VSwitchKind.INTERNAL)),
    )  # fmt: skip
    on_uplink = {"management_ip": "10.156.233.218", "layered_on": _SWITCH}
    return with_facts(
        seen,
        services=_running("containerd", "kubelet"),
        hns_networks=(
            _in_hns(_NAT, "nat", "nat", "172.19.0.0/20", "172.19.0.1"),
            _in_hns(_CALICO, "Calico", "L2Bridge", "10.42.213.192/26", "10.42.213.193", **on_uplink),
            _in_hns(_UPLINK, "External", "L2Bridge", "192.168.255.0/30", "192.168.255.1", **on_uplink),
        ),
        hns_endpoints=(
            HnsEndpoint(
                id="1", network_id=_CALICO, address="10.42.213.221", state=_SHARING,
                namespace_id=_POD_NAMESPACE, containers=(_POD,),
            ),
            HnsEndpoint(id="2", network_id=_CALICO, name="Calico_ep", state=_CREATED),
            HnsEndpoint(
                id="3", network_id=_NAT, name="ctr_nat", address="172.19.6.74", state=_CREATED,
                namespace_id=_POD_NAMESPACE,
            ),
        ),
    )  # fmt: skip


def _hyper_v_host(*, marked: bool) -> Snapshot:
    """A client with Hyper-V machines on the Default Switch and WSL, whose networks Docker has found."""
    nat = network("nat", "nat", "172.19.0.0/20", gateway="172.19.0.1", options=shim(hnsid=_NAT))
    own = (
        ("Default Switch", "ics", DEFAULT_SWITCH_ID, "172.20.0.0/20", "172.20.0.1"),
        ("WSL (Hyper-V firewall)", "ics", WSL_ID, "172.21.0.0/20", "172.21.0.1"),
    )
    seen = host(
        build=22631,
        server=False,
        networks=(nat, *(_adopted(*one, marked=marked) for one in own)),
        adapters=(
            Adapter(name="Ethernet", addresses=("192.168.1.10/24",), gateways=("192.168.1.1",)),
            *(
                Adapter(
                    name=f"vEthernet ({name})", physical=False, host_vnic=True, vswitch=name,
                    addresses=(f"{gateway}/20",),
                )
                for name, gateway in [("nat", "172.19.0.1"), *((one[0], one[4]) for one in own)]
            ),
        ),
        vswitches=tuple(
            VSwitch(name=name, id=guid, kind=VSwitchKind.INTERNAL)
            for name, guid in [("nat", "N"), *((one[0], one[2]) for one in own)]
        ),
    )  # fmt: skip
    return with_facts(
        seen,
        services=_running("vmms"),
        hns_networks=(
            _in_hns(_NAT, "nat", "nat", "172.19.0.0/20", "172.19.0.1"),
            *(_in_hns(guid, name, "ICS", prefix, gateway) for name, _, guid, prefix, gateway in own),
        ),
        hns_endpoints=(
            HnsEndpoint(id="1", network_id=DEFAULT_SWITCH_ID, name="Ethernet", state=_CREATED),
            HnsEndpoint(id="2", network_id=WSL_ID, name="WSL", state=HnsEndpointState.DETACHED),
        ),
    )


def _teamed_host(vpn_routes: tuple[str, ...] = ()) -> Snapshot:
    """A server whose two cards are in a team of NIC Teaming (LBFO), with a VPN's adapter and routes."""
    nat = network("nat", "nat", "172.19.0.0/20", gateway="172.19.0.1", options=shim(hnsid=_NAT))
    lan = network("lan", "transparent", options=shim(hnsid=_UPLINK, interface="Team1", networkname="lan"))
    seen = host(
        build=17763,
        networks=(nat, lan),
        adapters=(
            Adapter(name="NIC1", team_member=True),
            Adapter(name="NIC2", team_member=True),
            Adapter(name="Team1", physical=False, team_interface=True, vswitch="lan"),
            Adapter(name="OpenVPN Wintun", physical=False, addresses=("10.8.0.2/24",)),
            Adapter(
                name="vEthernet (lan)", physical=False, host_vnic=True, vswitch="lan",
                addresses=("10.0.0.5/24",), gateways=("10.0.0.1",),
            ),
            Adapter(
                name="vEthernet (nat)", physical=False, host_vnic=True, vswitch="nat",
                addresses=("172.19.0.1/20",),
            ),
        ),
        vswitches=(
            VSwitch(name="lan", id=_SWITCH, kind=VSwitchKind.EXTERNAL, adapters=("Team1",)),
            VSwitch(name="nat", id="N", kind=VSwitchKind.INTERNAL),
        ),
        routes=vpn_routes,
    )  # fmt: skip
    return with_facts(
        seen,
        services=_running(),
        hns_networks=(
            _in_hns(_NAT, "nat", "nat", "172.19.0.0/20", "172.19.0.1"),
            HnsNetwork(id=_UPLINK, name="lan", type="transparent", state=1, layered_on=_SWITCH),
        ),
        hns_endpoints=(),
    )


def _with_old_engine(seen: Snapshot) -> Snapshot:
    engine = seen.engine.known()
    assert engine is not None
    return seen.model_copy(update={"engine": fresh(engine.model_copy(update={"version": "27.5.1"}))})


HEALTHY = {
    "kubernetes": _calico_node(marked=True),
    "kubernetes, found by an older engine": _with_old_engine(_calico_node(marked=False)),
    "kubernetes, not found by Docker yet": _calico_node(marked=True, adopted=False),
    "teamed": _teamed_host(),
    "teamed, all traffic through a VPN": _teamed_host(("0.0.0.0/1", "128.0.0.0/1")),
    "hyper-v": _hyper_v_host(marked=True),
    "hyper-v, found by an older engine": _with_old_engine(_hyper_v_host(marked=False)),
}


@pytest.mark.parametrize("name", HEALTHY)
def test_that_nothing_is_wrong_with_what_others_made(name: str) -> None:
    report = run_checks(HEALTHY[name])
    assert not report.crashed
    assert [(one.check.id, [str(fact) for fact in one.evidence]) for one in report.findings] == []
