"""The ends a person can choose, and how they are called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.domain.reachability.model import (
    AROUND,
    HOST,
    OTHER_HOST,
    OUTSIDE,
    Ask,
    Party,
    PartyKind,
    Protocol,
)
from console.domain.reachability.view import HostView
from console.ui.icons import Icon

CONTEXT = "Reachability"

MOST_CONTAINERS = 24
"""So many containers are in the matrix until somebody chooses others: more can't be taken in."""

MOST_LISTED = 1000

ICONS = {
    PartyKind.CONTAINER: Icon.CONTAINER,
    PartyKind.HOST: Icon.HOST,
    PartyKind.OTHER_HOST: Icon.ADAPTER,
    PartyKind.OUTSIDE: Icon.MAP,
}


def all_ends(view: HostView) -> tuple[Party, ...]:
    """The host, another one, the outside, and the containers by name: those that run come first where
    there are more than can be listed.
    """
    containers = sorted(view.containers.values(), key=lambda one: (not one.running, one.name.casefold()))
    containers = sorted(containers[:MOST_LISTED], key=lambda one: one.name.casefold())
    return (*AROUND, *(Party(PartyKind.CONTAINER, one.id) for one in containers))


def usual_ends(view: HostView, network: str = "") -> tuple[Party, ...]:
    """The ends of the matrix: containers that run (on ``network``, where one is given), then the rest."""
    running = [
        one
        for one in sorted(view.containers.values(), key=lambda one: one.name.casefold())
        if one.running and (not network or any(each.network_id == network for each in one.endpoints))
    ]
    return (*(Party(PartyKind.CONTAINER, one.id) for one in running[:MOST_CONTAINERS]), *AROUND)


def end_name(party: Party, view: HostView | None) -> str:
    """What people call an end."""
    say = QCoreApplication.translate
    words = {
        HOST: say(CONTEXT, "This host"),
        OTHER_HOST: say(CONTEXT, "Another host"),
        OUTSIDE: say(CONTEXT, "Outside"),
    }
    if party in words:
        return words[party]
    container = view.containers.get(party.container) if view is not None else None
    return container.name if container is not None else party.container[:12]


def ask_text(ask: Ask) -> str:
    """What is sent, in a few words."""
    say = QCoreApplication.translate
    if ask.protocol is Protocol.TCP:
        return say(CONTEXT, "TCP port {port}").format(port=ask.port)
    if ask.protocol is Protocol.ICMP:
        return say(CONTEXT, "Ping")
    return say(CONTEXT, "Any TCP port")
