"""Refusals to remove networks, to connect containers and to run them (reference, 1.4 and 2.3)."""

from __future__ import annotations

from console.checks.errors.pattern import CONTEXT, ErrorPattern
from console.domain.text import N_, Text


def _attach(
    identifier: str,
    regex: str,
    examples: str | tuple[str, ...],
    what: Text,
    why: Text,
    *do: Text,
    source: str = "reference, 2.3",
    pasted: bool = True,
) -> ErrorPattern:
    return ErrorPattern(
        id=identifier,
        regex=regex,
        examples=(examples,) if isinstance(examples, str) else examples,
        what=what,
        why=why,
        do=do,
        source=source,
        pasted=pasted,
    )


_REMOVE = (
    _attach(
        "predefined-network",
        r"(?P<name>\S+) is a pre-defined network and cannot be removed",
        "nat is a pre-defined network and cannot be removed",
        N_(CONTEXT, "{name} belongs to the engine and can't be removed."),
        N_(CONTEXT, "The engine creates it at each start."),
        N_(
            CONTEXT, 'To run without the default nat, set "bridge": "none" in daemon.json and restart docker.'
        ),
    ),
    _attach(
        "network-in-use",
        r"network (?P<name>.+?)(?: id \S+)? has active endpoints",
        (
            'error while removing network: network corp has active endpoints (name:"c1" id:"abcdef012345")',
            "network corp id 4c4c4c4c4c4c has active endpoints",
        ),
        N_(CONTEXT, "Containers are still attached to {name}."),
        N_(CONTEXT, "A network can only be removed when nothing uses it."),
        N_(CONTEXT, "Disconnect the containers, or stop and remove them, and then remove the network."),
    ),
    _attach(
        "no-such-network",
        r"network (?!name |ID |host )(?P<name>\S.*?) not found|No such network: (?P<other>.+)",
        ("network my_appnet not found", "Error: No such network: my_appnet"),
        N_(CONTEXT, "The network {name}{other} no longer exists."),
        N_(CONTEXT, "It was removed, renamed, or belongs to another engine."),
        N_(CONTEXT, "Refresh the list."),
    ),
    _attach(
        "network-ambiguous",
        r"network (?P<name>.+) is ambiguous",
        "network corp is ambiguous (2 matches found on name)",
        N_(CONTEXT, "Several networks are called {name}."),
        N_(CONTEXT, "Older engines allow two networks with the same name, and a swarm can add another."),
        N_(CONTEXT, "Choose the network in the list: the console then uses its ID."),
    ),
)

