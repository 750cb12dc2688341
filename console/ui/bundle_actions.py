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
        N_(CONTEXT, "Write all that is known of the host shown to one file, without credentials"),
        Icon.EXPORT, "", without_host,
    ),
    Action(
        "bundle-open", N_(CONTEXT, "&Open support bundle…"),
        N_(CONTEXT, "Look at the host in a support bundle, as it was when it was saved"), Icon.BUNDLE,
    ),
    Action(
        "bundle-compare", N_(CONTEXT, "Co&mpare…"),
        N_(CONTEXT, "See what is different between a host and a support bundle, or two of them"),
        Icon.COMPARE,
    ),
)  # fmt: skip

BUNDLE_MENU = ("bundle-save", "bundle-open", "bundle-compare", SEPARATOR)
