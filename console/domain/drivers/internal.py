"""The driver ``internal``: containers and the host, nothing else."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Topology, inputs
from console.domain.field import Field
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

DRIVER = Driver(
    name="internal",
    title=N_("Drivers", "Internal"),
    summary=N_("Drivers", "Containers talk to each other and to the host, and to nothing else."),
    when_to_use=N_(
        "Drivers", "Tests that must not reach the outside. Microsoft does not document it for Docker."
    ),
    topology=Topology(
        same_host=N_("Drivers", "Directly, through an internal vSwitch."),
        other_host=N_("Drivers", "No."),
        external=N_("Drivers", "No; only the host itself is reached."),
    ),
    ipam=IpamMode.HNS,
    ipam_text=N_("Drivers", "Windows (HNS) assigns addresses from the network's subnet."),
    discovery=Discovery(
        local=False,
        across_hosts=False,
        text=N_("Drivers", "No discovery: endpoints are not told of the resolver."),
    ),
    minimum_build=14393,
    minimum_text=N_("Drivers", "Windows Server 2016 with Docker Engine 20.10."),
    needs=(),
    inputs=inputs(
        optional=(
            Field.SUBNET,
            Field.GATEWAY,
            Field.DNS_SERVERS,
            Field.DNS_SUFFIX,
            Field.HNS_NETWORK_NAME,
            Field.MAC_POOL,
            Field.SCOPE,
            Field.ATTACHABLE,
        ),
    ),
    creatable=True,
    platform="windows",
    source="reference, 0.1 and 2.1",
    vswitch=VSwitchKind.INTERNAL,
    swarm_scope=True,
)
