"""What a page enables can be done there: no action of a menu, tool bar or palette does nothing."""

import pytest

from console.backend.hosts.stored import StoredHost
from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec
from console.startup import KnownHosts, Practice
from console.ui.actions import THEME_ACTIONS, ActionSet
from console.ui.pages.registry import PAGES
from tests.person import Person

SWITCHES = {"show-details", "map-labels", *THEME_ACTIONS}
"""They are on or off, and whoever shows something by them follows that."""

ROWS = {"networks", "checks", "activity", "practice", "hosts", "ports", "memory", "adapters"}
"""Pages that have rows on that host: what can be done with rows is enabled there."""


@pytest.fixture
def bound(monkeypatch):
    """On which pages each action does something; "" stands for all of them."""
    pages = {}
    bind = ActionSet.bind

    def recording(actions, action_id, run, page=""):
        pages.setdefault(action_id, set()).add(page)
        bind(actions, action_id, run, page)

    monkeypatch.setattr(ActionSet, "bind", recording)
    return pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_that_every_action_that_a_page_enables_does_something_there(
    page, bound, make_window, profile, practice, session, run, qtbot, tasks
):
    known = KnownHosts(profile, Practice(20348))
    run(known.directory.put(StoredHost(name="lab", engine_url="tcp://lab:2375")))
    window = make_window(known)
    person = Person(qtbot, window)
    run(session.open(practice(scenario="hidden-vswitch").service))
    person.wait(lambda: session.connected and session.network_rows)
    step = CreateNetwork(spec=NetworkSpec(name="mine", driver="nat"))
    run(session.service.apply(Plan(title=step.describe(), steps=(step,))))
    made = window.page(page.id)
    actions = window.findChild(ActionSet)
    judged = []
    actions.judged.connect(lambda: judged.append(page.id))
    person.wait(lambda: not any("_load" in repr(task) for task in tasks.under_way))  # all of it is there
    person.wait(lambda: page.id not in ROWS or made.context().visible_rows)
    made.contextChanged.emit()
    person.wait(lambda: judged)
    idle = [
        action.id
        for action in actions.declared()
        if actions[action.id].isEnabled()
        and action.id not in SWITCHES
        and not bound.get(action.id, set()) & {"", page.id}
    ]
    assert idle == []
    run(known.close())
