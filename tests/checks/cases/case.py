"""What the cases of several families are written with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from console.domain.host_inventory import Service, ServiceStatus, SwitchExtension
from console.domain.sections import fresh
from console.domain.snapshot import Adapter, Hypervisor, Network, Snapshot, VSwitch, VSwitchKind
from console.domain.vfp import VFP_EXTENSION_IDS
from tests.domain.hosts import ETHERNET, NAT, host, network, shim

OTHER_NAT = network("frontend", "nat", "10.244.8.0/24", gateway="10.244.8.1")
LAN = network("lan", "transparent", options=shim(interface="Ethernet"))


@dataclass(frozen=True)
class Case:
    """Hosts on which a check must find something, and hosts on which it must not."""

    fires: tuple[Snapshot, ...]
    silent: tuple[Snapshot, ...]


def with_facts(snapshot: Snapshot, **facts: Any) -> Snapshot:
    """The same host with sections of its Windows side known to be ``facts``."""
    sections = {name: fresh(value) for name, value in facts.items()}
    return snapshot.model_copy(update={"facts": snapshot.facts.model_copy(update=sections)})


def with_service(name: str, status: ServiceStatus) -> Snapshot:
    """A host on which nothing is known of the services but that one."""
    return with_facts(host(), services=(Service(name=name, status=status),))


def on_hypervisor(hypervisor: Hypervisor | None, *networks: Network) -> Snapshot:
    return host(hypervisor=hypervisor, networks=(NAT, *networks))


def pods(subnet: str) -> Network:
    return network("pods", "l2bridge", subnet, options=shim(interface="Ethernet"))


def corp(subnet: str, **options: str) -> Network:
    return network("corp", "transparent", subnet, options=shim(interface="Ethernet", **options))


def on_switch(
    carried: Network, *, vfp: bool | None = None, address: str = "192.168.1.10/24", build: int = 20348
) -> Snapshot:
    """A network with the external vSwitch it is on and the host's vNIC there."""
    found = () if vfp is None else (SwitchExtension(id=VFP_EXTENSION_IDS[0], enabled=vfp),)
    switch = VSwitch(
        name=carried.id, id="2", kind=VSwitchKind.EXTERNAL, adapters=("Ethernet",), extensions=found
    )
    bare = ETHERNET.model_copy(update={"addresses": (), "vswitch": carried.id})
    vnic = Adapter(
        name=f"vEthernet ({carried.id[:15]})", physical=False, host_vnic=True, vswitch=carried.id,
        addresses=(address,) if address else (),
    )  # fmt: skip
    return host(build=build, networks=(NAT, carried), adapters=(bare, vnic), vswitches=(switch,))
