"""Calls that must not be made in the window, each with what it does (model-codebases, 6.4 and 7)."""

import re
from pathlib import Path

import pytest

import console.ui

FORBIDDEN = {
    "a nested event loop kills other tasks for good": r"\.exec\(|processEvents|QMenu\.exec",
    "static dialogs spin a nested event loop": (
        r"QMessageBox\.(question|warning|critical|information|about)\(|QFileDialog\.get\w+\("
    ),
    "tasks without an owner can't be cancelled": r"asyncSlot|asyncClose|ensure_future|asyncio\.create_task",
    "the program ends by returning from run()": r"sys\.exit\(|os\._exit\(|\.quit\(\)",
}


@pytest.mark.parametrize("reason", FORBIDDEN)
def test_that_the_window_makes_no_call_that_breaks_its_event_loop(reason):
    sources = list(Path(console.ui.__file__).parent.rglob("*.py"))
    assert len(sources) > 10
    guilty = {path.name for path in sources if re.search(FORBIDDEN[reason], path.read_text("utf-8"))}
    assert not guilty, reason


def test_that_only_the_session_asks_for_explanations_because_it_knows_the_way_to_the_engine():
    sources = Path(console.ui.__file__).parent.rglob("*.py")
    asking = {path.name for path in sources if "console.checks.errors" in path.read_text("utf-8")}
    assert asking == {"session.py"}
