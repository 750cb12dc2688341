"""Refusals of ``network create``: the client's, the engine's and its drivers' (reference, 2.2)."""

from __future__ import annotations

from console.checks.errors.pattern import CONTEXT, ErrorPattern
from console.domain.field import Field
from console.domain.text import N_, Text


def _create(
    identifier: str,
    field: Field | None,
    regex: str,
    examples: str | tuple[str, ...],
    what: Text,
    why: Text,
    *do: Text,
    source: str = "reference, 2.2",
) -> ErrorPattern:
    given = (examples,) if isinstance(examples, str) else examples
    return ErrorPattern(
        id=identifier, regex=regex, examples=given, what=what, why=why, do=do, field=field, source=source
    )


_GIVE_SUBNET = N_(CONTEXT, "Give the subnet that it belongs to.")

_CLIENT = (
    _create(
        "gateway-without-subnet",
        Field.SUBNET,
        r"every ip-range or gateway must have a corresponding subnet",
        "every ip-range or gateway must have a corresponding subnet",
        N_(CONTEXT, "There are more gateways or ranges than subnets."),
        N_(CONTEXT, "A gateway or an address range only makes sense inside a subnet."),
        _GIVE_SUBNET,
    ),
    _create(
        "subnets-overlap",
        Field.SUBNET,
        r"multiple overlapping subnet configuration is not supported",
        "multiple overlapping subnet configuration is not supported",
        N_(CONTEXT, "Two subnets of this network overlap."),
        N_(CONTEXT, "An address would be in both, and its gateway would be ambiguous."),
        N_(CONTEXT, "Choose subnets that have no address in common."),
    ),
    _create(
        "gateway-outside",
        Field.GATEWAY,
        r"no matching subnet for gateway (?P<gateway>\S*)",
        "no matching subnet for gateway 10.1.0.1",
        N_(CONTEXT, "The gateway {gateway} is in none of the subnets."),
        N_(CONTEXT, "Containers reach their gateway directly, so it must be in their own subnet."),
        N_(CONTEXT, "Choose an address of the subnet, usually its first one."),
    ),
    _create(
        "range-outside",
        Field.IP_RANGE,
        r"no matching subnet for range (?P<range>\S*)",
        "no matching subnet for range 10.1.0.0/25",
        N_(CONTEXT, "The address range {range} is in none of the subnets."),
        N_(CONTEXT, "A range is the part of a subnet that addresses are assigned from."),
        N_(CONTEXT, "Choose a part of the subnet, or leave the range out."),
    ),
    _create(
        "aux-address-outside",
        Field.AUX_ADDRESS,
        r"no matching subnet for aux-address (?P<address>\S*)",
        "no matching subnet for aux-address 10.1.0.1",
        N_(CONTEXT, "The reserved address {address} is in none of the subnets."),
        N_(CONTEXT, "Only an address of the network's own subnet can be kept free."),
        N_(CONTEXT, "Correct it, or leave it out: Windows does not use it."),
    ),
    _create(
        "several-gateways",
        Field.GATEWAY,
        r"cannot configure multiple gateways \((?P<new>[^,]*), (?P<old>[^)]*)\) for the same "
        r"subnet \((?P<subnet>[^)]*)\)",
        "cannot configure multiple gateways (10.0.0.2, 10.0.0.1) for the same subnet (10.0.0.0/24)",
        N_(CONTEXT, "{subnet} has two gateways, {old} and {new}."),
        N_(CONTEXT, "A subnet has one gateway."),
        N_(CONTEXT, "Remove one of the two."),
    ),
    _create(
        "several-ranges",
        Field.IP_RANGE,
        r"cannot configure multiple ranges \((?P<new>[^,]*), (?P<old>[^)]*)\) on the same subnet "
        r"\((?P<subnet>[^)]*)\)",
        "cannot configure multiple ranges (10.0.0.128/25, 10.0.0.0/25) on the same subnet (10.0.0.0/24)",
        N_(CONTEXT, "{subnet} has two address ranges, {old} and {new}."),
        N_(CONTEXT, "A subnet assigns its addresses from one range."),
        N_(CONTEXT, "Remove one of the two."),
    ),
)

