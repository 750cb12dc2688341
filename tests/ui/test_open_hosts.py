"""Several hosts open side by side: one is shown, the others go on."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar

from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.startup import KnownHosts, Practice
from console.ui.actions import ACTIONS, READ_ONLY, Context
from console.ui.dialogs.plan_dialog import ApplyPlanDialog
from console.ui.hosts import Consent
from console.ui.window import FURTHER_ACTIONS
from tests.person import Role


def names(person):
    return [row["Name"] for row in person.rows("Networks")]


def test_that_a_host_that_is_not_shown_goes_on_and_is_all_there_when_it_is_shown_again(
    practice, session, person, run
):
    first, second = practice(), practice(os_build=14393)
    run(session.open(first.service, first.close))
    person.wait(lambda: session.connected and "nat" in names(person))
    run(session.open(second.service, second.close))
    person.wait(lambda: session.service is second.service and "14393" in person.reads("Host status"))
    assert session.hosts == (first.service, second.service)
    person.wait(lambda: "nat" in names(person))  # the second's
    step = CreateNetwork(spec=NetworkSpec(name="meanwhile", driver="nat"))
    run(first.service.apply(Plan(title=N_("Test", "Create"), steps=(step,))))
    assert "meanwhile" not in names(person)
    session.show(first.service)
    person.wait(lambda: "meanwhile" in names(person))
    assert session.snapshot.host == first.service.identity


def test_that_closing_the_shown_host_shows_the_one_opened_before(practice, session, person, run):
    first, second = practice(), practice(os_build=14393)
    run(session.open(first.service, first.close))
    run(session.open(second.service, second.close))
    run(session.close_host(second.service))
    assert session.service is first.service
    assert second.service.status.state == "closed"
    assert first.service.status.state != "closed"
    run(session.close_host(first.service))
    assert session.service is None
    assert session.hosts == ()


def test_that_the_button_of_a_tab_closes_its_host(practice, session, person, run):
    first, second = practice(), practice(os_build=14393)
    run(session.open(first.service, first.close))
    run(session.open(second.service, second.close))
    tabs = next(one for one in person.in_front.findChildren(QTabBar) if one.accessibleName() == "Open hosts")
    person.wait(lambda: tabs.count() == 2)
    close = tabs.tabButton(0, QTabBar.ButtonPosition.RightSide)
    person.wait(lambda: close.isVisible())
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    person.wait(lambda: session.hosts == (second.service,))


def test_that_a_host_opened_again_takes_the_place_of_itself(practice, session, run):
    first, again = practice(), practice()
    run(session.open(first.service, first.close))
    run(session.open(again.service, again.close))
    assert session.hosts == (again.service,)
    assert first.service.status.state == "closed"


def test_that_news_of_a_host_on_its_way_is_not_taken_for_the_one_shown_next(practice, session, person, run):
    first, second = practice(), practice(os_build=14393)
    run(session.open(second.service, second.close))
    run(session.open(first.service, first.close))
    person.wait(lambda: session.connected)
    hosts = []
    session.snapshotChanged.connect(lambda snapshot: hosts.append((session.service, snapshot.host.id)))

    async def news_then_switch():
        first.service._publish(first.service.snapshot.model_copy())  # told in a later turn of the loop
        session.show(second.service)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    run(news_then_switch())
    assert all(service.identity.id == host for service, host in hosts)


def creation(name):
    step = CreateNetwork(spec=NetworkSpec(name=name, driver="nat"))
    return Plan(title=N_("Test", "Create"), steps=(step,))


def plan_dialog(session, person):
    window = person.in_front
    return ApplyPlanDialog(session, window._tasks, creation("stray"), window, deed="Create")


def test_that_a_plan_is_never_applied_to_another_host_than_it_was_made_for(practice, session, person, run):
    first, second = practice(), practice(os_build=14393)
    run(session.open(first.service, first.close))
    run(session.open(second.service, second.close))
    person.wait(lambda: session.connected)
    dialog = ApplyPlanDialog(
        session, person.in_front._tasks, creation("stray"), person.in_front, deed="Create"
    )
    dialog.open()
    session.show(first.service)
    person.press_button("Create")
    person.wait(lambda: person.sees("Nothing was changed: another host is shown now."))
    dialog.close()
    for one in (first, second):
        snapshot = run(one.service.observe())
        assert "stray" not in {network.name for network in snapshot.networks.known()}


def test_that_a_plan_for_a_read_only_host_is_shown_and_not_offered(practice, session, person, run):
    opened = practice()
    opened.service.set_read_only(True)
    run(session.open(opened.service, opened.close))
    person.wait(lambda: session.connected)
    dialog = ApplyPlanDialog(
        session, person.in_front._tasks, creation("stray"), person.in_front, deed="Create"
    )
    dialog.open()
    assert person.sees("This host is read-only in the console")
    dialog.close()


LOOKING = {
    "refresh", "retry", "sign-in", "close-host", "quit", "find", "palette", "select-all", "copy-rows",
    "columns", "copy-cell", "export-csv", "export-json", "show-details", "next-pane", "network-details",
    "find-port", "help", "memory-forget", "compose-open", "compose-reload", "compose-existing", "compose-nat",
    "network-compose",
}  # fmt: skip
"""What changes no host; files of Compose and the console's own memory are none."""


LOOKING_FAMILIES = ("theme-", "map-", "host-", "hosts-", "checks-", "finding-", "bundle-", "practice-")


@pytest.mark.parametrize("action", [*ACTIONS, *FURTHER_ACTIONS], ids=lambda action: action.id)
def test_that_what_changes_a_host_is_blocked_on_one_that_is_read_only(action):
    looks = action.id in LOOKING or action.id.startswith(LOOKING_FAMILIES)
    if not looks:
        assert action.why_blocked(replace(Context(connected=True), read_only=True)) is READ_ONLY


def test_that_practice_hosts_of_one_name_are_told_apart_by_what_they_show(practice, session, person, run):
    for how in (
        {},
        {"scenario": "hns-not-running"},
        {"scenario": "ipv6-disabled"},
        {"scenario": "ipv6-disabled", "os_build": 17763},
    ):
        opened = practice(**how)
        run(session.open(opened.service, opened.close))
    person.wait(lambda: len(session.hosts) == 4 and all(one.snapshot is not None for one in session.hosts))
    person.wait(lambda: any("17763" in name for name in person.names(Role.PageTab)))
    tabs = [name for name in person.names(Role.PageTab) if name.startswith("WIN-")]
    assert len(set(tabs)) == 4
    assert any("HNS is stopped" in name for name in tabs)


def test_that_a_host_closed_twice_is_closed_once(practice, session, run):
    opened = practice()
    run(session.open(opened.service, opened.close))

    async def twice():
        await asyncio.gather(*(session.close_host(opened.service) for _ in range(2)))

    run(twice())
    assert session.hosts == ()


NO_CONSENT = Consent()


def test_that_a_host_asked_for_twice_is_opened_once(profile, make_window, session, run):
    opened = []

    class Counted(KnownHosts):
        async def open(self, choice_id, consent=NO_CONSENT):
            opened.append(choice_id)
            return await super().open(choice_id, consent)

    known = Counted(profile, Practice(20348))
    window = make_window(known)
    choice = next(one.id for one in run(known.choices()) if one.practice)

    async def twice():
        await asyncio.gather(*(window.open_host(choice) for _ in range(2)))

    run(twice())
    assert opened == [choice]
    assert [one.connection.id for one in session.hosts] == [choice]
    run(session.close())
    run(known.close())
