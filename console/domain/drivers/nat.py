"""The driver ``nat``: an internal prefix behind the host's address; the default on Windows."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Topology, inputs
from console.domain.field import Field
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

DRIVER = Driver(
    name="nat",
    title=N_("Drivers", "NAT"),
    summary=N_(
        "Drivers",
        "A private subnet behind the host's own address. Containers reach out; port mappings let others in.",
    ),
    when_to_use=N_(
        "Drivers", "Development, and services on one host that others reach through published ports."
    ),
    topology=Topology(
        same_host=N_(
            "Drivers",
            "In the same NAT network: directly, through the internal vSwitch. Between different NAT "
            "networks: no.",
        ),
        other_host=N_("Drivers", "Only through published ports of the other host."),
        external=N_("Drivers", "Routed by the host vNIC and translated to the host's address (NAT)."),
    ),
    ipam=IpamMode.HNS,
    ipam_text=N_(
        "Drivers",
        "Windows (HNS) assigns addresses from the network's subnet, and chooses one if none is given.",
    ),
    discovery=Discovery(
        local=True,
        across_hosts=None,
        text=N_(
            "Drivers",
            "Containers on the network find each other by name; across hosts there is nothing to find.",
        ),
    ),
    minimum_build=14393,
    minimum_text=N_(
        "Drivers",
        "Windows Server 2016. Several NAT networks of any prefix: Windows 10 1703 or Windows Server 2019.",
    ),
    needs=(),
    inputs=inputs(
        optional=(
            Field.SUBNET,
            Field.GATEWAY,
            Field.DNS_SERVERS,
            Field.DNS_SUFFIX,
            Field.HNS_NETWORK_NAME,
            Field.MAC_POOL,
            Field.GATEWAY_DNS,
            Field.SCOPE,
            Field.ATTACHABLE,
        ),
    ),
    creatable=True,
    platform="windows",
    source='seed, "Windows Container Network Drivers"; reference, 2.1 and 3.1 to 3.3',
    predefined=("nat",),
    vswitch=VSwitchKind.INTERNAL,
    swarm_scope=True,
    publishes_ports=True,
)
