"""What can be done to containers, as actions of the window.

What each one does and why it may be blocked stands in :mod:`console.ui.inventory.deeds`.
"""

from __future__ import annotations

from console.domain.text import N_, Text
from console.ui.actions import SEPARATOR, Action
from console.ui.host_actions import deed_blocked
from console.ui.icons import Icon

CONTEXT = "Actions"


def _action(deed: str, text: Text, tip: Text, which: Icon, shortcut: str = "") -> Action:
    return Action(deed, text, tip, which, shortcut, deed_blocked(deed))


CONTAINER_ACTIONS: tuple[Action, ...] = (
    _action(
        "container-run", N_(CONTEXT, "&Run container…"), N_(CONTEXT, "Create a container and start it"),
        Icon.CONTAINER_NEW, "Ctrl+Shift+N",
    ),
    _action(
        "container-start", N_(CONTEXT, "&Start container…"), N_(CONTEXT, "Start the selected containers"),
        Icon.START,
    ),
    _action(
        "container-stop", N_(CONTEXT, "S&top container…"),
        N_(CONTEXT, "Stop the selected containers, after showing what that interrupts"), Icon.STOP,
    ),
    _action(
        "container-restart", N_(CONTEXT, "R&estart container…"),
        N_(CONTEXT, "Stop the selected containers and start them again"), Icon.REFRESH,
    ),
    _action(
        "container-remove", N_(CONTEXT, "Re&move container…"),
        N_(CONTEXT, "Remove the selected containers, after showing what is lost"), Icon.REMOVE, "Del",
    ),
    _action(
        "container-connect", N_(CONTEXT, "&Connect to network…"),
        N_(CONTEXT, "Connect the selected container to another network"), Icon.CONNECT,
    ),
    _action(
        "container-disconnect", N_(CONTEXT, "&Disconnect from network…"),
        N_(CONTEXT, "Disconnect the selected container from a network"), Icon.DISCONNECT,
    ),
    _action(
        "container-address", N_(CONTEXT, "Change &address…"),
        N_(CONTEXT, "Give the selected container another address on one of its networks"), Icon.RENAME, "F2",
    ),
)  # fmt: skip

CONTAINER_BAR = (
    "container-run", SEPARATOR, "container-start", "container-stop", "container-restart",
    "container-remove", SEPARATOR, "container-connect", "container-disconnect",
)  # fmt: skip
"""The order in which tool bar and menus show them."""

CONTAINER_MORE = ("container-address",)
"""What stands in menus only: the bar of a small window has no room for more."""
