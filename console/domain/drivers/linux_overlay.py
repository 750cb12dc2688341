"""The driver ``overlay`` of a Linux engine: one subnet across the hosts of a swarm."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Need, Topology, inputs
from console.domain.field import Field
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
        same_host=N_("Drivers", "In the same network: directly."),
        other_host=N_("Drivers", "VXLAN (UDP port 4789) between the hosts; it can be encrypted."),
        external=N_("Drivers", "Translated to the host's address."),
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
    minimum_build=0,
    minimum_text=N_("Drivers", "Any Linux engine in a swarm."),
    needs=(Need.SWARM_MANAGER,),
    inputs=inputs(
        optional=(
            Field.SUBNET,
            Field.GATEWAY,
            Field.IP_RANGE,
            Field.AUX_ADDRESS,
            Field.IPV6,
            Field.INTERNAL,
            Field.IPAM,
            Field.VXLAN_IDS,
            Field.SCOPE,
            Field.ATTACHABLE,
        ),
    ),
    creatable=True,
    platform="linux",
    source="docker documentation, overlay network driver",
    predefined=("ingress",),
    multiple_subnets_from=0,
    swarm_scope=True,
    publishes_ports=True,
)
