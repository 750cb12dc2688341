"""Text to copy: its Copy button is there for what can be copied."""

from console.ui.widgets.code_view import CodeView
from tests.person import Person, Role


def test_that_nothing_is_copied_where_nothing_stands(desk, at_desk: Person):
    view = CodeView("Commands", desk)
    view.resize(400, 120)
    view.show()
    assert not at_desk.can(Role.Button, "Copy: Commands")
    view.show_text("docker network ls")
    assert at_desk.can(Role.Button, "Copy: Commands")
    view.show_text("")
    assert not at_desk.can(Role.Button, "Copy: Commands")
