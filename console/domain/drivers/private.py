"""The driver ``private``: containers among themselves, without even the host."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Topology, inputs
from console.domain.field import Field
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

DRIVER = Driver(
    name="private",
    title=N_("Drivers", "Private"),
    summary=N_("Drivers", "Containers talk to each other and to nothing else, not even to the host."),
    when_to_use=N_("Drivers", "Closed tests on one host. Microsoft does not document it for Docker."),
    topology=Topology(
        same_host=N_("Drivers", "Directly, through a private vSwitch."),
        other_host=N_("Drivers", "No."),
        external=N_("Drivers", "No; the host is not reached either."),
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
        ),
    ),
    creatable=True,
    platform="windows",
    source="reference, 0.1 and 2.1",
    vswitch=VSwitchKind.PRIVATE,
)
