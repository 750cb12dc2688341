"""The driver ``ipvlan`` of a Linux engine: the physical network behind the host's MAC address."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Topology, inputs
from console.domain.field import Field
from console.domain.text import N_

DRIVER = Driver(
    name="ipvlan",
    title=N_("Drivers", "Ipvlan"),
    summary=N_(
        "Drivers", "Containers have addresses on the physical network and share the host's MAC address."
    ),
    when_to_use=N_("Drivers", "Like macvlan, where the network allows only one MAC address per port."),
    topology=Topology(
        same_host=N_("Drivers", "Directly on the parent interface; the host itself is not reached."),
        other_host=N_("Drivers", "Over the physical network: switched (mode l2) or routed (mode l3)."),
        external=N_("Drivers", "Over the physical network: switched (mode l2) or routed (mode l3)."),
    ),
    ipam=IpamMode.ENGINE,
    ipam_text=N_("Drivers", "The engine assigns addresses from the subnet, which is the physical network's."),
    discovery=Discovery(
        local=True,
        across_hosts=False,
        text=N_("Drivers", "Containers on the network on this host find each other by name."),
    ),
    minimum_build=0,
    minimum_text=N_("Drivers", "Any Linux engine."),
    needs=(),
    inputs=inputs(
        optional=(
            Field.SUBNET,
            Field.GATEWAY,
            Field.IP_RANGE,
            Field.AUX_ADDRESS,
            Field.IPV6,
            Field.INTERNAL,
            Field.IPAM,
            Field.ADAPTER,
            Field.SCOPE,
            Field.ATTACHABLE,
        ),
    ),
    creatable=True,
    platform="linux",
    source="docker documentation, ipvlan network driver",
    multiple_subnets_from=0,
    swarm_scope=True,
)
