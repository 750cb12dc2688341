"""Another host is shown while something about the one before is still being worked out."""

import asyncio
import threading
from contextlib import contextmanager

import pytest

from console.backend.failures import EngineError
from console.ui.map.addresses import AddressView
from console.ui.map.scene import MapScene
from tests.person import Role
from tests.ui.map.conftest import LIST

MORE_THAN_THERE_ARE_THREADS = 8


@pytest.fixture
def work_is_held(loop):
    """A block in which nothing that the window hands to other threads begins."""

    @contextmanager
    def held():
        release = threading.Event()
        for _ in range(MORE_THAN_THERE_ARE_THREADS):
            loop.run_in_executor(None, release.wait)
        try:
            yield
        finally:
            release.set()

    return held


@pytest.fixture
def two_hosts(practice, session, person, run):
    """A crowded host, which is shown, and an empty one that is open beside it; both are known."""
    crowded, empty = practice(scenario="crowded"), practice(scenario="empty")
    for opened in (empty, crowded):
        run(session.open(opened.service, opened.close))
        person.wait(lambda: session.connected and session.snapshot.facts.services.known() is not None)
    return crowded.service, empty.service


def tell_anew(service):
    """Publish what is known already as news, as a look at the host does that found something changed."""
    service._publish(service.snapshot.model_copy())


def test_that_a_page_that_was_working_fills_for_the_host_that_is_shown_next(
    two_hosts, session, person, run, work_is_held
):
    crowded, empty = two_hosts
    person._window.go_to("ports")
    person.wait(lambda: person.all(Role.Table, "Held ports") and person.rows("Held ports"))
    with work_is_held():
        tell_anew(crowded)
        run(asyncio.sleep(0))
        run(asyncio.sleep(0))
        session.show(empty)
        assert not person.rows("Held ports")
    person.wait(lambda: person.rows("Held ports"))


def test_that_the_map_never_draws_the_host_that_was_shown_before(
    two_hosts, session, person, run, work_is_held
):
    crowded, empty = two_hosts
    person._window.go_to("map")
    person.wait(lambda: person.in_front.findChild(MapScene) is not None)
    scene = person.in_front.findChild(MapScene)
    person.wait(lambda: scene.picture is not None)
    person.click(Role.PageTab, "As a list")
    person.wait(lambda: "corp" in {row["Name"] for row in person.rows(LIST)})
    drawn = []
    with work_is_held():
        tell_anew(crowded)
        run(asyncio.sleep(0))
        run(asyncio.sleep(0))
        session.show(empty)
        scene.arrived.connect(lambda: drawn.append({look.title for look in scene.picture.nodes.values()}))
    person.wait(lambda: drawn and "nat" in drawn[-1])
    assert not any("corp" in titles for titles in drawn)
    person.wait(lambda: "nat" in {row["Name"] for row in person.rows(LIST)})
    assert "corp" not in {row["Name"] for row in person.rows(LIST)}


def test_that_blocks_of_the_host_before_are_not_offered_for_a_network(
    two_hosts, session, tasks, state, desk, qtbot, run, work_is_held
):
    view = AddressView(session, tasks, state, lambda _dialog: None, desk)
    view.show()
    with work_is_held():
        view.look_at(session.snapshot)
        run(asyncio.sleep(0))
        view.clear()
    qtbot.waitUntil(lambda: not any("AddressView" in str(task) for task in tasks.under_way))
    assert view.model.total == 0
    view.look_at(session.snapshot)
    qtbot.waitUntil(lambda: view.model.total > 0)


def test_that_a_failed_look_at_the_host_before_is_not_told_of_the_one_that_is_shown(
    practice, session, person, run
):
    gone, here = practice(scenario="empty"), practice(os_build=14393)
    for opened in (here, gone):
        run(session.open(opened.service, opened.close))
        person.wait(lambda: session.connected and person.rows("Networks"))
    run(asyncio.to_thread(gone.server.stop))
    person._window.page("networks").refresh()
    run(asyncio.sleep(0))  # it looks at the host that is shown now
    session.show(here.service)
    with pytest.raises(EngineError):
        run(gone.service.observe())
    person.wait(lambda: person.rows("Networks"))
    assert not person.sees("The host could not be read.")
    session.show(gone.service)
    person.wait(lambda: not session.connected)


def test_that_what_failed_on_the_host_before_is_not_said_above_the_one_that_is_shown(
    practice, session, person, run
):
    gone, here = practice(scenario="empty"), practice(os_build=14393)
    for opened in (here, gone):
        run(session.open(opened.service, opened.close))
        person.wait(lambda: session.connected and person.rows("Networks"))
    run(asyncio.to_thread(gone.server.stop))
    person._window.page("networks").refresh()
    person.wait(lambda: person.sees("The host could not be read."))
    session.show(here.service)
    person.wait(lambda: person.rows("Networks"))
    assert not person.sees("The host could not be read.")
