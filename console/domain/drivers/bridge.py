"""The driver ``bridge`` of a Linux engine: a private subnet behind the host's address."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Topology, inputs
from console.domain.field import Field
from console.domain.text import N_

DRIVER = Driver(
    name="bridge",
    title=N_("Drivers", "Bridge"),
    summary=N_(
        "Drivers",
        "A private subnet behind the host's own address. Containers reach out; port mappings let others in.",
    ),
    when_to_use=N_("Drivers", "Containers on one Linux host; the usual choice."),
    topology=Topology(
        same_host=N_("Drivers", "In the same network: directly, through the Linux bridge."),
        other_host=N_("Drivers", "Only through published ports of the other host."),
        external=N_("Drivers", "Translated to the host's address (masquerading)."),
    ),
    ipam=IpamMode.ENGINE,
    ipam_text=N_("Drivers", "The engine assigns addresses, and chooses a subnet if none is given."),
    discovery=Discovery(
        local=True,
        across_hosts=None,
        text=N_("Drivers", "Containers on the network find each other by name."),
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
            Field.SCOPE,
            Field.ATTACHABLE,
        ),
    ),
    creatable=True,
    platform="linux",
    source="docker documentation, bridge network driver",
    predefined=("bridge",),
    multiple_subnets_from=0,
    swarm_scope=True,
    publishes_ports=True,
)
