"""The driver ``transparent``: containers directly on the physical network."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Need, Topology, inputs
from console.domain.field import Field
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

DRIVER = Driver(
    name="transparent",
    title=N_("Drivers", "Transparent"),
    summary=N_(
        "Drivers",
        "Containers are machines on the physical network: each has its own MAC address and its own LAN "
        "address.",
    ),
    when_to_use=N_(
        "Drivers", "Small deployments whose containers are to be reached from the LAN at their own addresses."
    ),
    topology=Topology(
        same_host=N_("Drivers", "In the same subnet: bridged. Between subnets: through the physical router."),
        other_host=N_("Drivers", "Directly over the physical network."),
        external=N_("Drivers", "Directly over the physical network."),
    ),
    ipam=IpamMode.DHCP_OR_STATIC,
    ipam_text=N_(
        "Drivers",
        "An external DHCP server if no subnet is given; with the subnet and gateway of the physical "
        "network, addresses are fixed.",
    ),
    discovery=Discovery(
        local=False,
        across_hosts=False,
        text=N_("Drivers", "No discovery by docker: names come from the DNS of the physical network."),
    ),
    minimum_build=14393,
    minimum_text=N_("Drivers", "Windows Server 2016."),
    needs=(Need.ADAPTER,),
    inputs=inputs(
        with_subnet=(Field.GATEWAY,),
        optional=(
            Field.SUBNET,
            Field.ADAPTER,
            Field.VLAN,
            Field.VSID,
            Field.DNS_SERVERS,
            Field.DNS_SUFFIX,
            Field.HNS_NETWORK_NAME,
            Field.MAC_POOL,
        ),
    ),
    creatable=True,
    platform="windows",
    source='seed, "Windows Container Network Drivers"; reference, 2.1 and 3.1 to 3.3',
    vswitch=VSwitchKind.EXTERNAL,
    dhcp=True,
)
