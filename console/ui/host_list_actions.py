"""What can be done with the hosts that a person added, as actions of the window."""

from __future__ import annotations

from console.domain.text import N_, Text
from console.ui.actions import SEPARATOR, Action, Context
from console.ui.icons import Icon

CONTEXT = "HostListActions"


def off_hosts_page(context: Context) -> Text | None:
    """Blocked on other pages."""
    return None if context.page == "hosts" else N_(CONTEXT, "Go to the page Hosts first.")


def without_host(context: Context) -> Text | None:
    """Blocked until a host of the list is selected."""
    return off_hosts_page(context) or (
        None if context.hosts else N_(CONTEXT, "Select a host in the table first.")
    )


def without_one_host(context: Context) -> Text | None:
    """Blocked until exactly one host is selected."""
    return without_host(context) or (
        None if len(context.hosts) == 1 else N_(CONTEXT, "Select one host, not several.")
    )


HOST_LIST_ACTIONS: tuple[Action, ...] = (
    Action(
        "host-open", N_(CONTEXT, "&Open host"), N_(CONTEXT, "Open the selected host beside the others"),
        Icon.CONNECT, "", without_one_host,
    ),
    Action(
        "host-add", N_(CONTEXT, "&Add host…"), N_(CONTEXT, "Add a host by its address"),
        Icon.HOST, "", off_hosts_page,
    ),
    Action(
        "host-edit", N_(CONTEXT, "&Edit host…"), N_(CONTEXT, "Change how the selected host is reached"),
        Icon.RENAME, "", without_one_host,
    ),
    Action(
        "host-remove", N_(CONTEXT, "&Forget host…"),
        N_(CONTEXT, "Remove the selected hosts and their passwords from the console"),
        Icon.REMOVE, "", without_host,
    ),
    Action(
        "hosts-import", N_(CONTEXT, "&Import hosts…"), N_(CONTEXT, "Add the hosts of an exported file"),
        Icon.IMPORT, "", off_hosts_page,
    ),
    Action(
        "hosts-export", N_(CONTEXT, "E&xport hosts…"),
        N_(CONTEXT, "Write the selected hosts to a file for another computer, without passwords"),
        Icon.EXPORT, "", without_host,
    ),
)  # fmt: skip

HOST_LIST_BAR = (
    "host-open", SEPARATOR, "host-add", "host-edit", "host-remove", SEPARATOR, "hosts-import", "hosts-export",
)  # fmt: skip
HOST_LIST_MENU = ("host-open", "host-edit", "host-remove", SEPARATOR, "hosts-export", SEPARATOR, "copy-rows")