_NAME = (
    _create(
        "name-taken",
        Field.NAME,
        r"network with name (?P<name>.+) already exists",
        "network with name corp already exists",
        N_(CONTEXT, "The name {name} is taken."),
        N_(CONTEXT, "The engine already has a network of that name; in a swarm, any node may have it."),
        N_(CONTEXT, "Choose another name, or remove the other network first."),
    ),
    _create(
        "name-predefined",
        Field.NAME,
        r"operation is not permitted on predefined (?P<name>\S+) network",
        "operation is not permitted on predefined nat network ",
        N_(CONTEXT, "The name {name} belongs to the engine itself."),
        N_(CONTEXT, "nat, none, default and names that begin with container: have a meaning of their own."),
        N_(CONTEXT, "Choose another name."),
    ),
    _create(
        "name-empty",
        Field.NAME,
        r"invalid name: name is empty",
        "invalid name: name is empty",
        N_(CONTEXT, "The network has no name."),
        N_(CONTEXT, "The engine needs a name of at least one character that is not a space."),
        N_(CONTEXT, "Give it a name."),
    ),
)

_SWARM = (
    _create(
        "not-a-manager",
        Field.DRIVER,
        r"This node is not a swarm manager(?!\. Worker nodes)",
        'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this '
        "node to swarm and try again.",
        N_(CONTEXT, "Only a swarm manager can create this network, and this engine is not one."),
        N_(CONTEXT, "Overlay networks span several hosts, and the swarm's managers keep them."),
        N_(CONTEXT, "Make this host a swarm manager (docker swarm init), or connect to one."),
        N_(CONTEXT, "For one host alone, choose nat."),
    ),
    _create(
        "worker-node",
        Field.SCOPE,
        r"Cannot create a multi-host network from a worker node",
        "Cannot create a multi-host network from a worker node. Please create the network from a "
        "manager node.",
        N_(CONTEXT, "This engine is a worker of the swarm."),
        N_(CONTEXT, "Workers take part in networks across several hosts; managers create them."),
        N_(CONTEXT, "Connect the console to a manager, and create it there."),
    ),
    _create(
        "scope-without-swarm",
        Field.SCOPE,
        r"cannot create a swarm scoped network when swarm is not active",
        "cannot create a swarm scoped network when swarm is not active",
        N_(CONTEXT, "The scope swarm needs a swarm, and this engine is not in one."),
        N_(CONTEXT, "A network of that scope is kept by the swarm's managers."),
        N_(CONTEXT, "Leave the scope out, or make this host a swarm manager (docker swarm init)."),
    ),
    _create(
        "scope-downgrade",
        Field.SCOPE,
        r"cannot downgrade network scope for (?P<driver>\S+) networks",
        "cannot downgrade network scope for overlay networks",
        N_(CONTEXT, "A network with the driver {driver} can't have the scope local."),
        N_(CONTEXT, "The driver works across several hosts or not at all."),
        N_(CONTEXT, "Leave the scope out."),
    ),
    _create(
        "ingress-scope",
        Field.SCOPE,
        r"Ingress network can only be global scope network",
        "Ingress network can only be global scope network",
        N_(CONTEXT, "The swarm's ingress network must reach all of its nodes."),
        N_(CONTEXT, "It spreads published ports over the swarm, which a single-host network can't."),
        N_(CONTEXT, "Choose the driver overlay, or leave ingress out."),
    ),
    _create(
        "config-from-missing",
        Field.OPTIONS,
        r'configuration network "(?P<name>[^"]*)" does not exist',
        'configuration network "base" does not exist',
        N_(CONTEXT, "There is no network {name} to take the settings from."),
        N_(CONTEXT, "--config-from names a network that was created with --config-only on this host."),
        N_(CONTEXT, "Create that one first, or give the settings here."),
    ),
)

_WINDOWS_DRIVERS = "nat|transparent|l2bridge|l2tunnel|ics|internal|private"
#: The drivers that have an explanation of their own.
_KNOWN_DRIVERS = f"bridge|{_WINDOWS_DRIVERS}"

