"""Cases of checks about HNS' health, NAT, ports and MTU, as networkhealth.ps1 and its like look at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from console.domain.drivers.options import HNS_ID
from console.domain.host_inventory import HnsEndpoint, HnsEndpointState, HnsNetwork, HnsSubnet
from console.domain.host_ports import DynamicPorts, Listener, PortExclusion
from console.domain.host_setup import HnsService
from console.domain.sections import fresh
from console.domain.snapshot import Adapter, Container, Endpoint, PortMapping, Snapshot, VSwitch, VSwitchKind
from tests.checks.cases.case import LAN, Case, with_facts
from tests.domain.hosts import ETHERNET, HOST_VNIC, NAT, host

_HNS_ID = "0A87F093-80A3-4495-8C09-608A6D28416D"
_OWN = NAT.model_copy(update={"options": {HNS_ID: _HNS_ID}})
_SWITCH = "6670A4DB-E650-4E9A-8C36-CFB3CE9A78DB"
_STATE = HnsEndpointState
_AT = datetime(2026, 1, 1, 3, tzinfo=UTC)


def _hns(*adapters: Adapter, switches: Sequence[VSwitch] = (), **changes: Any) -> Snapshot:
    """Docker's nat network with its part in HNS."""
    network = HnsNetwork(
        id=_HNS_ID, name="nat", type="nat", switch_id=_SWITCH, state=1,
        subnets=(HnsSubnet(prefix="172.16.0.0/16", gateway="172.16.0.1"),),
    ).model_copy(update=changes)  # fmt: skip
    known = host(networks=(_OWN,), adapters=(ETHERNET, *adapters), vswitches=switches)
    return with_facts(known, hns_networks=(network,), hns_endpoints=())


def _on(kind: VSwitchKind, *, derived: bool = False) -> Snapshot:
    switch = VSwitch(name="nat", id=_SWITCH, kind=kind, derived=derived)
    return _hns(HOST_VNIC, switches=(switch,))


def _attached(state: HnsEndpointState, *, running: bool = True, remote: bool = False) -> Snapshot:
    endpoint = HnsEndpoint(
        id="FDD2853F-68CB-4451-8E09-F95B7A5FF944", network_id=_HNS_ID, address="172.16.3.7", state=state,
        containers=("c" * 64,), remote=remote,
    )  # fmt: skip
    container = Container(
        id="c" * 64, name="web", state="running" if running else "exited",
        endpoints=(Endpoint(network_id=_OWN.id, network_name="nat", address="172.16.3.7"),),
    )  # fmt: skip
    known = with_facts(_hns(HOST_VNIC), hns_endpoints=(endpoint,))
    return known.model_copy(update={"containers": fresh((container,))})


def _dynamic(free: int | None, count: int = 16384) -> Snapshot:
    ports = DynamicPorts(protocol="TCP", first=49152, count=count, free_blocks=free)
    return with_facts(host(), dynamic_ports=(ports,))


def _service(**values: Any) -> Snapshot:
    return with_facts(host(), hns_service=HnsService(**({"process_id": 2204, "crashes": ()} | values)))


def _mtu(out: int | None, vnic: int, *, carried: Any = NAT, **changes: Any) -> Snapshot:
    """A way out and a vNIC of a network; the container's is in a compartment of its own."""
    way = ETHERNET.model_copy(update={"mtu": out, "metric": 25, "index": 4})
    own = HOST_VNIC.model_copy(update={"mtu": vnic, "metric": 5000, "index": 8} | changes)
    return host(networks=(carried,), adapters=(way, own))


_NGINX = Listener(protocol="TCP", address="0.0.0.0", port=8080, process_id=5120, process="nginx")
_WINNAT = PortExclusion(protocol="TCP", first=8000, last=8099)


def _asks(
    *listeners: Listener,
    exclusions: Sequence[PortExclusion] = (),
    protocol: str = "tcp",
    running: bool = False,
) -> Snapshot:
    """A container with the port 8080 of the host, that runs or was made and did not start."""
    port = PortMapping(container_port=80, host_port=8080, protocol=protocol)
    container = Container(
        id="d" * 64, name="web", state="running" if running else "created",
        ports=(port,) if running else (), wanted_ports=() if running else (port,),
    )  # fmt: skip
    known = with_facts(host(), listeners=listeners, port_exclusions=tuple(exclusions))
    return known.model_copy(update={"containers": fresh((container,))})


