"""What Windows makes of a network that a command or a Compose file asks for."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.command.verdict import Trouble
from console.checks.plain_host import plain_host
from console.domain.drivers.options import (
    DNS_SERVERS,
    DNS_SUFFIX,
    ENCRYPTED,
    ENGINE_SET_KEYS,
    INTERFACE,
    OPTION_BY_KEY,
)
from console.domain.drivers.registry import driver
from console.domain.preflight.check import preflight
from console.domain.severity import Severity
from console.domain.spec import NetworkSpec
from console.domain.text import N_, Text

CONTEXT = "Command check"

_INSTEAD_OF = {"bridge": "nat", "macvlan": "transparent", "ipvlan": "l2bridge", "host": "transparent"}
_LINUX_OPTIONS = ("com.docker.network.bridge.", "com.docker.network.driver.mtu")
_LINUX_KEYS = frozenset({"parent", "macvlan_mode", "ipvlan_mode", "ipvlan_flag"})
# Reference, 2.1 and 2.7; seed, "Multiple NAT networks on WS2016 Container Host".
_SEVERAL_NATS_SINCE = 15063
ROUTING_MESH_SINCE = 17763
_NO_ALTERNATIVE = N_(CONTEXT, "Leave it out.")
_DNS_KEYS = frozenset({DNS_SERVERS, DNS_SUFFIX})
_DNS_OF_CONTAINERS = N_(CONTEXT, "Give DNS servers to each container: docker run --dns (engine 29 or later).")
# Updates without which overlay networks do not work on the build they are for (reference, 2.6).
_OVERLAY_UPDATES = {14393: "KB4015217", 17763: "KB4489899"}


def unsupported_parts(spec: NetworkSpec, *, driver_given: bool = True) -> Iterator[Trouble]:
    """What ``spec`` asks for that Windows does not do (seed, "Unsupported features"; reference, 3.4)."""
    yield from _driver_parts(spec, driver_given)
    overlay = spec.driver.lower() == "overlay"
    asked = {
        "--aux-address": any(subnet.aux_addresses for subnet in spec.subnets),
        "--internal": spec.internal,
        "--ip-range": any(subnet.ip_range for subnet in spec.subnets) and not overlay,
        "--ipam-driver": spec.ipam_driver not in {"", "default", "windows"},
        "--ipam-opt": bool(spec.ipam_options),
        "--ipv6": spec.enable_ipv6,
        "--opt encrypted": ENCRYPTED in spec.options,
    }
    for flag, wanted in asked.items():
        if wanted:
            message, alternative = _UNSUPPORTED[flag]
            yield Trouble("unsupported-network-option", Severity.ERROR, message, alternative, flag)
    for key in spec.options:
        ignored = _ignored(key, overlay=overlay)
        if ignored is not None:
            alternative = _DNS_OF_CONTAINERS if overlay and key in _DNS_KEYS else _NO_ALTERNATIVE
            flag = f"--opt {key}"
            yield Trouble("unsupported-network-option", Severity.WARNING, ignored, alternative, flag)


def _ignored(key: str, *, overlay: bool) -> Text | None:
    """Why an option that the engine takes without a word does nothing; None where it does something."""
    if is_linux_option(key):
        return N_(CONTEXT, "{key} is a Linux option: the engine accepts it and nothing happens.", key=key)
    option = OPTION_BY_KEY.get(key)
    if option is None or key in ENGINE_SET_KEYS or key == ENCRYPTED:
        return None
    if not option.settable:
        return N_(CONTEXT, "{key} does nothing on Windows.", key=key)
    if overlay and "overlay" not in option.applies_to:
        return N_(CONTEXT, "The overlay driver does not read {key}: it is stored and has no effect.", key=key)
    return None


def is_linux_option(key: str) -> bool:
    """Whether an option does something on Linux only."""
    return key in _LINUX_KEYS or key.startswith(_LINUX_OPTIONS)


def _driver_parts(spec: NetworkSpec, driver_given: bool) -> Iterator[Trouble]:
    # A network that only holds settings has no driver, whatever the client sends.
    if driver(spec.driver) is not None or (spec.config_only and not driver_given):
        return
    instead = _INSTEAD_OF.get(spec.driver.lower())
    alternative = N_(CONTEXT, "Use -d {driver}.", driver=instead) if instead else None
    if not driver_given:
        message = N_(CONTEXT, "No driver is named: docker then asks for bridge, a Linux driver.")
        yield Trouble("driver-not-given", Severity.ERROR, message, alternative, "--driver")
        return
    message = N_(CONTEXT, "Windows has no network driver {driver}.", driver=spec.driver)
    yield Trouble("linux-driver", Severity.ERROR, message, alternative, f"--driver {spec.driver}")


def without_unsupported(spec: NetworkSpec) -> NetworkSpec:
    """``spec`` without what Windows does not do, and with the nearest driver that it has."""
    overlay = spec.driver.lower() == "overlay"
    subnets = tuple(
        entry.model_copy(update={"aux_addresses": {}, "ip_range": entry.ip_range if overlay else ""})
        for entry in spec.subnets
    )
    known = spec.ipam_driver in {"", "default", "windows"}
    return spec.model_copy(
        update={
            "driver": _INSTEAD_OF.get(spec.driver.lower(), spec.driver),
            "subnets": subnets,
            "internal": False,
            "enable_ipv6": False,
            "ipam_driver": spec.ipam_driver if known else "",
            "ipam_options": {},
            "options": {
                key: value
                for key, value in spec.options.items()
                if key != ENCRYPTED and _ignored(key, overlay=overlay) is None
            },
        }
    )


def working(spec: NetworkSpec, build: int) -> NetworkSpec | None:
    """The spec that works in place of ``spec``; None where that would be a guess."""
    rest = without_unsupported(spec)
    for violation in preflight(rest, plain_host(build)):
        if violation.rule == "subnet-host-bits" and violation.suggestion:
            subnets = list(rest.subnets)
            entry = subnets[violation.position]
            subnets[violation.position] = entry.model_copy(update={"subnet": violation.suggestion})
            rest = rest.model_copy(update={"subnets": tuple(subnets)})
        if violation.rule == "adapter-spelling" and violation.suggestion:
            options = {**rest.options, INTERFACE: violation.suggestion}
            rest = rest.model_copy(update={"options": options})
    if any(found.severity is Severity.ERROR for found in preflight(rest, plain_host(build))):
        return None
    return rest


def _use(value: str) -> Text | None:
    return N_(CONTEXT, "Use {value}.", value=value) if value else None


def objections(spec: NetworkSpec, build: int) -> tuple[Trouble, ...]:
    """What the console's own rules say about ``spec`` on that build, without mere notes."""
    return (*_of_build(spec, build), *_of_rules(spec, build))