# The shorter form is that of older engines (reference, 2.2 check 8).
_PLUGIN = (
    _create(
        "driver-missing",
        Field.DRIVER,
        r'could not find plugin bridge in v1 plugin registry|plugin "bridge" not found',
        (
            (
                "Error response from daemon: could not find plugin bridge in v1 plugin registry: plugin not "
                "found"
            ),
            'Error response from daemon: plugin "bridge" not found',
        ),
        N_(CONTEXT, "Windows has no bridge driver."),
        N_(
            CONTEXT,
            "A docker command without -d asks for bridge, the Linux driver, even from a Windows engine.",
        ),
        N_(CONTEXT, "Name a driver: nat is the equivalent of bridge on Linux."),
        source="reference, 0.2 and 2.2",
    ),
    _create(
        "driver-unknown",
        Field.DRIVER,
        rf"could not find plugin (?!(?:{_KNOWN_DRIVERS}) )(?P<driver>\S+) in v1 plugin registry"
        rf'|plugin "(?!(?:{_KNOWN_DRIVERS})")(?P<other>[^"]*)" not found',
        (
            "could not find plugin macvlan in v1 plugin registry: plugin not found",
            'plugin "macvlan" not found',
        ),
        N_(CONTEXT, "This engine has no driver {driver}{other}."),
        N_(CONTEXT, "It is misspelled, belongs to another operating system, or to a plug-in not installed."),
        N_(CONTEXT, "Choose one of the drivers that docker info lists under Plugins, Network."),
    ),
    _create(
        "linux-engine",
        Field.DRIVER,
        rf"could not find plugin (?P<driver>{_WINDOWS_DRIVERS}) in v1 plugin registry"
        rf'|plugin "(?P<other>{_WINDOWS_DRIVERS})" not found',
        (
            "Error response from daemon: could not find plugin nat in v1 plugin registry: plugin not found",
            'Error response from daemon: plugin "nat" not found',
            'plugin "transparent" not found',
        ),
        N_(CONTEXT, "This engine runs Linux containers, and {driver}{other} is a Windows driver."),
        N_(CONTEXT, "Docker Desktop has two engines, and this is the one for Linux containers."),
        N_(CONTEXT, "Switch Docker Desktop to Windows containers, and connect again."),
        N_(CONTEXT, "For Linux containers, choose bridge."),
        source="reference, 4.6",
    ),
)

