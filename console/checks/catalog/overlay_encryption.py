"""An overlay network asks for encryption that Windows does not do (reference, 3.4)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_options
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.encryption import is_encrypted
from console.domain.conversion import spec_of
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.recreation import services_on
from console.domain.text import N_

CONTEXT = "Check overlay-encryption"


def _find(host: Host) -> Iterator[Symptom]:
    for network in host.networks_of("overlay"):
        if is_encrypted(network):
            if next(services_on(network, host.snapshot), None):
                continue  # unsupported-service-option tells it, with the services
            fact = N_(CONTEXT, "{name} has the option encrypted.", name=network.name)
            yield Symptom(ref_of(network), (fact,))


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    encrypt = Remedy(
        N_(CONTEXT, "Encrypt the containers' traffic"),
        steps=(N_(CONTEXT, "Use TLS between the services, or IPsec between the hosts."),),
    )
    options = {key: value for key, value in spec_of(network).options.items() if key != "encrypted"}
    title = N_(CONTEXT, "Recreate it without the option, which promises what Windows does not do")
    return (encrypt, made_again(host, network, with_options(network, options=options), title))


CHECK = Check(
    id="overlay-encryption",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "An overlay network is not encrypted, although it says so"),
    reason=N_(
        CONTEXT,
        "Windows accepts the option and does not encrypt: what containers send between hosts is readable "
        "on the wire.",
    ),
    needs=("engine", "networks"),
    find=_find,
    remedies=_remedies,
    source='seed, "Unsupported features and network options"; reference, 3.4',
)