def _of_build(spec: NetworkSpec, build: int) -> Iterator[Trouble]:
    """What early builds do not do and later ones do, where it takes a host to know what is refused."""
    nat_prefix = any(entry.subnet for entry in spec.subnets)
    if spec.driver.lower() == "nat" and nat_prefix and build < _SEVERAL_NATS_SINCE:
        yield Trouble(
            "nat-multiple-unsupported",
            Severity.WARNING,
            N_(CONTEXT, "Windows Server 2016 has one NAT prefix, and every nat network is a part of it."),
            N_(CONTEXT, "Choose a subnet inside the InternalIPInterfaceAddressPrefix of Get-NetNat."),
        )
    if spec.driver.lower() == "overlay" and build in _OVERLAY_UPDATES:
        update = _OVERLAY_UPDATES[build]
        yield Trouble(
            "overlay-prerequisites",
            Severity.WARNING,
            N_(
                CONTEXT,
                "Overlay networks need the update {update} or a later one on this Windows.",
                update=update,
            ),
            N_(CONTEXT, "Install the current cumulative update on every node."),
        )
    if spec.driver.lower() == "l2tunnel":
        yield Trouble(
            "l2tunnel-outside-azure-stack",
            Severity.WARNING,
            N_(CONTEXT, "l2tunnel is for hosts in Microsoft's cloud stack: elsewhere nothing gets through."),
            N_(CONTEXT, "Use l2bridge."),
        )
    if spec.ingress and build < ROUTING_MESH_SINCE:
        yield Trouble(
            "unsupported-network-option",
            Severity.ERROR,
            N_(CONTEXT, "Windows before Server 2019 has no routing mesh, and therefore no ingress network."),
            N_(CONTEXT, "Publish service ports with mode=host."),
            "--ingress",
        )


def _of_rules(spec: NetworkSpec, build: int) -> tuple[Trouble, ...]:
    return tuple(
        Trouble(
            violation.rule,
            violation.severity,
            violation.message,
            N_(CONTEXT, "Use {value}.", value=violation.suggestion)
            if violation.suggestion
            else violation.why,
        )
        for violation in preflight(without_unsupported(spec), plain_host(build))
        if violation.severity is not Severity.NOTE
    )


_UNSUPPORTED: dict[str, tuple[Text, Text]] = {
    "--aux-address": (
        N_(CONTEXT, "Windows reserves no addresses: --aux-address never reaches it."),
        N_(CONTEXT, "Leave it out, and keep the addresses free by giving containers fixed ones with --ip."),
    ),
    "--internal": (
        N_(CONTEXT, "--internal does not isolate on Windows: it only drops published ports and DNS."),
        N_(CONTEXT, "Use the driver internal or private, or rules of Windows Firewall."),
    ),
    "--ip-range": (
        N_(CONTEXT, "Windows' address management refuses --ip-range."),
        N_(CONTEXT, "Give a smaller --subnet, or fixed addresses with --ip."),
    ),
    "--ipam-driver": (
        N_(CONTEXT, "Windows has no IPAM drivers other than its own."),
        N_(CONTEXT, "Leave --ipam-driver out."),
    ),
    "--ipam-opt": (
        N_(CONTEXT, "--ipam-opt is stored and has no effect on Windows."),
        N_(CONTEXT, "Leave --ipam-opt out."),
    ),
    "--ipv6": (
        N_(CONTEXT, "Docker on Windows has no IPv6 networks."),
        N_(CONTEXT, "Use IPv4."),
    ),
    "--opt encrypted": (
        N_(CONTEXT, "Windows ignores --opt encrypted: the traffic is NOT encrypted."),
        N_(CONTEXT, "Encrypt in the application (TLS), or between the hosts with IPsec."),
    ),
}