_CONNECT = (
    _attach(
        "already-attached",
        r"(?P<container>\S+) is already attached to network (?P<network>.+)",
        "c1 is already attached to network corp",
        N_(CONTEXT, "{container} is attached to {network} already."),
        N_(CONTEXT, "A container has one endpoint per network."),
        N_(CONTEXT, "There is nothing left to do. To change its address, disconnect it first."),
    ),
    _attach(
        "not-attachable",
        r"network (?P<network>\S+) not manually attachable",
        "Could not attach to network corp: rpc error: code = PermissionDenied desc = network corp not "
        "manually attachable",
        N_(CONTEXT, "The overlay network {network} is for services only."),
        N_(CONTEXT, "Standalone containers can join only if it was created for that."),
        N_(CONTEXT, "Create the overlay network with --attachable, or run the container as a service."),
    ),
    _attach(
        "container-going",
        r"Container (?P<container>\S+) is marked for removal and cannot be connected or disconnected",
        "Container abcdef is marked for removal and cannot be connected or disconnected to the network",
        N_(CONTEXT, "The container {container} is being removed."),
        N_(CONTEXT, "Its endpoints are removed with it."),
        N_(CONTEXT, "Wait until it is gone, and refresh."),
    ),
    _attach(
        "not-attached",
        r"container (?P<container>\S+) is not connected to (?:the )?network (?P<network>.+)",
        "container abcdef is not connected to network corp",
        N_(CONTEXT, "The container is not attached to {network}."),
        N_(CONTEXT, "It was disconnected earlier, or its network was recreated."),
        N_(CONTEXT, "Refresh the list."),
    ),
    _attach(
        "no-hot-attach",
        r"unsupported platform request",
        "Error response from daemon: unsupported platform request",
        N_(CONTEXT, "This container's networks can't be changed while it runs."),
        N_(
            CONTEXT,
            "Windows adds and removes adapters only in process-isolated containers, from Windows 10 1703 "
            "on, and not in those run by containerd.",
        ),
        N_(CONTEXT, "Stop the container, change its networks, and start it again."),
        source="reference, 2.1 and 2.3",
    ),
    _attach(
        "address-not-in-network",
        r"no configured subnet contains IP address (?P<address>\S+)",
        "invalid endpoint settings:\nno configured subnet contains IP address 10.9.9.9",
        N_(CONTEXT, "The network has no subnet with the address {address}."),
        N_(CONTEXT, "A fixed address must be in the network's own subnet. On Windows it is always IPv4."),
        N_(CONTEXT, "Choose an address of the network's subnet, or none."),
    ),
    _attach(
        "address-without-subnet",
        r"user specified IP address is supported only when connecting to networks with user configured "
        r"subnets",
        "user specified IP address is supported only when connecting to networks with user configured "
        "subnets",
        N_(CONTEXT, "The network has no subnet that was given when it was created."),
        N_(
            CONTEXT,
            "Engines before 25 accept a fixed address only on networks that were created with a subnet of "
            "their own.",
        ),
        N_(CONTEXT, "Create the network with a subnet and a gateway, or leave the address out."),
        source="moby, runconfig/errors.go (until 24)",
    ),
    _attach(
        "only-on-user-defined",
        r"user[- ]specified IP address is supported on user[- ]defined networks only"
        r"|network-scoped aliases are only supported for user-defined networks"
        r"|network-scoped alias is supported only for containers in user defined networks",
        (
            "user specified IP address is supported on user defined networks only",
            "user-specified IP address is supported on user-defined networks only",
            "network-scoped aliases are only supported for user-defined networks",
            "network-scoped alias is supported only for containers in user defined networks",
        ),
        N_(CONTEXT, "The default network of a Linux engine has neither fixed addresses nor aliases."),
        N_(CONTEXT, "Both are for networks that somebody created; on Windows the default nat has them too."),
        N_(CONTEXT, "Create a network, and attach the container to it."),
        source="moby, daemon/container_operations.go",
    ),
    _attach(
        "address-taken",
        r"(?:^|daemon: |networking: )Address already in use",
        (
            "Error response from daemon: Address already in use",
            "failed to set up container networking: Address already in use",
        ),
        N_(CONTEXT, "The fixed address is taken on this network."),
        N_(CONTEXT, "Another container or service of the network has it, or the network keeps it back."),
        N_(CONTEXT, "Choose another address, or none."),
        source="moby, libnetwork, ipamapi.ErrIPAlreadyAllocated",
    ),
    _attach(
        "shared-stack-connected",
        r"container sharing network namespace with another container or host cannot be connected to any "
        r"other network"
        r"|container cannot be connected to multiple networks with one of the networks in private \(none\)",
        (
            (
                "container sharing network namespace with another container or host cannot be connected to "
                "any other network"
            ),
            (
                "container cannot be connected to multiple networks with one of the networks in private "
                "(none) mode"
            ),
        ),
        N_(CONTEXT, "This container can't be attached to a network."),
        N_(
            CONTEXT,
            "It shares the network of another container for good, or it is on the network none, which it has "
            "to leave first.",
        ),
        N_(CONTEXT, "If it is on none: docker network disconnect none, then the container's name."),
        N_(CONTEXT, "Otherwise run it again on the network that it is to be on."),
        source="moby, daemon/container_operations.go",
    ),
    _attach(
        "endpoint-option-invalid",
        r"Invalid endpoint configuration",
        "Invalid endpoint configuration",
        N_(CONTEXT, "An option of the container's endpoint can't be used from here."),
        N_(CONTEXT, "The Windows driver accepts some endpoint options only from its own code, not as text."),
        N_(CONTEXT, "Leave the driver options of the connection out."),
        source="reference, 1.4",
    ),
)