_ADDRESSES = (
    _create(
        "subnet-host-bits",
        Field.SUBNET,
        r"invalid subnet (?P<subnet>\S+): it should be (?P<right>\S+)",
        "invalid network config:\ninvalid subnet 10.0.0.5/24: it should be 10.0.0.0/24",
        N_(CONTEXT, "{subnet} is an address inside a subnet, not the subnet itself."),
        N_(CONTEXT, "A subnet is written with the first address of its block."),
        N_(CONTEXT, "Write {right}"),
    ),
    _create(
        "gateway-not-in-subnet",
        Field.GATEWAY,
        r"invalid gateway (?P<gateway>\S+): parent subnet (?P<subnet>\S+) doesn't contain this address",
        "invalid network config:\n"
        "invalid gateway 172.16.1.1: parent subnet 172.16.2.0/24 doesn't contain this address",
        N_(CONTEXT, "The gateway {gateway} is outside of {subnet}."),
        N_(CONTEXT, "Containers reach their gateway directly, so it must be in their own subnet."),
        N_(CONTEXT, "Choose an address of {subnet}, usually its first one."),
    ),
    _create(
        "range-not-in-subnet",
        Field.IP_RANGE,
        r"invalid ip-range (?P<range>\S+): (?:CIDR block is bigger|it should be|parent subnet)",
        (
            "invalid ip-range 10.0.0.0/8: CIDR block is bigger than its parent subnet 10.0.0.0/24",
            "invalid ip-range 10.0.0.5/25: it should be 10.0.0.0/25",
            "invalid ip-range 10.1.0.0/25: parent subnet 10.0.0.0/24 doesn't contain ip-range",
            "invalid ip-range fd00::/64: parent subnet is an IPv4 block",
        ),
        N_(CONTEXT, "The address range {range} is not part of its subnet."),
        N_(CONTEXT, "A range is a smaller block inside the subnet, written with its first address."),
        N_(CONTEXT, "Leave the range out: on Windows only overlay networks can have one."),
    ),
    _create(
        "aux-address-invalid",
        Field.AUX_ADDRESS,
        r"invalid auxiliary address (?P<name>[^:]*):",
        "invalid auxiliary address router: parent subnet 10.0.0.0/24 doesn't contain this address",
        N_(CONTEXT, "The reserved address {name} is not usable."),
        N_(CONTEXT, "It must be an address of the network's own subnet."),
        N_(CONTEXT, "Correct it, or leave it out: Windows does not use it."),
    ),
    _create(
        "gateway-missing",
        Field.GATEWAY,
        r"invalid CIDR address: /32",
        "invalid CIDR address: /32",
        N_(CONTEXT, "The subnet needs a gateway."),
        N_(
            CONTEXT,
            "Windows created the network without one; the engine could not read that and removed the "
            "network.",
        ),
        N_(CONTEXT, "Give the subnet's gateway. For transparent networks it is the router of the LAN."),
    ),
    _create(
        "subnet-malformed",
        Field.SUBNET,
        r"invalid CIDR address: (?!/32)(?P<prefix>.*)",
        "invalid CIDR address: 10.0.0.5",
        N_(CONTEXT, "{prefix} is not a subnet."),
        N_(CONTEXT, "A subnet is an address, a slash and the number of fixed bits, such as 10.0.0.0/24."),
        N_(CONTEXT, "Correct how it is written."),
    ),
    _create(
        "pool-overlaps",
        Field.SUBNET,
        r"Pool overlaps with other one on this address space",
        "Pool overlaps with other one on this address space",
        N_(CONTEXT, "Another network already has addresses of this subnet."),
        N_(CONTEXT, "The engine assigns these addresses itself and never twice."),
        N_(CONTEXT, "Choose a subnet that nothing uses, or give none and let the engine choose."),
    ),
    _create(
        "pools-exhausted",
        Field.SUBNET,
        r"all predefined address pools have been fully subnetted"
        r"|could not find an available, non-overlapping IPv4 address pool",
        "all predefined address pools have been fully subnetted",
        N_(CONTEXT, "The engine has no subnet left to choose from."),
        N_(CONTEXT, "Every block of its address pools belongs to a network."),
        N_(
            CONTEXT, "Give a subnet, remove networks that nobody uses, or add pools to the engine's settings."
        ),
    ),
)

_IPAM = (
    _create(
        "range-unsupported",
        Field.IP_RANGE,
        r"this request is not supported by (?:the )?'?(?P<driver>windows|null)'? ipam driver",
        (
            "this request is not supported by the 'windows' ipam driver",
            "Error response from daemon: This request is not supported by null ipam driver",
        ),
        N_(CONTEXT, "Windows accepts neither an address range nor IPv6 for this network."),
        N_(CONTEXT, "On Windows, HNS assigns the addresses, from the whole subnet and for IPv4 only."),
        N_(CONTEXT, "Leave the address range and IPv6 out."),
    ),
    _create(
        "ipam-request-invalid",
        Field.IPAM,
        r"invalid IPAM request",
        "invalid IPAM request: pool without subnet",
        N_(CONTEXT, "The requested addresses don't fit together."),
        N_(CONTEXT, "A range, gateway or option was given without a subnet it belongs to."),
        N_(CONTEXT, "Give a subnet, or leave all of them out."),
    ),
    _create(
        "ipv4-needed",
        Field.IPV6,
        r"IPv4 cannot be disabled on Windows|network ID requires ipv4 configuration",
        ("IPv4 cannot be disabled on Windows", "network ID requires ipv4 configuration"),
        N_(CONTEXT, "A network on Windows always has IPv4."),
        N_(CONTEXT, "Docker's Windows drivers assign IPv4 addresses only."),
        N_(CONTEXT, "Leave IPv4 switched on."),
    ),
    _create(
        "ipv6-unsupported",
        Field.IPV6,
        r"windowsshim driver doesn't support v6 subnets",
        "windowsshim driver doesn't support v6 subnets",
        N_(CONTEXT, "Docker on Windows has no IPv6 networks."),
        N_(CONTEXT, "Its drivers assign IPv4 addresses only, although Windows itself can do more."),
        N_(CONTEXT, "Remove the IPv6 subnet."),
    ),
    _create(
        "overlay-without-ipv4",
        Field.SUBNET,
        r"ipv4 pool is empty",
        "ipv4 pool is empty",
        N_(CONTEXT, "The overlay network has no IPv4 subnet."),
        N_(CONTEXT, "Overlay networks on Windows carry IPv4."),
        N_(CONTEXT, "Give an IPv4 subnet, or none at all and let the manager choose."),
    ),
)

