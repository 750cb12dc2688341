"""The driver ``overlay`` on Windows: one subnet across the hosts of a swarm, by VXLAN."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Need, Topology, inputs
from console.domain.field import Field
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

DRIVER = Driver(
    name="overlay",
    title=N_("Drivers", "Overlay"),
    summary=N_(
        "Drivers",
        "One subnet across several hosts of a swarm; traffic between hosts is encapsulated (VXLAN).",
    ),
    when_to_use=N_("Drivers", "Swarm services whose containers run on several hosts and talk to each other."),
    topology=Topology(
        same_host=N_(
            "Drivers", "In the same subnet: bridged. Between subnets: encapsulated, over the host vNIC."
        ),
        other_host=N_("Drivers", "VXLAN (UDP port 4789) between the hosts."),
        external=N_(
            "Drivers",
            "Translated to the host's address: a VFP rule, or a second NAT endpoint on Windows Server 2016.",
        ),
    ),
    ipam=IpamMode.SWARM,
    ipam_text=N_("Drivers", "The swarm manager assigns addresses, and chooses a subnet if none is given."),
    discovery=Discovery(
        local=True,
        across_hosts=True,
        text=N_(
            "Drivers",
            "Containers and services on the network find each other by name on every host in the swarm.",
        ),
    ),
    minimum_build=14393,
    minimum_text=N_(
        "Drivers",
        "Windows Server 2016 with KB4015217, Windows 10 1703, or Windows Server 2019 with KB4489899.",
    ),
    needs=(Need.SWARM_MANAGER, Need.ADAPTER),
    inputs=inputs(
        optional=(
            Field.SUBNET,
            Field.GATEWAY,
            Field.IP_RANGE,
            Field.ADAPTER,
            Field.HNS_NETWORK_NAME,
            Field.VXLAN_IDS,
            Field.ATTACHABLE,
            Field.SCOPE,
        ),
    ),
    creatable=True,
    platform="windows",
    source='seed, "Windows Container Network Drivers"; reference, 1.2, 2.1, 2.6 and 3.1 to 3.3',
    predefined=("ingress",),
    multiple_subnets_from=20348,
    vswitch=VSwitchKind.EXTERNAL,
    swarm_scope=True,
    publishes_ports=True,
)
