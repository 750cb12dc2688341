"""A container was run with options that Windows does not do (seed, "Unsupported features")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.container_spec import EVERY_ADDRESS
from console.domain.object_ref import ObjectKind, ObjectRef, ref_of
from console.domain.run_options import RunOptions
from console.domain.text import N_, Text

CONTEXT = "Check unsupported-run-option"
# Before Windows Server 2019 a container has one DNS search domain (seed; reference, 3.4).
_MANY_SEARCH_DOMAINS_BUILD = 17763


def _find(host: Host) -> Iterator[Symptom]:
    settings = [one for one in host.snapshot.run_options.known() or () if _trouble(one, host)]
    if not settings:
        return
    containers = {one.id: one for one in host.snapshot.containers.known() or ()}
    for one in settings:
        container = containers.get(one.id)
        if container is not None:
            facts = (
                N_(CONTEXT, "{name} was run with {option}.", name=container.name, option=option)
                for option, _ in _trouble(one, host)
            )
            yield Symptom(ref_of(container), tuple(facts))


def _trouble(settings: RunOptions, host: Host) -> tuple[tuple[str, Text], ...]:
    """The options that do not work, each with what to do instead."""
    found = [
        *((f"--link {one}", _BY_NAME) for one in settings.links),
        *((f"--dns-option {one}", _IN_THE_IMAGE) for one in settings.dns_options),
        *((f"--ip6 {one}", _IPV4) for one in settings.ipv6_addresses),
        *((f"--publish {one}", why) for one in settings.ports if (why := _port_trouble(one))),
    ]
    if len(settings.dns_search) > 1 and not _takes_many_domains(host):
        found += [(f"--dns-search {one}", _ONE_DOMAIN) for one in settings.dns_search[1:]]
    if settings.network_mode == "host":
        found.append(("--network host", _NOT_THE_HOSTS))
    return tuple(found)


def _takes_many_domains(host: Host) -> bool:
    engine = host.snapshot.engine.known()
    windows = engine.windows if engine else None
    return windows is None or windows.build >= _MANY_SEARCH_DOMAINS_BUILD


def _port_trouble(words: str) -> Text | None:
    """Why Windows does not publish a port so (reference, 1.4), or None."""
    bound, _, protocol = words.partition("/")
    address, _, ports = bound.rpartition(":")[0].rpartition(":")
    if not address and not ports.replace("-", "").isdecimal():
        address, ports = ports, ""  # an address alone: the port is the engine's choice
    if (protocol or "tcp") not in {"tcp", "udp"}:
        return _TCP_OR_UDP
    if address.strip("[]") not in EVERY_ADDRESS:
        return _ALL_ADDRESSES
    return _ONE_PORT if "-" in ports else None


_BY_NAME = N_(CONTEXT, "Put both containers on one nat or overlay network: they find each other by name.")
_IN_THE_IMAGE = N_(CONTEXT, "Use --dns and --dns-search, or set resolver options in the image.")
_IPV4 = N_(CONTEXT, "Use --ip with an IPv4 address of the network's subnet.")
_ONE_DOMAIN = N_(CONTEXT, "Give one --dns-search: Windows before 1809 takes the first only.")
_NOT_THE_HOSTS = N_(CONTEXT, "Use a nat network with published ports (-p), or a transparent network.")
_TCP_OR_UDP = N_(CONTEXT, "Publish by tcp or udp: Windows knows no other protocol here.")
_ALL_ADDRESSES = N_(
    CONTEXT, "Leave the address out, as Windows publishes on all of them; restrict it with Windows Firewall."
)
_ONE_PORT = N_(CONTEXT, "Give each container port one host port, not a range.")


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    if subject is None or subject.kind is not ObjectKind.CONTAINER:
        return ()
    settings = host.snapshot.run_options.known() or ()
    found = [trouble for one in settings if one.id == subject.id for trouble in _trouble(one, host)]
    instead = dict.fromkeys(why for _, why in found)
    again = N_(CONTEXT, "Run it again without the option: a container's run options can't be changed.")
    return (
        Remedy(
            N_(CONTEXT, "Run the container again with the Windows alternative"),
            steps=(*instead, again),
            interrupts=(N_(CONTEXT, "The container is recreated: what was written in it is lost."),),
        ),
    )


CHECK = Check(
    id="unsupported-run-option",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "A container was run with options that do nothing on Windows"),
    reason=N_(
        CONTEXT,
        "The engine accepts --link, --dns-option and others and silently drops them; with some, such as an "
        "address to publish on, the container does not start: 'Windows does not support host IP addresses "
        "in NAT settings'.",
    ),
    needs=("engine", "containers", "run_options"),
    find=_find,
    remedies=_remedies,
    source='seed, "Unsupported features and network options"; reference, 1.4 and 3.4',
)
