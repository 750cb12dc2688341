"""What can be done with support bundles, as actions of the window."""

from __future__ import annotations

from console.domain.text import N_, Text
from console.ui.actions import SEPARATOR, Action, Context
from console.ui.icons import Icon

CONTEXT = "BundleActions"


def without_host(context: Context) -> Text | None:
    """Blocked while no host is open; one that does not answer can be saved as it is known."""
    return None if context.open_hosts else N_(CONTEXT, "Choose a host first.")


BUNDLE_ACTIONS: tuple[Action, ...] = (
    Action(
        "bundle-save", N_(CONTEXT, "&Save support bundle…"),
        N_(CONTEXT, "Write everything known about the host shown to one file, without credentials"),
        Icon.EXPORT, "", without_host,
    ),
    Action(
        "bundle-open", N_(CONTEXT, "&Open support bundle…"),
        N_(CONTEXT, "View the host in a support bundle, as it was when it was saved"), Icon.BUNDLE,
    ),
    Action(
        "bundle-compare", N_(CONTEXT, "Co&mpare…"),
        N_(CONTEXT, "Compare a host with a support bundle, or two of them with each other"),
        Icon.COMPARE,
    ),
)  # fmt: skip

BUNDLE_MENU = ("bundle-save", "bundle-open", "bundle-compare", SEPARATOR)
