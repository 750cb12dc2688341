"""A network was made with options that Windows does not do (seed, "Unsupported features"; reference, 3.4)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.command.network import is_linux_option, unsupported_parts, without_unsupported
from console.checks.command.verdict import Trouble
from console.domain.conversion import spec_of
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Network
from console.domain.text import N_

CONTEXT = "Check unsupported-network-option"
_USUAL_IPAM_DRIVERS = frozenset({"", "default", "windows"})
_OWN_CHECK = "--opt encrypted"  # overlay-encryption has it


def _find(host: Host) -> Iterator[Symptom]:
    networks = host.snapshot.networks.known() or ()
    keys: set[str] = set().union(*(one.options for one in networks))  # of them there are few
    linux = frozenset(filter(is_linux_option, keys))
    for network in host.each(networks):
        if _may_have_some(network, linux):
            found = _unsupported(network)
            if found:
                asked = N_(
                    CONTEXT, "{name} was created with {options}.",
                    name=network.name, options=", ".join(one.flag for one in found),
                )  # fmt: skip
                yield Symptom(ref_of(network), (asked, *(one.message for one in found)))


def _may_have_some(network: Network, linux: frozenset[str]) -> bool:
    """Whether it is worth the while to look closer: most of thousands are plain."""
    if network.internal or network.enable_ipv6 or network.ipam_options:
        return True
    if network.ipam_driver not in _USUAL_IPAM_DRIVERS or not linux.isdisjoint(network.options):
        return True
    for pool in network.pools:  # noqa: SIM110 (a generator for each takes three times as long)
        if pool.ip_range or pool.aux_addresses:
            return True
    return False


def _unsupported(network: Network) -> tuple[Trouble, ...]:
    if network.config_only or network.ingress:
        return ()
    found = unsupported_parts(spec_of(network))
    # The driver is there, or the network would not be.
    return tuple(one for one in found if one.flag != _OWN_CHECK and not one.flag.startswith("--driver"))


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    found = [one for one in _unsupported(network) if not one.flag.startswith("--opt ")]
    instead = tuple(one.alternative for one in found if one.alternative is not None)
    encrypted = {key: value for key, value in network.options.items() if key == "encrypted"}
    spec = without_unsupported(spec_of(network))
    spec = spec.model_copy(update={"driver": network.driver, "options": {**spec.options, **encrypted}})
    again = made_again(host, network, spec, N_(CONTEXT, "Recreate it without them"))
    if not instead:
        return (again,)
    return (Remedy(N_(CONTEXT, "Leave the network, and use the Windows alternative"), steps=instead), again)


CHECK = Check(
    id="unsupported-network-option",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "A network has options that do nothing on Windows"),
    reason=N_(
        CONTEXT,
        "The engine accepts and shows them, but Windows is never told: they provide no protection at all.",
    ),
    needs=("engine", "networks"),
    find=_find,
    remedies=_remedies,
    source='seed, "Unsupported features and network options"; reference, 3.4',
)
