"""The driver ``l2bridge``: containers in the host's subnet, behind the host's MAC address."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Need, Topology, inputs
from console.domain.field import Field
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

DRIVER = Driver(
    name="l2bridge",
    title=N_("Drivers", "L2 bridge"),
    summary=N_(
        "Drivers",
        "Containers share the host's subnet and its MAC address, which is rewritten on the way in and out.",
    ),
    when_to_use=N_(
        "Drivers", "Kubernetes, SDN, and networks whose switches allow only the host's own MAC address."
    ),
    topology=Topology(
        same_host=N_(
            "Drivers", "In the same subnet: bridged. Between subnets: MAC address rewritten and routed."
        ),
        other_host=N_(
            "Drivers",
            "In the same subnet: bridged. Between subnets: over the host vNIC (Windows 1809 and later).",
        ),
        external=N_(
            "Drivers",
            "MAC address rewritten to the host's; outbound NAT is needed where the subnet is not "
            "routed outside.",
        ),
    ),
    ipam=IpamMode.STATIC,
    ipam_text=N_(
        "Drivers",
        "Addresses come from the subnet you give, which is the host's own; there is no DHCP on these "
        "networks.",
    ),
    discovery=Discovery(
        local=False,
        across_hosts=False,
        text=N_("Drivers", "No discovery by Docker."),
    ),
    minimum_build=14393,
    minimum_text=N_("Drivers", "Windows Server 2016 or Windows 10 1703."),
    needs=(Need.ADAPTER, Need.STATIC_SUBNET),
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
            Field.SCOPE,
            Field.ATTACHABLE,
        ),
    ),
    creatable=True,
    platform="windows",
    source='seed, "Windows Container Network Drivers"; reference, 2.1 and 3.1 to 3.3',
    multiple_subnets_from=20348,
    vswitch=VSwitchKind.EXTERNAL,
    swarm_scope=True,
    publishes_ports=True,
)
