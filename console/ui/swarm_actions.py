"""What can be done with the host's part in a swarm, as actions of the window."""

from __future__ import annotations

from console.domain.text import N_, Text
from console.ui.actions import SEPARATOR, Action, Context, without_connection
from console.ui.icons import Icon

CONTEXT = "Actions"


def _off_page(context: Context) -> Text | None:
    return None if context.page == "swarm" else N_(CONTEXT, "Go to the page Swarm first.")


def _in_a_swarm(context: Context) -> Text | None:
    blocked = _off_page(context) or without_connection(context)
    engine = context.snapshot.engine.known() if context.snapshot is not None else None
    if blocked is not None or engine is None or engine.swarm.local_node_state == "inactive":
        return blocked
    return N_(CONTEXT, "The host is already in a swarm.")


def _in_no_swarm(context: Context) -> Text | None:
    blocked = _off_page(context) or without_connection(context)
    engine = context.snapshot.engine.known() if context.snapshot is not None else None
    if blocked is not None or (engine is not None and engine.swarm.local_node_state != "inactive"):
        return blocked
    return N_(CONTEXT, "The host is not in a swarm.")


SWARM_ACTIONS: tuple[Action, ...] = (
    Action(
        "swarm-init", N_(CONTEXT, "Create s&warm…"),
        N_(CONTEXT, "Make this host the first manager of a new swarm"), Icon.SWARM, "", _in_a_swarm,
        changes_host=True,
    ),
    Action(
        "swarm-join", N_(CONTEXT, "&Join swarm…"), N_(CONTEXT, "Make this host a node of a swarm"),
        Icon.CONNECT, "", _in_a_swarm, changes_host=True,
    ),
    Action(
        "swarm-leave", N_(CONTEXT, "&Leave swarm…"), N_(CONTEXT, "Take this host out of its swarm"),
        Icon.DISCONNECT, "", _in_no_swarm, changes_host=True,
    ),
)  # fmt: skip

SWARM_BAR = ("swarm-init", "swarm-join", SEPARATOR, "swarm-leave")