_PORTS = (
    _attach(
        "protocol-unsupported",
        r"invalid protocol (?P<protocol>\S+)",
        "invalid protocol sctp",
        N_(CONTEXT, "Windows can't publish {protocol} ports."),
        N_(CONTEXT, "Its NAT translates TCP and UDP."),
        N_(CONTEXT, "Publish the port as tcp or udp."),
        source="reference, 1.4",
    ),
    _attach(
        "port-range-unsupported",
        r"Windows does not support more than one host port in NAT settings",
        "Windows does not support more than one host port in NAT settings",
        N_(CONTEXT, "A container port goes to one host port on Windows."),
        N_(CONTEXT, "A range of host ports was given for it."),
        N_(CONTEXT, "Publish one host port, or none and let Windows choose."),
        source="reference, 1.4",
    ),
    _attach(
        "host-address-unsupported",
        r"Windows does not support host IP addresses in NAT settings",
        "Windows does not support host IP addresses in NAT settings",
        N_(CONTEXT, "Ports are published on all addresses of a Windows host."),
        N_(CONTEXT, "A host address was given with the port, which works on Linux only."),
        N_(CONTEXT, "Leave the address out, and restrict the port with Windows Firewall."),
        source="reference, 1.4",
    ),
    _attach(
        "port-allocated",
        r"Bind for (?P<address>\S+):(?P<port>\d+) failed: port is already allocated"
        r"|listen (?:tcp|udp)4? \S*?:(?P<other>\d+): bind:(?! The requested address is not valid)"
        r"|failed to bind host port (?:for )?(?:\[[^\]]*\]|[\d.]+):(?P<bound>\d+)\S*/(?:tcp|udp): address "
        r"already in use",
        (
            "Bind for 0.0.0.0:80 failed: port is already allocated",
            "listen tcp4 0.0.0.0:80: bind: Only one usage of each socket address is normally permitted.",
            "failed to bind host port for 0.0.0.0:8080:172.20.0.2:80/tcp: address already in use",
            "failed to bind host port 0.0.0.0:8080/tcp: address already in use",
        ),
        N_(CONTEXT, "Host port {port}{other}{bound} is taken."),
        N_(CONTEXT, "Another container publishes it, or another program on the host listens on it."),
        N_(CONTEXT, "Publish another host port, or stop the one that has it."),
        source="reference, 1.4",
    ),
)

_RUN = (
    _attach(
        "host-mode",
        r"network host not found",
        "network host not found",
        N_(CONTEXT, "Windows containers can't use the host's own network."),
        N_(CONTEXT, "There is no host mode on Windows."),
        N_(CONTEXT, "Use nat and publish ports, or transparent for a LAN address."),
    ),
    _attach(
        "shared-stack-hyper-v",
        r"using the network stack of another container is not supported while using Hyper-V Containers"
        r"|sharing of hyperv containers network is not supported",
        (
            (
                "invalid network-mode: using the network stack of another container is not supported while "
                "using Hyper-V Containers"
            ),
            "sharing of hyperv containers network is not supported",
        ),
        N_(CONTEXT, "A Hyper-V isolated container can't share its network with another."),
        N_(CONTEXT, "Each of them is a virtual machine with a network stack of its own."),
        N_(CONTEXT, "Run both with --isolation=process, or attach both to one network."),
    ),
    _attach(
        "conflicts-with-container-mode",
        r"conflicting options: (?P<option>.+?) and the (?:container type )?network mode",
        (
            "conflicting options: hostname and the network mode",
            "conflicting options: dns and the network mode",
            "conflicting options: custom host-to-IP mapping and the network mode",
            "conflicting options: port publishing and the container type network mode",
            "conflicting options: port exposing and the container type network mode",
        ),
        N_(CONTEXT, "{option} can't be set for a container that shares another's network."),
        N_(CONTEXT, "It takes this setting from the container whose network it shares."),
        N_(CONTEXT, "Set it there, and leave it out here."),
    ),
    _attach(
        "links-with-container-mode",
        r"container type network can't be used with links",
        "conflicting options: container type network can't be used with links. This would result in "
        "undefined behavior",
        N_(CONTEXT, "Links can't be combined with another container's network."),
        N_(CONTEXT, "On Windows links have no effect at all."),
        N_(CONTEXT, "Leave the links out: containers on the same nat network find each other by name."),
    ),
    _attach(
        "own-namespace",
        r"cannot join own network namespace",
        "cannot join own network namespace",
        N_(CONTEXT, "The container was told to share its own network."),
        N_(CONTEXT, "--network container: names the container itself."),
        N_(CONTEXT, "Name another container, or a network."),
    ),
    _attach(
        "namespace-not-running",
        r"cannot join network namespace of a non running container: (?P<container>.+)",
        "cannot join network namespace of a non running container: c2",
        N_(CONTEXT, "{container} is not running, so its network can't be shared."),
        N_(CONTEXT, "A container has a network stack only while it runs."),
        N_(CONTEXT, "Start it first."),
    ),
    _attach(
        "privileged",
        r"invalid option: privileged mode is not supported for Windows containers",
        "invalid option: privileged mode is not supported for Windows containers",
        N_(CONTEXT, "Windows containers have no privileged mode."),
        N_(CONTEXT, "It is a Linux concept."),
        N_(CONTEXT, "Leave --privileged out."),
    ),
    _attach(
        "read-only",
        r"invalid option: read-only mode is not supported for Windows containers",
        "invalid option: read-only mode is not supported for Windows containers",
        N_(CONTEXT, "A Windows container's file system is always writable."),
        N_(CONTEXT, "Windows writes to it itself while it runs."),
        N_(CONTEXT, "Leave --read-only out."),
    ),
    _attach(
        "isolation-unknown",
        r"invalid isolation \((?P<isolation>[^)]*)\)",
        "invalid isolation (x): Windows supports 'default', 'process', or 'hyperv'",
        N_(CONTEXT, "{isolation} is not a kind of isolation."),
        N_(CONTEXT, "A Windows container is isolated as a process or with Hyper-V."),
        N_(CONTEXT, "Use process or hyperv, or leave it out."),
    ),
)

