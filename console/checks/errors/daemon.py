"""What the engine says when it starts, in a swarm, and through hcsshim (reference, 2.4, 2.7, 2.8, 4.5)."""

from __future__ import annotations

from console.checks.errors.pattern import CONTEXT, ErrorPattern
from console.checks.errors.win32 import RAW_LOOK, RESTART_HNS
from console.domain.field import Field
from console.domain.problem import Origin
from console.domain.text import N_, Text


def _daemon(
    identifier: str,
    source: str,
    regex: str,
    examples: str | tuple[str, ...],
    what: Text,
    why: Text,
    *do: Text,
    field: Field | None = None,
    rank: int = 0,
    origin: Origin = Origin.ENGINE,
) -> ErrorPattern:
    given = (examples,) if isinstance(examples, str) else examples
    return ErrorPattern(
        id=identifier,
        regex=regex,
        examples=given,
        what=what,
        why=why,
        do=do,
        field=field,
        rank=rank,
        origin=origin,
        source=source,
    )


_START = (
    _daemon(
        "windows-too-old",
        "reference, 2.4",
        r"this version of Windows does not support the docker daemon",
        "this version of Windows does not support the docker daemon (Windows build 17763 or higher "
        "is required)",
        N_(CONTEXT, "The engine is too new for this Windows."),
        N_(CONTEXT, "Engines from 23.0 on need Windows Server 2019, Windows 10 1809, or later."),
        N_(CONTEXT, "Update Windows, or install an engine before 23.0."),
    ),
    _daemon(
        "containers-feature-missing",
        "reference, 2.4",
        r"failed to load vmcompute\.dll|a required service is not installed, ensure the Containers feature",
        (
            "failed to load vmcompute.dll, ensure that the Containers feature is installed",
            (
                "a required service is not installed, ensure the Containers feature is installed: "
                "failed to open service hns"
            ),
        ),
        N_(CONTEXT, "The Windows feature Containers is not installed."),
        N_(CONTEXT, "The engine works through the services hns and vmcompute, which come with it."),
        N_(
            CONTEXT,
            "As an administrator: Install-WindowsFeature Containers on a server, "
            "Enable-WindowsOptionalFeature "
            "-Online -FeatureName Containers on a client. Restart the computer.",
        ),
    ),
    _daemon(
        "default-network-failed",
        "reference, 2.4",
        r"error creating default network",
        "Error starting daemon: Error initializing network controller: Error creating default network: HNS "
        "failed with error : Failed to create network",
        N_(CONTEXT, "The engine does not start, because Windows can't make its default nat network."),
        N_(CONTEXT, "A network or NAT left over from earlier has the name or the addresses."),
        RESTART_HNS,
        N_(CONTEXT, 'Run without it: set "bridge": "none" in daemon.json and start docker.'),
        N_(CONTEXT, "Look for leftovers with Get-HnsNetwork and Get-NetNat, and remove Docker's."),
        rank=-1,
        origin=Origin.HNS,
    ),
    _daemon(
        "network-controller-failed",
        "reference, 2.4",
        r"error initializing network controller: (?!error creating default network)",
        "error initializing network controller: failed to list networks",
        N_(CONTEXT, "The engine does not start, because it can't read Windows' networks."),
        N_(CONTEXT, "At each start it asks the Host Networking Service for all of them."),
        N_(CONTEXT, "Start the service hns, and then docker, as an administrator."),
        RAW_LOOK,
        rank=-1,
        origin=Origin.HNS,
    ),
    _daemon(
        "mtu-ignored",
        "reference, 2.4",
        r"MTU for the default network is not configurable on Windows",
        "WARNING: MTU for the default network is not configurable on Windows, and this option will "
        "be ignored.",
        N_(CONTEXT, "The engine setting mtu does nothing on Windows."),
        N_(CONTEXT, "Windows sets it according to the vSwitch."),
        N_(CONTEXT, "Remove mtu from daemon.json."),
    ),
    _daemon(
        "dns-proxy-flag-gone",
        "reference, 2.4",
        r'Feature flag "windows-dns-proxy" has been removed',
        'WARNING: Feature flag "windows-dns-proxy" has been removed, forwarding to external DNS resolvers is '
        "enabled.",
        N_(CONTEXT, "The engine no longer has the setting windows-dns-proxy."),
        N_(CONTEXT, "From 28 on, names are always looked up through the engine."),
        N_(CONTEXT, "Remove it from daemon.json."),
    ),
)

