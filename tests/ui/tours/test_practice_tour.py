"""Through one scenario: how it shows, what the checks find, the way out, and that it is fixed."""

import pytest

from tests.person import Role

SCENARIOS = "Practice scenarios"


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)], ids=["wide", "small"])
def test_that_a_scenario_is_seen_broken_followed_and_fixed(visit, size):
    visitor = visit(f"practice-{size[0]}", scenario="default", size=size)
    visitor.go_to("Practice")
    visitor.wait(lambda: visitor.all(Role.Table, SCENARIOS) and visitor.rows(SCENARIOS))
    visitor.type("Search practice scenarios", "hns-not-running")
    visitor.wait(lambda: len(visitor.rows(SCENARIOS)) == 1)
    visitor.press("Return")
    visitor.waits_for(Role.EditableText, "Command")
    visitor.wait(lambda: "docker network create" in visitor.reads("Command"))
    visitor.picture("chosen")
    visitor.press_button("Show me")
    visitor.wait(lambda: "hnsCall failed in Win32" in visitor.reads("Answer"))
    visitor.wait(lambda: "Broken" in visitor.reads("State of the practice host"))
    visitor.picture("shown")
    visitor.press_button("Break it")
    visitor.wait(lambda: visitor.all(Role.Table, "Findings") and visitor.selected_rows("Findings"))
    visitor.picture("found")
    visitor.go_to("Practice")
    visitor.press_button("Follow the fix")
    visitor.waits_for(Role.Button, "Next")
    visitor.press_button("Next")
    visitor.waits_for(Role.Button, "Apply")
    visitor.press_button("Apply")
    visitor.wait(lambda: visitor.sees("Fixed. The check no longer finds it"))
    visitor.press_button("Close")
    visitor.wait(lambda: "Fixed" in visitor.reads("State of the practice host"))
    visitor.picture("fixed")
    visitor.press_button("Start over")
    visitor.wait(lambda: "Broken" in visitor.reads("State of the practice host"))
    visitor.press_button("Clear the search field")
    visitor.wait(lambda: len(visitor.rows(SCENARIOS)) > 50)
    visitor.picture("all")