#: What is not about networks, but met where a container is made or changed.
_CONTAINERS = (
    _attach(
        "container-name-taken",
        r'The container name "/?(?P<name>[^"]+)" is already in use by container',
        'Conflict. The container name "/web" is already in use by container "4c01db0b339c". You have to '
        "remove (or rename) that container to be able to reuse that name.",
        N_(CONTEXT, "There is a container {name} already."),
        N_(CONTEXT, "A stopped container keeps its name until it is removed."),
        N_(CONTEXT, "Choose another name, or remove the other container first."),
        source="moby, daemon/errors.go",
        pasted=False,
    ),
    _attach(
        "container-gone",
        r"No such container: (?P<container>\S+)",
        "Error response from daemon: No such container: web",
        N_(CONTEXT, "The container {container} no longer exists."),
        N_(CONTEXT, "It was removed, renamed, or belongs to another engine."),
        N_(CONTEXT, "Refresh the list."),
        source="moby, daemon/container/view.go",
        pasted=False,
    ),
    _attach(
        "image-missing",
        r"No such image: (?P<image>\S+)",
        "Error response from daemon: No such image: mcr.microsoft.com/windows/nanoserver:ltsc2022",
        N_(CONTEXT, "The engine does not have the image {image}."),
        N_(CONTEXT, "A container is made from an image that the engine has; it was not pulled, or removed."),
        N_(CONTEXT, "Pull it: docker pull {image}"),
        source="moby, daemon/images/image.go",
        pasted=False,
    ),
    _attach(
        "image-not-for-build",
        r"no matching manifest for (?P<platform>windows/\S+(?: [\d.]+)?) in the manifest list entries",
        "no matching manifest for windows/amd64 10.0.17763 in the manifest list entries",
        N_(CONTEXT, "The image has no variant for this host: {platform}."),
        N_(CONTEXT, "It is for Linux only, or for a later Windows build than the host's."),
        N_(CONTEXT, "Choose a tag that was made for the host's build or an earlier one, such as ltsc2019."),
        source="moby, distribution/pull_v2.go",
        pasted=False,
    ),
    _attach(
        "image-of-another-system",
        r'image operating system "(?P<system>[^"]*)" cannot be used on this platform',
        'image operating system "linux" cannot be used on this platform: operating system is not supported',
        N_(CONTEXT, "The image is for {system}, which this engine does not run."),
        N_(CONTEXT, "An engine for Windows containers runs Windows images only, one for Linux its own."),
        N_(CONTEXT, "Use an image for this engine's system."),
        N_(CONTEXT, "In Docker Desktop, switch to containers of the other system, and connect again."),
        source="moby, distribution/config.go",
        pasted=False,
    ),
)

PATTERNS = (*_REMOVE, *_CONNECT, *_PORTS, *_RUN, *_CONTAINERS)
