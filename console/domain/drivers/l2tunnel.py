"""The driver ``l2tunnel``: l2bridge for the Microsoft Cloud Stack (Azure) only."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Need, Topology, inputs
from console.domain.field import Field
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

DRIVER = Driver(
    name="l2tunnel",
    title=N_("Drivers", "L2 tunnel"),
    summary=N_(
        "Drivers",
        "Containers as part of an Azure virtual network; the physical host below applies its policies.",
    ),
    when_to_use=N_("Drivers", "Only in a Microsoft Cloud Stack (Azure)."),
    topology=Topology(
        same_host=N_("Drivers", "Through the physical host below, where network policies apply."),
        other_host=N_("Drivers", "Through the physical host below, where network policies apply."),
        external=N_("Drivers", "Through the gateway of the Azure virtual network."),
    ),
    ipam=IpamMode.FABRIC,
    ipam_text=N_(
        "Drivers", "Addresses come from the subnet you give, which is one of the Azure virtual network."
    ),
    discovery=Discovery(
        local=False,
        across_hosts=False,
        text=N_("Drivers", "No discovery by Docker."),
    ),
    minimum_build=14393,
    minimum_text=N_("Drivers", "Windows Server 2016."),
    needs=(Need.AZURE_STACK, Need.ADAPTER, Need.STATIC_SUBNET),
    inputs=inputs(
        required=(Field.SUBNET, Field.GATEWAY),
        optional=(
            Field.ADAPTER,
            Field.VLAN,
            Field.VSID,
            Field.DNS_SERVERS,
            Field.DNS_SUFFIX,
            Field.HNS_NETWORK_NAME,
            Field.MAC_POOL,
            Field.OUTBOUND_NAT,
            Field.OUTBOUND_NAT_EXCEPTIONS,
        ),
    ),
    creatable=True,
    platform="windows",
    source='seed, "Windows Container Network Drivers"; reference, 2.1 and 3.1 to 3.3',
    multiple_subnets_from=20348,
    vswitch=VSwitchKind.EXTERNAL,
    publishes_ports=True,
)
