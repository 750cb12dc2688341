"""Tab goes through dialogs as they are read, and a dialog that grows stays on the screen."""

import pytest
from PySide6.QtWidgets import QDialog

from console.ui.widgets.plan_view import CommandView
from tests.person import Role


@pytest.fixture
def making_switch(before_host):
    """A person before the question for a new vSwitch."""
    person = before_host(scenario="crowded")
    person.press("Alt+3")
    person.wait(lambda: person.all(Role.Table, "vSwitches") and person.rows("vSwitches"))
    person.press_button("New vSwitch")
    person.wait(lambda: person.keyboard_is_on == "Name")
    return person


def test_that_tab_goes_down_the_fields_to_the_commands_and_the_buttons(making_switch):
    person = making_switch
    person.type("Name", "Office")
    person.wait(lambda: person.can(Role.Button, "Create vSwitch"))
    stops = [person.keyboard_is_on]
    while len(stops) < 20:
        person.press("Tab")
        if person.keyboard_is_on == stops[0]:
            break
        stops.append(person.keyboard_is_on)
    fields = ["Name", "Type", "What happens meanwhile"]
    commands = ["Show commands for", "Copy: Commands", "Commands"]
    assert stops == [*fields, *commands, "Create vSwitch", "Cancel"]


def test_that_a_dialog_that_grows_is_moved_up_before_it_leaves_the_screen(making_switch):
    dialog = making_switch.in_front
    assert isinstance(dialog, QDialog)
    bottom = dialog.screen().availableGeometry().bottom()
    dialog.move(dialog.x(), bottom - dialog.frameGeometry().height())
    before, commands = dialog.height(), dialog.findChild(CommandView)
    commands.setMinimumHeight(before)
    making_switch.wait(lambda: dialog.height() > before)
    making_switch.wait(lambda: dialog.frameGeometry().bottom() <= bottom)
