"""What can be done with the checks' findings, as actions of the window.

None asks for a connection: that the engine does not answer is a finding too, and has its ways out.
"""

from __future__ import annotations

from console.domain.text import N_, Text
from console.ui.actions import SEPARATOR, Action, Context
from console.ui.icons import Icon

CONTEXT = "Actions"


def _without_finding(context: Context) -> Text | None:
    if context.page != "checks":
        return N_(CONTEXT, "Go to the page Checks first.")
    return None if context.finding is not None else N_(CONTEXT, "Select a finding first.")


def _without_page(context: Context) -> Text | None:
    blocked = _without_finding(context)
    if blocked is not None or context.finding_has_page:
        return blocked
    return N_(CONTEXT, "It is about the host as a whole, or about something without a page of its own.")


CHECK_ACTIONS: tuple[Action, ...] = (
    Action(
        "checks-run", N_(CONTEXT, "Run a&gain"), N_(CONTEXT, "Read the host again and run every check"),
        Icon.REFRESH,
    ),
    Action(
        "finding-fix", N_(CONTEXT, "Fi&x…"), N_(CONTEXT, "Go through the remedies for the selected finding"),
        Icon.FIX, "", _without_finding,
    ),
    Action(
        "finding-show", N_(CONTEXT, "Sh&ow the object"),
        N_(CONTEXT, "Go to the object that the finding is about"), Icon.INFO, "", _without_page,
    ),
    Action(
        "finding-help", N_(CONTEXT, "Help p&age"), N_(CONTEXT, "Read the help page of the finding's check"),
        Icon.HELP, "", _without_finding,
    ),
)  # fmt: skip

CHECKS_TOOLBAR = ("checks-run", SEPARATOR, "finding-fix", "finding-show", "finding-help")
FINDING_MENU = ("finding-fix", "finding-show", "finding-help", SEPARATOR, "copy-rows", "copy-cell")
CHECKS_MENU = ("checks-run", SEPARATOR, "finding-fix", "finding-show", "finding-help")
