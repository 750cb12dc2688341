"""What can be done with a practice scenario, as actions of the window."""

from __future__ import annotations

from console.domain.text import N_, Text
from console.ui.actions import SEPARATOR, Action, Context
from console.ui.icons import Icon

CONTEXT = "PracticeActions"


def _without_lesson(context: Context) -> Text | None:
    if context.page != "practice":
        return N_(CONTEXT, "Go to the page Practice first.")
    return None if context.lesson is not None else N_(CONTEXT, "Select a scenario first.")


def _not_restartable(context: Context) -> Text | None:
    if context.restartable:
        return None
    return N_(CONTEXT, "Only a practice host can be restarted from here; none is shown.")


PRACTICE_ACTIONS: tuple[Action, ...] = (
    Action(
        "practice-go", N_(CONTEXT, "&Practice"),
        N_(CONTEXT, "Hosts that are broken on purpose, to practise on: nothing real is touched"),
        Icon.PRACTICE,
    ),
    Action(
        "practice-restart", N_(CONTEXT, "Restar&t this practice host…"),
        N_(CONTEXT, "Restart its Windows: what waits for a restart takes effect"), Icon.REFRESH, "",
        _not_restartable,
    ),
    Action(
        "practice-break", N_(CONTEXT, "&Break it"),
        N_(CONTEXT, "Open a practice host that is broken like that, and see what the checks find"),
        Icon.ERROR, "", _without_lesson,
    ),
    Action(
        "practice-show", N_(CONTEXT, "&Show me"),
        N_(CONTEXT, "Try it on the practice host and show the real answer"), Icon.COMMAND, "",
        _without_lesson,
    ),
    Action(
        "practice-fix", N_(CONTEXT, "&Follow the fix…"),
        N_(CONTEXT, "Go through the remedies on the practice host"), Icon.FIX, "", _without_lesson,
    ),
    Action(
        "practice-over", N_(CONTEXT, "Start o&ver"),
        N_(CONTEXT, "Reset the practice host to its initial, broken state"), Icon.UNDO, "",
        _without_lesson,
    ),
)  # fmt: skip

PRACTICE_MENU = ("practice-show", "practice-break", "practice-fix", SEPARATOR, "practice-over")
"""In the order in which one learns: how it shows, what the checks find, the way out."""
