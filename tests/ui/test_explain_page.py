"""The page that explains pastes, as a person uses it on the practice host."""

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication

from console.checks.explain import explain_paste
from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec
from tests.domain.hosts import shim
from tests.person import Role

TEXT = "Error or log text"
COMMANDS = "Commands or Compose file"
NOT_VISIBLE = "Error response from daemon: hnsCall failed in Win32: An adapter was not found. (0x803b0006)"


@pytest.fixture
def at_explain(before_host):
    def go(**how):
        person = before_host(**how)
        person._window.go_to("explain")
        person.waits_for(Role.EditableText, TEXT)
        return person

    return go


def _press_by_keyboard(person, beginning):
    """Go with Tab to the button whose name begins so, wherever it has to be scrolled to, and press it."""
    for _ in range(60):
        if person.keyboard_is_on.startswith(beginning):
            person.press("Space")
            return
        person.press("Tab")
    raise AssertionError(f"the keyboard never comes to {beginning!r}")


def _value(person, name):
    return person.find(Role.EditableText, name).text(QAccessible.Text.Value)


def test_that_an_error_is_explained_as_it_is_typed_and_what_the_host_shows_comes_first(at_explain):
    person = at_explain(scenario="hidden-vswitch")
    person.type(TEXT, NOT_VISIBLE)
    person.wait(lambda: person.sees("explanations, the likeliest first"))
    person.wait(lambda: person.sees("An adapter was not found"))
    person.wait(lambda: person.sees("The checks find it on this host now."))
    _press_by_keyboard(person, "Show the finding: ")
    person.wait(lambda: person.rows("Findings"))
    assert person.rows("Findings")[0]["Finding"] == "Docker does not see a vSwitch"


def test_that_a_text_about_something_else_is_said_to_be_unknown(at_explain):
    person = at_explain(scenario="default")
    assert person.sees("What the text means, how to tell the causes apart, and what to do, stands here.")
    assert not person.can(Role.Button, "Clear")
    person.type(TEXT, "Segmentation fault (core dumped)")
    person.wait(lambda: person.sees("Unknown: nothing in this text is a container networking error"))
    person.press_button("Clear")
    person.wait(lambda: not person.sees("Unknown: nothing"))
    assert person.sees("What the text means, how to tell the causes apart, and what to do, stands here.")


def test_that_a_command_is_judged_rewritten_and_opened_in_the_wizard(at_explain):
    person = at_explain(scenario="default")
    person.click(Role.PageTab, "Commands and Compose files")
    QGuiApplication.clipboard().setText(
        "PS C:\\> docker network create -d nat --internal --subnet=10.33.0.5/24 --gateway=10.33.0.1 shop"
    )
    person.press_button("Paste")
    person.wait(lambda: person.sees("It asks for something Windows does not support."))
    assert person.sees("--internal does not isolate on Windows")
    rewritten = person.reads("What works instead of 1")
    assert "--subnet=10.33.0.0/24" in rewritten or "--subnet 10.33.0.0/24" in rewritten
    assert "--internal" not in rewritten
    assert person.sees("Without --internal: what that was meant for, this does not do.")
    _press_by_keyboard(person, "Open in the wizard")
    person.wait(lambda: person.sees("Choose how the containers connect"))
    person.press_button("Next")
    person.wait(lambda: _value(person, "Subnet") == "10.33.0.0/24")
    person.press_button("Cancel")


def test_that_an_error_card_offers_all_else_that_its_words_may_mean(before_host, session, run):
    person = before_host(scenario="hidden-vswitch")
    spec = NetworkSpec(name="corp", driver="transparent", options=shim(interface="Ethernet"))
    refused = CreateNetwork(spec=spec)
    run(session.service.apply(Plan(title=refused.describe(), steps=(refused,))))
    person._window.go_to("activity")
    person.wait(lambda: person.all(Role.Table, "Activity") and person.rows("Activity"))
    person.click_row("Activity", person.rows("Activity")[0]["When"])
    person.waits_for(Role.Button, "More explanations…")
    person.press_button("More explanations…")
    person.wait(lambda: person.sees("What this error may mean") and person.sees("find it on this host now"))
    _press_by_keyboard(person, "Show the finding: ")
    person.wait(lambda: person.all(Role.Table, "Findings") and person.rows("Findings"))


@pytest.mark.parametrize(
    ("scenario", "weighs"),
    [("hidden-vswitch", 1), ("healthy", -1), ("linux-engine", 0)],
    ids=["it fires here", "it was asked and is silent", "it is about another kind of engine"],
)
def test_that_the_host_shown_raises_or_lowers_the_confidence(before_host, session, run, scenario, weighs):
    person = before_host(scenario=scenario)
    person.wait(lambda: session.diagnosis.report is not None)
    alone = {match.check: match.confidence for match in explain_paste(NOT_VISIBLE).matches}

    def weighed():
        found = {match.check: match.confidence for match in run(session.explanations(NOT_VISIBLE)).matches}
        difference = found.get("hidden-vswitch", 0.0) - alone["hidden-vswitch"]
        return (difference > 0) - (difference < 0)

    person.wait(lambda: weighed() == weighs)  # the Windows side comes a moment after the engine
