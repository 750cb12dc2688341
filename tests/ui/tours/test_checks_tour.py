"""Through the checks, the guided fix, the explanations and the help."""

from tests.person import Role


def _fix_buttons(visitor):
    return [name for name in visitor.names(Role.Button) if name.startswith("Fix: ")]


def _walk_checks(visitor):
    visitor._window.go_to("checks")
    visitor.wait(lambda: visitor.rows("Findings") and len(_fix_buttons(visitor)) == 3)
    visitor.picture("findings")
    visitor.press_button("Fix")
    visitor.wait(lambda: visitor.sees("Choose a remedy") and len(visitor.all(Role.RadioButton)) == 3)
    visitor.picture("choose")
    visitor.press_button("Next")
    visitor.waits_for(Role.Button, "I have done this: check again")
    visitor.picture("by-hand")
    visitor.press_button("I have done this: check again")
    visitor.waits_for(Role.Button, "Next remedy")
    visitor.picture("worked-around")
    visitor.press_button("Next remedy")
    visitor.waits_for(Role.Button, "Apply")
    visitor.picture("review")
    visitor.press_button("Apply")
    visitor.wait(lambda: visitor.sees("Fixed. The check no longer finds it"))
    visitor.picture("fixed")
    visitor.press_button("Close")
    visitor.wait(lambda: visitor.sees("Nothing is wrong"))
    visitor.picture("nothing")


def test_that_the_checks_say_what_is_wrong_and_lead_out_of_it(visit):
    _walk_checks(visit("checks", scenario="hidden-vswitch", size=(1280, 800)))


def test_that_the_checks_fit_into_a_small_window(visit):
    _walk_checks(visit("checks-small", scenario="hidden-vswitch", size=(800, 600)))


PASTE = (
    "docker: Error response from daemon: container e15d99c0 encountered an error during CreateContainer: "
    "failure in a Windows system call: Element not found. (0x490)"
)
COMMAND = "docker network create -d nat --internal --subnet=10.33.0.5/24 --gateway=10.33.0.1 shop"


def _walk_explaining(visitor):
    visitor._window.go_to("explain")
    visitor.waits_for(Role.EditableText, "Error or log text")
    visitor.picture("empty")
    visitor.type("Error or log text", PASTE)
    visitor.wait(lambda: visitor.sees("the likeliest first") or visitor.sees("One explanation."))
    visitor.picture("error")
    visitor.click(Role.PageTab, "Commands and Compose files")
    visitor.type("Commands or Compose file", COMMAND)
    visitor.wait(lambda: visitor.sees("It asks for something Windows does not support."))
    visitor.picture("command")


def test_that_pastes_are_explained(visit):
    _walk_explaining(visit("explain", scenario="ipv6-disabled", size=(1280, 800)))


def test_that_the_explanations_fit_into_a_small_window(visit):
    _walk_explaining(visit("explain-small", scenario="ipv6-disabled", size=(800, 600)))


def test_that_findings_stand_with_the_objects_they_concern(visit):
    visitor = visit("findings", scenario="vfp-extension-off", size=(1280, 800))
    visitor._window.go_to("switches")
    visitor.wait(lambda: visitor.all(Role.Table, "vSwitches") and visitor.rows("vSwitches"))
    visitor.wait(lambda: any(row["Checks"] for row in visitor.rows("vSwitches")))
    visitor.click_row("vSwitches", next(row["Name"] for row in visitor.rows("vSwitches") if row["Checks"]))
    visitor.waits_for(Role.Button, "Error: The Virtual Filtering Platform is off where a network needs it")
    visitor.picture("switch")


def _walk_help(visitor):
    visitor.press("F1")
    visitor.waits_for(Role.EditableText, "Search the help")
    visitor.wait(lambda: "Which driver?" in visitor.entries_of("Help pages"))
    visitor.picture("drivers")
    visitor.type("Search the help", "vlan")
    visitor.wait(lambda: len(visitor.entries_of("Help pages")) < 20)
    visitor.picture("search")


def test_that_the_help_can_be_read(visit):
    _walk_help(visit("help", size=(1280, 800)))


def test_that_the_help_fits_into_a_small_window(visit):
    _walk_help(visit("help-small", size=(800, 600)))
