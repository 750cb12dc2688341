"""The prediction for a pair of ends, and the matrix for a set of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.domain.discovery.names import KnownName
from console.domain.object_ref import ref_of
from console.domain.reachability import linux, sources, windows
from console.domain.reachability.model import (
    Ask,
    Hop,
    Layer,
    Party,
    PartyKind,
    Prediction,
    Way,
    best_first,
)
from console.domain.reachability.view import HostView
from console.domain.snapshot import Container
from console.domain.text import N_, Text
from console.domain.verdict import Verdict

CONTEXT = "Reachability"


def predicted(
    source: Party, target: Party, ask: Ask, view: HostView, names: Iterable[KnownName] = ()
) -> Prediction:
    """What becomes of ``ask`` from one end to the other. ``names`` (of the same snapshot) add whether
    the target is also found by name. A container that is gone gives a prediction that says so.
    """
    if source == target:
        return _alone(
            N_(CONTEXT, "To itself"), Layer.COMPARTMENT, Verdict.YES, N_(CONTEXT, "It is the same one.")
        )
    gone = next(
        (one for one in (source, target) if one.container and one.container not in view.containers), None
    )
    if gone is not None:
        return _alone(
            N_(CONTEXT, "Gone"), Layer.COMPARTMENT, Verdict.NO, N_(CONTEXT, "The container is gone.")
        )
    ends = [view.containers[one.container] for one in (source, target) if one.container]
    for container in ends:
        blocked = _without_network(container, view)
        if blocked is not None:
            return Prediction((Way(N_(CONTEXT, "Any way"), (blocked,)),))
    if len(ends) == 2 and view.stack_of(ends[0]).id == view.stack_of(ends[1]).id:
        words = N_(CONTEXT, "Both share one network compartment: they reach each other through localhost.")
        return _alone(N_(CONTEXT, "By localhost"), Layer.COMPARTMENT, Verdict.YES, words)
    ways = best_first(_ways(source, target, ask, view))
    return Prediction(ways, tuple(_found_by_name(source, target, view, names)))


def _alone(title: Text, layer: Layer, verdict: Verdict, words: Text) -> Prediction:
    return Prediction((Way(title, (Hop(layer, verdict, words, sources.TOPOLOGY),)),))


def _without_network(container: Container, view: HostView) -> Hop | None:
    if not container.running:
        words = N_(CONTEXT, "{name} is not running: it has no endpoint.", name=container.name)
        return Hop(
            Layer.COMPARTMENT,
            Verdict.NO,
            words,
            sources.STOPPED,
            ref_of(container),
        )
    lost = view.cut_off(container)
    if lost and not view.attachments(container):
        endpoint = lost[0].hns_endpoint
        words = N_(
            CONTEXT,
            "HNS reports the endpoint of {name} on {network} as {state}: it is not attached. Restarting "
            "the container gives it a new one.",
            name=container.name,
            network=lost[0].network.name,
            state=endpoint.state.value.lower() if endpoint is not None else "",
        )
        ref = ref_of(endpoint) if endpoint is not None else ref_of(container)
        return Hop(Layer.COMPARTMENT, Verdict.NO, words, sources.HNS, ref)
    if not view.attachments(container):
        words = N_(
            CONTEXT, "{name} is on no network: its compartment has only a loopback.", name=container.name
        )
        return Hop(Layer.COMPARTMENT, Verdict.NO, words, sources.LIBNETWORK, ref_of(container))
    return None


def _ways(source: Party, target: Party, ask: Ask, view: HostView) -> Iterator[Way]:
    first = view.containers.get(source.container)
    second = view.containers.get(target.container)
    if first is None and second is None:
        yield from _around(source, target, ask, view)
    elif not view.windows:
        yield from _on_linux(source, target, ask, view)
    elif first is not None and second is not None:
        yield from windows.container_to_container(first, second, ask, view)
    elif first is not None and target.kind is PartyKind.HOST:
        yield from windows.container_to_host(first, ask, view)
    elif first is not None:
        yield from windows.container_to_network(first, target, ask, view)
    elif second is not None and source.kind is PartyKind.HOST:
        yield from windows.host_to_container(second, ask, view)
    elif second is not None:
        yield from windows.network_to_container(source, second, ask, view)


def _on_linux(source: Party, target: Party, ask: Ask, view: HostView) -> Iterator[Way]:
    first = view.containers.get(source.container)
    second = view.containers.get(target.container)
    if first is not None and second is not None:
        yield from linux.between(first, second, ask, view)
    elif first is not None:
        yield from linux.outward(first, target, view)
    elif second is not None:
        yield from linux.inward(source, second, ask, view)


def _around(source: Party, target: Party, ask: Ask, view: HostView) -> Iterator[Way]:
    """Between ends that are no containers."""
    if source.kind is PartyKind.HOST:
        yield from windows.host_to_network(target, view)
    elif target.kind is PartyKind.HOST:
        yield from windows.network_to_host(source, ask, view)
    else:
        words = N_(CONTEXT, "This host has no part in it.")
        yield Way(
            N_(CONTEXT, "Bypassing this host"), (Hop(Layer.WIRE, Verdict.DEPENDS, words, sources.TOPOLOGY),)
        )


def _found_by_name(source: Party, target: Party, view: HostView, names: Iterable[KnownName]) -> Iterator[Hop]:
    """Whether a container can also call another one by its name."""
    if not (source.container and target.container):
        return
    asker, wanted = view.containers[source.container], view.containers[target.container]
    there = {one.network_id for one in asker.endpoints}
    known = [
        one
        for one in names
        if one.name == wanted.name and ref_of(wanted) in one.owners and one.network.id in there
    ]
    answered = [one for one in known if one.answers is not Verdict.NO]
    if answered:
        words = N_(CONTEXT, "{asker} finds it by the name {name}.", asker=asker.name, name=wanted.name)
        yield Hop(Layer.DISCOVERY, answered[0].answers, words, sources.DISCOVERY, ref_of(answered[0].network))
    else:
        words = N_(CONTEXT, "{asker} does not find it by name: use its address.", asker=asker.name)
        yield Hop(Layer.DISCOVERY, Verdict.NO, words, sources.DISCOVERY, ref_of(wanted))


def matrix(parties: Iterable[Party], ask: Ask, view: HostView) -> dict[tuple[Party, Party], Prediction]:
    """The prediction for each ordered pair of different ends."""
    ends = tuple(dict.fromkeys(parties))
    return {
        (source, target): predicted(source, target, ask, view)
        for source in ends
        for target in ends
        if source != target
    }
