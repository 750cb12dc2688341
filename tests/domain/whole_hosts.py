"""Hosts whose Windows side is known down to HNS: one to reason about, any, and a big one."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from console.domain.drivers.options import HNS_ID, HNS_OWNED, INTERFACE, VLAN_ID
from console.domain.host_inventory import (
    Compartment,
    FirewallRule,
    HnsEndpoint,
    HnsEndpointState,
    HnsLoadBalancer,
    HnsNamespace,
    HnsNetwork,
    HnsSubnet,
    NatMapping,
    Service,
    ServiceStatus,
    SwitchExtension,
)
from console.domain.host_ports import Connection, DynamicPorts, Listener, PortExclusion
from console.domain.sections import fresh
from console.domain.snapshot import (
    Adapter,
    Container,
    Endpoint,
    IpamPool,
    NatPrefix,
    Network,
    PortMapping,
    Snapshot,
    VSwitch,
    VSwitchKind,
)
from console.domain.vfp import VFP_EXTENSION_IDS
from tests.domain.hosts import host

NAT_SWITCH = "10000000-0000-4000-8000-000000000001"
CORP_SWITCH = "10000000-0000-4000-8000-000000000002"
LAB_SWITCH = "10000000-0000-4000-8000-000000000003"
NAT_HNS = "20000000-0000-4000-8000-00000000000A"
CORP_HNS = "20000000-0000-4000-8000-00000000000B"
LOST_HNS = "20000000-0000-4000-8000-00000000000C"
NAT_ID, CORP_ID, LOST_ID = "a" * 64, "b" * 64, "c" * 64
WEB_ID, DB_ID, BOTH_ID = "1" * 64, "2" * 64, "3" * 64
WEB_ENDPOINT = "30000000-0000-4000-8000-000000000001"
BOTH_ENDPOINT = "30000000-0000-4000-8000-000000000002"
OLD_ENDPOINT = "30000000-0000-4000-8000-000000000003"
NAMESPACE = "40000000-0000-4000-8000-000000000001"


def with_facts(snapshot: Snapshot, **facts: Any) -> Snapshot:
    """The same host with more of its Windows side known."""
    sections = {name: fresh(tuple(value)) for name, value in facts.items()}
    return snapshot.model_copy(update={"facts": snapshot.facts.model_copy(update=sections)})


def with_containers(snapshot: Snapshot, *containers: Container) -> Snapshot:
    return snapshot.model_copy(update={"containers": fresh(tuple(containers))})


def vfp(*, enabled: bool) -> SwitchExtension:
    return SwitchExtension(id=VFP_EXTENSION_IDS[0], name="VFP", enabled=enabled, running=enabled)


ADAPTERS = (
    Adapter(name="Ethernet", description="Intel(R) I210", vswitch="Corp"),
    Adapter(name="Ethernet 2", description="Intel(R) I210 #2", addresses=("10.9.0.5/16",)),
    Adapter(name="Wi-Fi", wireless=True, status="Disconnected"),
    Adapter(name="vEthernet (Corp)", physical=False, host_vnic=True, addresses=("192.168.1.10/24",)),
    Adapter(name="vEthernet (nat)", physical=False, host_vnic=True, addresses=("172.20.0.1/20",)),
)
SWITCHES = (
    VSwitch(name="nat", id=NAT_SWITCH, kind=VSwitchKind.INTERNAL, extensions=(vfp(enabled=False),)),
    VSwitch(
        name="Corp",
        id=CORP_SWITCH,
        kind=VSwitchKind.EXTERNAL,
        adapters=("Ethernet",),
        management_os=True,
        extensions=(vfp(enabled=False),),
    ),
    VSwitch(name="Lab", id=LAB_SWITCH, kind=VSwitchKind.PRIVATE),
)
NAT = Network(
    id=NAT_ID,
    name="nat",
    driver="nat",
    pools=(IpamPool(subnet="172.20.0.0/20", gateway="172.20.0.1"),),
    options={HNS_ID: NAT_HNS.lower()},
)
CORP = Network(
    id=CORP_ID,
    name="corp",
    driver="l2bridge",
    pools=(IpamPool(subnet="192.168.1.0/24", gateway="192.168.1.1"),),
    options={HNS_ID: CORP_HNS, INTERFACE: "Ethernet", VLAN_ID: "11"},
)
HNS_NETWORKS = (
    HnsNetwork(
        id=NAT_HNS,
        name="nat",
        type="nat",
        subnets=(HnsSubnet(prefix="172.20.0.0/20", gateway="172.20.0.1"),),
        nat_name="NAT1",
        switch_id=NAT_SWITCH,
        state=1,
    ),
    HnsNetwork(id=CORP_HNS, name=CORP_ID, type="l2bridge", layered_on=CORP_SWITCH.lower(), state=1),
    HnsNetwork(id=LOST_HNS, name=LOST_ID, type="nat", switch_id=NAT_SWITCH, state=1),
)
WEB = Container(
    id=WEB_ID,
    name="web",
    state="running",
    ports=(PortMapping(container_port=80, host_port=8080), PortMapping(container_port=443)),
    endpoints=(
        Endpoint(
            network_id=NAT_ID, network_name="nat", address="172.20.3.7", mac_address="00:15:5d:00:00:01"
        ),
    ),
)
DB = Container(
    id=DB_ID, name="db", state="exited", endpoints=(Endpoint(network_id=NAT_ID, network_name="nat"),)
)
BOTH = Container(
    id=BOTH_ID,
    name="both",
    state="running",
    endpoints=(
        Endpoint(network_id=NAT_ID, network_name="nat", address="172.20.3.8"),
        Endpoint(network_id=CORP_ID, network_name="corp", address="192.168.1.77"),
    ),
)
HNS_ENDPOINTS = (
    HnsEndpoint(
        id=WEB_ENDPOINT,
        network_id=NAT_HNS,
        address="172.20.3.7",
        prefix_length=20,
        mac_address="00:15:5D:00:00:01",
        state=HnsEndpointState.ATTACHED_SHARING,
        namespace_id=NAMESPACE,
        compartment=2,
    ),
    HnsEndpoint(
        id=BOTH_ENDPOINT,
        network_id=CORP_HNS,
        address="192.168.1.77",
        state=HnsEndpointState.DEGRADED,
        containers=(BOTH_ID,),
        compartment=3,
    ),
    HnsEndpoint(id=OLD_ENDPOINT, network_id=NAT_HNS, address="172.20.9.9", state=HnsEndpointState.DETACHED),
)


def whole_host(**more: Any) -> Snapshot:
    """One host with everything on it: two networks, three containers, and what was left behind."""
    settings: dict[str, Any] = {
        "networks": (NAT, CORP),
        "adapters": ADAPTERS,
        "vswitches": SWITCHES,
        "routes": ("0.0.0.0/0", "192.168.1.0/24"),
    } | more
    snapshot = with_facts(
        host(**settings),
        hns_networks=HNS_NETWORKS,
        hns_endpoints=HNS_ENDPOINTS,
        hns_namespaces=(HnsNamespace(id=NAMESPACE, compartment=2, endpoints=(WEB_ENDPOINT,)),),
        hns_load_balancers=(HnsLoadBalancer(id="50", endpoints=(WEB_ENDPOINT,)),),
        compartments=(Compartment(id=1), Compartment(id=2), Compartment(id=3)),
        nat_prefixes=(NatPrefix(name="NAT1", internal_prefix="172.20.0.0/20"),),
        nat_mappings=(
            NatMapping(
                nat="NAT1",
                protocol="TCP",
                external_port=9000,
                internal_address="172.20.3.7",
                internal_port=90,
            ),
        ),
        firewall_rules=(
            FirewallRule(
                id="r1",
                title="Web",
                enabled=True,
                direction="Inbound",
                action="Allow",
                protocol="TCP",
                local_ports=("8000-8100", "9000"),
            ),
            FirewallRule(
                id="r2",
                title=f"HNS Container Networking - DNS (UDP-In) - {NAT_HNS} - 0",
                enabled=True,
                direction="Inbound",
                action="Allow",
                protocol="UDP",
                local_ports=("53",),
            ),
            FirewallRule(
                id="r3", title="All", enabled=True, direction="Inbound", action="Allow", local_ports=("Any",)
            ),
        ),
        services=(
            Service(name="docker", status=ServiceStatus.RUNNING),
            Service(name="hns", status=ServiceStatus.RUNNING, dependents=("docker",)),
        ),
        listeners=(
            Listener(protocol="TCP", address="::", port=80, process_id=4, process="System"),
            Listener(protocol="TCP", address="0.0.0.0", port=8080, process_id=7, process="nginx"),
            Listener(
                protocol="UDP", address="0.0.0.0", port=53, process_id=9, process="svchost", services=("hns",)
            ),
        ),
        connections=(
            Connection(
                address="192.168.1.10",
                port=3389,
                remote_address="192.168.1.50",
                remote_port=51544,
                process_id=8,
                process="svchost",
                services=("TermService",),
            ),
        ),
        port_exclusions=(
            PortExclusion(protocol="TCP", first=50000, last=50059, administered=True),
            PortExclusion(protocol="TCP", first=60606, last=60705),
        ),
        dynamic_ports=(DynamicPorts(protocol="TCP", first=49152, count=16384, free_blocks=240),),
    )
    return with_containers(snapshot, WEB, DB, BOTH)


def big_host(networks: int, endpoints: int) -> Snapshot:
    """A host of given size: a NAT and an l2bridge network in turn, one container for each endpoint."""
    adapters = [Adapter(name=f"Ethernet {number}") for number in range(networks // 2)]
    switches, docker, hns = [], [], []
    for number in range(networks):
        guid = f"{number:08X}-0000-4000-8000-000000000000"
        external = number % 2 == 1
        switches.append(
            VSwitch(
                name=f"switch {number}",
                id=guid,
                kind=VSwitchKind.EXTERNAL if external else VSwitchKind.INTERNAL,
                adapters=(f"Ethernet {number // 2}",) if external else (),
            )
        )
        identity = f"{number:064x}"
        subnet = f"10.{number // 256}.{number % 256}.0/24"
        docker.append(
            Network(
                id=identity,
                name=f"network {number}",
                driver="l2bridge" if external else "nat",
                pools=(IpamPool(subnet=subnet),),
                options={HNS_ID: guid},
            )
        )
        hns.append(HnsNetwork(id=guid, name=identity, type="nat", switch_id=guid))
    containers, hns_endpoints = [], []
    for number in range(endpoints):
        at = number % networks
        address = f"10.{at // 256}.{at % 256}.{number // networks + 2}"
        identity = f"{number:064x}"
        endpoint = Endpoint(network_id=f"{at:064x}", network_name=f"network {at}", address=address)
        port = PortMapping(container_port=80, host_port=1024 + number)
        containers.append(
            Container(
                id=identity, name=f"box {number}", state="running", endpoints=(endpoint,), ports=(port,)
            )
        )
        hns_endpoints.append(
            HnsEndpoint(
                id=f"{number:08X}-1111-4000-8000-000000000000",
                network_id=f"{at:08X}-0000-4000-8000-000000000000",
                address=address,
                state=HnsEndpointState.ATTACHED_SHARING,
                compartment=number + 2,
                containers=(identity,),
            )
        )
    snapshot = with_facts(
        host(networks=docker, adapters=adapters, vswitches=switches),
        hns_networks=hns,
        hns_endpoints=hns_endpoints,
        compartments=[Compartment(id=number) for number in range(1, endpoints + 2)],
    )
    return with_containers(snapshot, *containers)


_IDS = [f"{number}" for number in range(4)]
_NAMES = st.sampled_from(["a", "b", "nat", "Default Switch", "Ethernet", "A"])
_ADDRESSES = st.sampled_from(["", "172.20.3.7", "172.20.3.8", "10.0.0.1"])
_PREFIXES = st.sampled_from(["172.20.0.0/20", "10.0.0.0/8", "10.1.0.0/16", "0.0.0.0/0", "192.168.1.0/24"])


def _unique(count: int = 4) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(_IDS), unique=True, max_size=count)


@st.composite
def any_hosts(draw: st.DrawFn) -> Snapshot:
    """Any host, of ids that meet, miss or contradict each other."""
    pick = lambda: draw(st.sampled_from(_IDS))  # noqa: E731 (three letters are read faster here)
    adapters = [
        Adapter(
            name=name,
            host_vnic=draw(st.booleans()),
            vswitch=draw(_NAMES),
            status=draw(st.sampled_from(["Up", "Disconnected"])),
            addresses=(draw(_PREFIXES),),
        )
        for name in draw(st.lists(_NAMES, unique_by=str.casefold))
    ]
    switches = [
        VSwitch(name=draw(_NAMES), id=one, kind=draw(st.sampled_from(VSwitchKind)), adapters=(draw(_NAMES),))
        for one in draw(_unique())
    ]
    networks = [
        Network(
            id=one,
            name=draw(_NAMES),
            driver=draw(st.sampled_from(["nat", "transparent", "l2bridge", "overlay", "odd"])),
            pools=(IpamPool(subnet=draw(_PREFIXES)),),
            options={HNS_ID: pick(), HNS_OWNED: "true"} if draw(st.booleans()) else {},
        )
        for one in draw(_unique())
    ]
    containers = [
        Container(
            id=one,
            name=draw(_NAMES),
            state=draw(st.sampled_from(["running", "exited", ""])),
            endpoints=tuple(
                Endpoint(network_id=where, network_name="n", address=draw(_ADDRESSES))
                for where in draw(_unique())
            ),
            ports=(PortMapping(container_port=80, host_port=draw(st.sampled_from([None, 80, 8080]))),),
        )
        for one in draw(_unique())
    ]
    hns_networks = [
        HnsNetwork(
            id=one,
            name=draw(_NAMES),
            type=draw(st.sampled_from(["nat", "Transparent", "ICS"])),
            switch_id=pick(),
            nat_name="NAT1",
            state=draw(st.sampled_from([None, 1, 3])),
        )
        for one in draw(_unique())
    ]
    hns_endpoints = [
        HnsEndpoint(
            id=one,
            network_id=pick(),
            address=draw(_ADDRESSES),
            state=draw(st.sampled_from(HnsEndpointState)),
            containers=tuple(draw(_unique(2))),
            compartment=draw(st.sampled_from([None, 1, 2])),
        )
        for one in draw(_unique())
    ]
    snapshot = with_facts(
        host(networks=networks, adapters=adapters, vswitches=switches),
        hns_networks=hns_networks,
        hns_endpoints=hns_endpoints,
        compartments=[Compartment(id=1), Compartment(id=2)],
        nat_prefixes=[NatPrefix(name="NAT1", internal_prefix=draw(_PREFIXES))],
        firewall_rules=[
            FirewallRule(
                id="r",
                title="r",
                enabled=True,
                direction="Inbound",
                action="Allow",
                local_ports=("80-90",),
            )
        ],
    )
    return with_containers(snapshot, *containers)
