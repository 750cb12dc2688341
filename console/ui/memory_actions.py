"""What can be done with remembered networks, as actions of the window."""

from __future__ import annotations

from console.domain.text import N_, Text
from console.ui.actions import SEPARATOR, Action, Context, without_connection
from console.ui.icons import Icon

CONTEXT = "Actions"


def _without_choice(context: Context) -> Text | None:
    if context.page != "memory":
        return N_(CONTEXT, "Go to the page Remembered first.")
    return None if context.remembered else N_(CONTEXT, "Select a remembered network first.")


def _not_restorable(context: Context) -> Text | None:
    blocked = without_connection(context) or _without_choice(context)
    snapshot = context.snapshot
    if blocked is not None or snapshot is None:
        return blocked
    # Imported here: the rules for networks are much, and the first paint needs none of them.
    from console.domain.memory import restore_blocked_because

    reasons = (restore_blocked_because(one, snapshot) for one in context.remembered)
    return next((reason for reason in reasons if reason is not None), None)


def _not_forgettable(context: Context) -> Text | None:
    blocked = _without_choice(context)
    if blocked is not None:
        return blocked
    if any(one.state != "gone" for one in context.remembered):
        return N_(CONTEXT, "A network that is present stays remembered. Only gone ones can be forgotten.")
    return None


MEMORY_ACTIONS: tuple[Action, ...] = (
    Action(
        "memory-restore", N_(CONTEXT, "&Restore…"),
        N_(CONTEXT, "Recreate the network as it was, with the containers that were on it"), Icon.UNDO, "",
        _not_restorable, changes_host=True,
    ),
    Action(
        "memory-forget", N_(CONTEXT, "F&orget"),
        N_(CONTEXT, "Stop remembering the network; the host is not changed"), Icon.REMOVE, "Del",
        _not_forgettable,
    ),
)  # fmt: skip

MEMORY_BAR = ("memory-restore", "memory-forget", SEPARATOR, "refresh")
MEMORY_MENU = ("memory-restore", "memory-forget", SEPARATOR, "copy-rows", "copy-cell")
