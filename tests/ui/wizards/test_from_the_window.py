"""The way from the window into the wizard and back."""

from tests.person import Role


def test_that_the_new_network_is_selected_in_the_table_of_the_window(session, host, make_window, qtbot):
    from tests.ui.wizards.conftest import Filler

    window = make_window()
    host()
    person = Filler(qtbot, window)
    person.wait(lambda: person.cell("Networks", "nat"))
    person.press("Ctrl+N")
    person.is_at("Choose how the containers connect")
    person.press("Alt+N")
    person.is_at("Decide how containers get their addresses")
    person.press("Alt+N")
    person.is_at("Name the network")
    person.type("Name", "web")
    person.skip()
    person.create()
    person.wait(lambda: person.in_front is window)
    person.wait(lambda: person.selected_rows("Networks") == ["web"])
    assert person.can(Role.Table, "Networks")
