"""What a container gets when it asks for a name: predicted from what is known of the host."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.addressing import parse_any_address
from console.domain.discovery.capability import forwards
from console.domain.discovery.names import KnownName
from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.relations import Relations
from console.domain.snapshot import Container, Network
from console.domain.text import N_, Text
from console.domain.verdict import Verdict

CONTEXT = "Discovery"


@dataclass(frozen=True, slots=True)
class NamePrediction:
    """``verdict`` is whether the name resolves, ``addresses`` to what (empty: not known or none).

    ``network`` is where it is answered. ``depends``: on DNS servers outside, or on which of several
    networks answers first; with several ``addresses`` any of them may come.
    """

    verdict: Verdict
    reason: Text
    addresses: tuple[str, ...] = ()
    network: Network | None = None


def predicted_name(
    name: str, asker: Container, names: tuple[KnownName, ...], relations: Relations
) -> NamePrediction:
    """What ``asker`` gets for ``name``. ``names`` are :func:`known_names` of the same snapshot."""
    wanted = name.strip().rstrip(".").casefold()
    if not asker.running:
        return NamePrediction(
            Verdict.NO, N_(CONTEXT, "{name} is not running, so it looks up nothing.", name=asker.name)
        )
    if parse_any_address(wanted) is not None:
        reason = N_(CONTEXT, "It is an address already: nothing is looked up.")
        return NamePrediction(Verdict.YES, reason, (wanted,))
    if wanted == "localhost":
        reason = N_(CONTEXT, "Windows and Linux know it without a lookup: the container itself.")
        return NamePrediction(Verdict.YES, reason, ("127.0.0.1",))
    there = {endpoint.network_id for endpoint in asker.endpoints}
    known = [one for one in names if one.name.casefold() == wanted]
    here = [one for one in known if one.network.id in there]
    answered = [one for one in here if one.answers is not Verdict.NO]
    if answered:
        return _answered(answered, asker)
    if here:
        return _unanswered(here[0], asker)
    if known:
        return _elsewhere(known, asker)
    return _unknown(asker, relations)


def _answered(found: list[KnownName], asker: Container) -> NamePrediction:
    addresses = tuple(dict.fromkeys(address for one in found for address in one.addresses))
    first = found[0]
    if len({one.addresses for one in found}) > 1:
        reason = N_(
            CONTEXT,
            "{asker} is on {networks}, and the name stands for something else on each: which of them "
            "answers first decides.",
            asker=asker.name,
            networks=", ".join(one.network.name for one in found),
        )
        return NamePrediction(Verdict.DEPENDS, reason, addresses, first.network)
    if first.answers is Verdict.DEPENDS:
        return NamePrediction(Verdict.DEPENDS, first.reason, addresses, first.network)
    reason = first.clash or N_(
        CONTEXT, "Both are on {network}, whose resolver answers.", network=first.network.name
    )
    return NamePrediction(Verdict.YES, reason, addresses, first.network)


def _unanswered(found: KnownName, asker: Container) -> NamePrediction:
    itself = ObjectRef(ObjectKind.CONTAINER, asker.id) in found.owners
    if itself and found.name == asker.id[:12]:
        reason = N_(CONTEXT, "It is the container's own host name, which it knows without asking.")
        return NamePrediction(Verdict.DEPENDS, reason, found.addresses, found.network)
    reason = N_(
        CONTEXT,
        "It is a name on {network} ({driver}), where nobody answers for names: {why}",
        network=found.network.name,
        driver=found.network.driver,
        why=found.reason,
    )
    return NamePrediction(Verdict.NO, reason, (), found.network)


def _elsewhere(known: list[KnownName], asker: Container) -> NamePrediction:
    reason = N_(
        CONTEXT,
        "It is a name on {networks}, and {asker} is not on it: names are known only on their network.",
        networks=", ".join(dict.fromkeys(one.network.name for one in known)),
        asker=asker.name,
    )
    if "." in known[0].name:  # a DNS server outside may know it all the same
        return NamePrediction(Verdict.DEPENDS, reason)
    return NamePrediction(Verdict.NO, reason)


def _unknown(asker: Container, relations: Relations) -> NamePrediction:
    if not asker.endpoints:
        return NamePrediction(Verdict.NO, N_(CONTEXT, "{name} is on no network.", name=asker.name))
    networks = {one.id: one for one in relations.snapshot.networks.known() or ()}
    mine = [networks[one.network_id] for one in asker.endpoints if one.network_id in networks]
    if all(one.driver == "null" for one in mine):
        return NamePrediction(Verdict.NO, N_(CONTEXT, "{name} is on no network.", name=asker.name))
    if _resolver_asks_nobody(mine, relations):
        reason = N_(
            CONTEXT,
            "No container on its networks has that name, and the resolver of this engine asks no DNS server "
            "outside. Windows then turns to the endpoint's other DNS servers, but not in every program: "
            "nslookup asks the first one only.",
        )
        return NamePrediction(Verdict.DEPENDS, reason)
    return NamePrediction(
        Verdict.DEPENDS,
        N_(
            CONTEXT,
            "No container on its networks has that name: a DNS server outside may know it.",
        ),
    )


def _resolver_asks_nobody(networks: list[Network], relations: Relations) -> bool:
    """Whether the containers' first DNS server is an engine's resolver that does not ask others for what it
    does not know (reference, 2.9). Behind it endpoints have the DNS servers of the network or the host
    (reference, 5.4), to which Windows does not consistently fall back (moby, ``addEpToResolver``).
    """
    if any(one.driver not in ("nat", "overlay") for one in networks):
        return False
    return forwards(relations.snapshot.engine.known()) is False
