"""What can be done with a Compose project, as actions of the window."""

from __future__ import annotations

from console.domain.text import N_, Text
from console.ui.actions import SEPARATOR, Action, Context, off_networks_page, without_connection
from console.ui.icons import Icon

CONTEXT = "Actions"


def _off_page(context: Context) -> Text | None:
    return None if context.page == "compose" else N_(CONTEXT, "Go to the page Compose first.")


def _without_project(context: Context) -> Text | None:
    return _off_page(context) or (
        None if context.compose is not None else N_(CONTEXT, "Open a Compose file first.")
    )


def _nothing_to_create(context: Context) -> Text | None:
    blocked = without_connection(context) or _without_project(context)
    if blocked is not None or context.compose is None or context.snapshot is None:
        return blocked
    # Imported here: the first paint needs no Compose.
    from console.domain.compose.standing import creation_plan

    if creation_plan(context.compose, context.snapshot) is None:
        return N_(CONTEXT, "The host already has all networks that the project would create.")
    return None


def _without_networks(context: Context) -> Text | None:
    return off_networks_page(context) or (
        None if context.networks else N_(CONTEXT, "Select the networks in the table first.")
    )


COMPOSE_ACTIONS: tuple[Action, ...] = (
    Action(
        "compose-open", N_(CONTEXT, "&Open Compose files…"),
        N_(CONTEXT, "Open one Compose file, or several that override each other"), Icon.COMPOSE_OPEN,
        "Ctrl+O", _off_page,
    ),
    Action(
        "compose-reload", N_(CONTEXT, "Read a&gain"), N_(CONTEXT, "Read the project's files again"),
        Icon.REFRESH, "", _without_project,
    ),
    Action(
        "compose-create", N_(CONTEXT, "C&reate networks…"),
        N_(CONTEXT, "Create the networks that docker compose up would create"), Icon.NETWORK_NEW, "",
        _nothing_to_create, changes_host=True,
    ),
    Action(
        "compose-existing", N_(CONTEXT, "Use &existing network…"),
        N_(CONTEXT, "Change the file to use an existing network of the host"), Icon.CONNECT, "",
        _without_project,
    ),
    Action(
        "compose-nat", N_(CONTEXT, "Custom &NAT…"),
        N_(CONTEXT, "Write a NAT network with a subnet of its own into the file"), Icon.NAT, "",
        _without_project,
    ),
    Action(
        "network-compose", N_(CONTEXT, "Export as Co&mpose…"),
        N_(CONTEXT, "Write the selected networks as a Compose file, or copy them"), Icon.COMPOSE, "",
        _without_networks,
    ),
)  # fmt: skip

COMPOSE_TOOLBAR = (
    "compose-open", "compose-reload", SEPARATOR, "compose-create", SEPARATOR, "compose-existing",
    "compose-nat",
)  # fmt: skip
COMPOSE_MENU = (*COMPOSE_TOOLBAR, SEPARATOR, "network-compose")
NETWORK_ROW_MENU = ("compose-existing", "compose-nat", SEPARATOR, "copy-rows", "copy-cell")
"""What can be done with a network of the project."""