_OPTIONS = (
    _create(
        "driver-opt-no-bool",
        Field.OPTIONS,
        r'driver-opt "(?P<key>[^"]*)" is not a valid bool',
        'driver-opt "com.docker.network.enable_ipv4" is not a valid bool',
        N_(CONTEXT, "The option {key} must be true or false."),
        N_(CONTEXT, "Its value is neither."),
        N_(CONTEXT, "Write true or false, or leave the option out."),
    ),
    _create(
        "number-malformed",
        Field.VLAN,
        r'strconv\.ParseUint: parsing "(?P<value>[^"]*)": (?:invalid syntax|value out of range)',
        (
            'strconv.ParseUint: parsing "abc": invalid syntax',
            'strconv.ParseUint: parsing "99999999999": value out of range',
        ),
        N_(CONTEXT, '"{value}" is not a VLAN or VSID number.'),
        N_(CONTEXT, "Both are whole numbers in plain digits; a VLAN is from 1 to 4094."),
        N_(CONTEXT, "Write the number in digits, or leave the option out."),
        source="reference, 1.1",
    ),
    _create(
        "bool-malformed",
        Field.OPTIONS,
        r'strconv\.ParseBool: parsing "(?P<value>[^"]*)": invalid syntax',
        'strconv.ParseBool: parsing "x": invalid syntax',
        N_(CONTEXT, '"{value}" is neither true nor false.'),
        N_(CONTEXT, "Gateway DNS and outbound NAT are switched with true or false."),
        N_(CONTEXT, "Write true or false."),
        source="reference, 1.1",
    ),
    _create(
        "mac-pool-odd",
        Field.MAC_POOL,
        r"invalid mac pool\. You must specify both a start range and an end range",
        "invalid mac pool. You must specify both a start range and an end range",
        N_(CONTEXT, "The MAC pool has a start without an end."),
        N_(CONTEXT, "It is a list of pairs: first address, last address."),
        N_(CONTEXT, "Write pairs such as 00-15-5D-52-C0-00,00-15-5D-52-CF-FF."),
        source="reference, 1.1",
    ),
    _create(
        "vxlan-id-malformed",
        Field.VXLAN_IDS,
        r'invalid vxlan id value "(?P<value>[^"]*)" passed',
        'invalid vxlan id value "x" passed',
        N_(CONTEXT, '"{value}" is not a VXLAN ID.'),
        N_(CONTEXT, "The IDs are whole numbers, one per subnet, separated by commas."),
        N_(CONTEXT, "Use numbers from 4096 to 16777215, or leave them to the manager."),
        source="reference, 1.2",
    ),
    _create(
        "vxlan-ids-too-few",
        Field.VXLAN_IDS,
        r"insufficient vnis\((?P<count>\d+)\) passed to overlay",
        "insufficient vnis(1) passed to overlay. Windows driver requires VNIs to be prepopulated",
        N_(CONTEXT, "There are fewer VXLAN IDs ({count}) than subnets."),
        N_(CONTEXT, "Each subnet of an overlay network has its own ID."),
        N_(CONTEXT, "Give one ID per subnet, or none and leave them to the manager."),
        source="reference, 1.2",
    ),
    _create(
        "vxlan-id-taken",
        Field.VXLAN_IDS,
        r"could not assign vxlan id (?P<id>\d+) to pool (?P<pool>\S+):",
        "could not assign vxlan id 4097 to pool 10.0.1.0/24: requested bit is already allocated",
        N_(CONTEXT, "The VXLAN ID {id} is not available for {pool}."),
        N_(CONTEXT, "Another overlay network of the swarm has it."),
        N_(CONTEXT, "Choose another ID, or leave it to the manager."),
        source="reference, 1.2",
    ),
)

PATTERNS = (*_CLIENT, *_NAME, *_SWARM, *_PLUGIN, *_ADDRESSES, *_IPAM, *_OPTIONS)