_SWARM = (
    _daemon(
        "advertise-address",
        "reference, 2.7",
        r"could not find the system's IP address - specify one with --advertise-addr",
        "Error response from daemon: could not find the system's IP address - specify one with "
        "--advertise-addr",
        N_(CONTEXT, "The engine can't tell which address other nodes reach this host at."),
        N_(CONTEXT, "The host has several addresses, or none that looks like the main one."),
        N_(CONTEXT, "Specify it: docker swarm init --advertise-addr with the host's LAN address."),
    ),
    _daemon(
        "ingress-failed",
        "reference, 2.7",
        r"Failed creating ingress network",
        (
            "Failed creating ingress network: The parameter is incorrect.",
            "Failed creating ingress network: hnsCall failed in Win32: Falscher Parameter. (0x57)",
        ),
        N_(CONTEXT, "The swarm runs, but its ingress network could not be made on this host."),
        N_(
            CONTEXT,
            "Ingress needs a network card; the only one usually carries a transparent network or another "
            "vSwitch already.",
        ),
        N_(CONTEXT, "Add a network card, or free this one of its network, and restart docker."),
        field=Field.ADAPTER,
        rank=1,
        origin=Origin.HNS,
    ),
    _daemon(
        "resolver-failed",
        "reference, 2.8",
        r"Resolver Setup/Start failed for container",
        'Resolver Setup/Start failed for container corp, "error in opening name server socket listen udp '
        '172.20.0.1:53: bind: The requested address is not valid in its context."',
        N_(CONTEXT, "Containers on this network can't find each other by name."),
        N_(
            CONTEXT,
            "The engine's DNS listens on the network's gateway, and the host does not have that address.",
        ),
        N_(CONTEXT, "Check with Get-NetIPAddress that a vEthernet adapter has the gateway's address."),
        RESTART_HNS,
    ),
)

_SHIM = (
    _daemon(
        "hns-object-not-found",
        "reference, 4.5",
        r"(?P<kind>Network name|Network ID|Endpoint name|Endpoint ID|Endpoint name/ID|Namespace "
        r"ID|LoadBalancer"
        r'|SDN Route) "(?P<name>[^"]*)" not found',
        (
            'Network name "corp" not found',
            'Network ID "404947AC" not found',
            'Endpoint name/ID "ep1" not found',
            'Namespace ID "n1" not found',
            'LoadBalancer "lb1" not found',
            'SDN Route "r1" not found',
        ),
        N_(CONTEXT, "Windows does not know {name}."),
        N_(CONTEXT, "It was removed behind the engine's back, or lost in a restart of Windows ({kind})."),
        N_(CONTEXT, "Refresh, and restart docker: it reads Windows' networks again."),
        origin=Origin.HNS,
    ),
    _daemon(
        "hns-id-invalid",
        "reference, 4.5",
        r"invalid network ID",
        "invalid network ID",
        N_(CONTEXT, "The network has no usable HNS ID."),
        N_(CONTEXT, "The option hnsid was set by hand to something that is not a Windows ID."),
        N_(CONTEXT, "Remove the network, and create it without that option."),
        field=Field.OPTIONS,
        origin=Origin.HNS,
    ),
    _daemon(
        "shim-gateway-missing",
        "reference, 4.5",
        r"network create error, subnet has address prefix but no gateway specified",
        "network create error, subnet has address prefix but no gateway specified",
        N_(CONTEXT, "The subnet needs its gateway."),
        N_(CONTEXT, "Windows does not work one out for this kind of network."),
        N_(CONTEXT, "Give the gateway: for transparent networks it is the router of the LAN."),
        field=Field.GATEWAY,
        origin=Origin.HNS,
    ),
    _daemon(
        "compute-timeout",
        "reference, 4.5",
        r"hcsshim: timeout waiting for notification",
        "hcsshim: timeout waiting for notification",
        N_(CONTEXT, "Windows did not answer in time about a container."),
        N_(CONTEXT, "The host is busy, or its compute service hangs."),
        N_(
            CONTEXT,
            "Try again. If it keeps happening, restart the service vmcompute: that ends all containers.",
        ),
    ),
    _daemon(
        "compute-connection-lost",
        "reference, 4.5",
        r"lost communication with compute service",
        "lost communication with compute service",
        N_(CONTEXT, "The compute service disappeared in the middle of this."),
        N_(CONTEXT, "It was restarted, or crashed."),
        N_(CONTEXT, "Check the service vmcompute, refresh, and start the container again."),
    ),
    _daemon(
        "compute-unexpected-exit",
        "reference, 4.5",
        r"unexpected container exit",
        "unexpected container exit",
        N_(CONTEXT, "The container ended before the engine expected it."),
        N_(CONTEXT, "Its main program failed right at the start."),
        N_(CONTEXT, "Read its output: docker logs"),
    ),
)

PATTERNS = (*_START, *_SWARM, *_SHIM)