_WORSE_WAY = ETHERNET.model_copy(update={"name": "VPN", "mtu": 1300, "metric": 90})

CASES: dict[str, Case] = {
    "dynamic-ports-few": Case(
        (_dynamic(0), _dynamic(10), _dynamic(3, count=60000)), (_dynamic(11), _dynamic(None), _dynamic(256))
    ),
    "endpoint-not-attached": Case(
        (_attached(_STATE.DETACHED), _attached(_STATE.DEGRADED), _attached(_STATE.DESTROYED)),
        (
            _attached(_STATE.ATTACHED),
            _attached(_STATE.ATTACHED_SHARING),
            _attached(_STATE.CREATED),
            _attached(_STATE.UNKNOWN),
            _attached(_STATE.DEGRADED, running=False),
            _attached(_STATE.DEGRADED, remote=True),
        ),
    ),
    "hns-crashed": Case(
        (_service(crashes=(_AT,)),), (_service(), _service(crashes=None), _service(process_id=0))
    ),
    "hns-network-degraded": Case(
        (_hns(HOST_VNIC, state=3), _hns(HOST_VNIC, last_error_code=0x803B0007)),
        (_hns(HOST_VNIC), _hns(HOST_VNIC, state=None), _hns(HOST_VNIC, id="5" * 8, state=3)),
    ),
    "hns-thread-count": Case(
        (_service(threads=201),),
        (_service(threads=200), _service(threads=None), _service(threads=900, shared_with=("Dhcp",))),
    ),
    "management-ip-link-local": Case(
        (_hns(HOST_VNIC, management_ip="169.254.7.7"),),
        (_hns(HOST_VNIC), _hns(HOST_VNIC, management_ip="10.1.36.50")),
    ),
    "mtu-mismatch": Case(
        (
            _mtu(1400, 1500),
            _mtu(1400, 1500, name="vEthernet (Ethernet) 5", addresses=("172.16.3.7/16",), compartment=3),
        ),
        (
            _mtu(1500, 1500),
            _mtu(9000, 1500),
            _mtu(None, 1500),
            _mtu(1400, 1500, carried=LAN),
            _mtu(1400, 1500, addresses=("10.9.0.1/24",)),
            host(adapters=(
                ETHERNET.model_copy(update={"mtu": 1500, "metric": 25}), _WORSE_WAY,
                HOST_VNIC.model_copy(update={"mtu": 1500}),
            )),
        ),
    ),
    "nat-gateway-missing": Case(
        (_hns(), _hns(HOST_VNIC.model_copy(update={"addresses": ("172.16.0.9/16",)})),
         _hns(HOST_VNIC.model_copy(update={"compartment": 4}))),
        (
            _hns(HOST_VNIC),
            _hns(subnets=()),
            _hns(subnets=(HnsSubnet(prefix="172.16.0.0/16"),)),
            _hns(id="5" * 8),
            _hns(switches=(VSwitch(name="nat", id=_SWITCH, kind=VSwitchKind.PRIVATE),)),
        ),
    ),
    "port-in-use": Case(
        (
            _asks(_NGINX),
            _asks(_NGINX, running=True),
            _asks(_NGINX.model_copy(update={"process": "System", "process_id": 4})),
            _asks(exclusions=(_WINNAT,)),
            _asks(exclusions=(_WINNAT.model_copy(update={"administered": True}),)),
        ),
        (
            _asks(),
            _asks(_NGINX.model_copy(update={"port": 8081})),
            _asks(_NGINX, protocol="udp"),
            _asks(_NGINX.model_copy(update={"process": "dockerd"}), running=True),
            _asks(_NGINX.model_copy(update={"services": ("hns",)}), running=True),
            _asks(exclusions=(_WINNAT,), running=True),
            _asks(exclusions=(_WINNAT.model_copy(update={"protocol": "UDP"}),)),
        ),
    ),
    "nat-vswitch-not-internal": Case(
        (_on(VSwitchKind.PRIVATE), _on(VSwitchKind.EXTERNAL)),
        (_on(VSwitchKind.INTERNAL), _on(VSwitchKind.EXTERNAL, derived=True)),
    ),
}  # fmt: skip
