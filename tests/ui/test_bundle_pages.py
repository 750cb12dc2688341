"""Every page of the window on a host out of a support bundle: as it was, and nothing asks or changes it."""

import asyncio

import pytest
from PySide6.QtWidgets import QApplication

from console.backend.bundle import bundle_of, write_bundle
from console.checks.document import as_document
from console.checks.report import run_checks
from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec
from console.startup import KnownHosts, Practice
from tests.person import Person, Role


@pytest.fixture
def known(profile, run):
    made = KnownHosts(profile, Practice(20348))
    yield made
    run(made.close())


@pytest.fixture
def before_bundle(known, practice, session, make_window, qtbot, run, tmp_path):
    """A person before the bundle of a host with a finding, a container and an entry of the journal."""
    path = tmp_path / "host.wcnbundle.zip"
    person = Person(qtbot, make_window(known))

    async def show_saved():
        live = session.service
        snapshot, entries = await live.examine(), await live.journal_entries()
        await asyncio.to_thread(
            lambda: write_bundle(
                path,
                bundle_of(snapshot, entries, findings=lambda host: as_document(run_checks(host))),
            )
        )
        opened = await known.open_bundle(path)
        await session.open(opened.service, opened.close)
        await session.close_host(live)

    run(session.open(practice(scenario="crowded").service))
    person.wait(lambda: session.connected and bool(session.network_rows))
    step = CreateNetwork(spec=NetworkSpec(name="shop", driver="nat"))
    run(session.service.apply(Plan(title=step.describe(), steps=(step,))))
    run(show_saved())
    person.wait(lambda: session.bundle and bool(session.network_rows) and bool(session.diagnosis.rows))
    yield person
    run(session.close())


TABLES = {
    "Networks": "Networks",
    "Checks": "Findings",
    "Activity": "Activity",
    "Containers": "Containers",
    "Discovery": "Names",
    "Reachability": "Rules",
    "Port finder": "Held ports",
    "Adapters": "Adapters",
    "Switches": "vSwitches",
    "HNS": "Networks",
    "Compartments": "Compartments",
    "NAT and ports": "Ports",
    "Firewall": "Rules",
    "Services": "Services",
}
"""The pages whose tables have rows on that host, with the names of the tables."""

SAID = {
    "Limits": "Limits of this host",
    "Host": "Features for containers",
    "Hosts": "No host has been added yet",
    "Compare": "Choose two to compare",
    "Compose": "No Compose file is open",
    "Swarm": "a manager",
    "Explain": "Paste an error or a log",
    "Remembered": "not in it",
    "Practice": "scenarios",
}
"""What else stands on the other pages."""


def _has_rows(person, table):
    return bool(person.all(Role.Table, table)) and bool(person.rows(table))


def _says(person, words):
    """Whether a label or an empty table says it."""
    tables = (item.object() for item in person.all(Role.Table))
    return person.sees(words) or any(words in table.accessibleDescription() for table in tables)


def _open_tab(person, tab):
    """Click a tab of the details, once they stand where they stay."""
    person.waits_for(Role.PageTab, tab)
    QApplication.sendPostedEvents()
    person.click(Role.PageTab, tab)
    person.wait(lambda: person.find(Role.PageTab, tab).state().selected)


def test_that_every_page_shows_the_host_as_it_was(before_bundle, session):
    person = before_bundle
    listing = person.find(Role.List, "Pages").object()
    pages = [listing.item(at) for at in range(listing.count()) if listing.item(at).data(0x100)]
    for item in pages:
        title = item.text().split(" (")[0]
        listing.setCurrentItem(item)
        if title == "Map":
            person.wait(lambda: person.all(Role.PageTab, "As a list"))
            person.click(Role.PageTab, "As a list")
            person.wait(lambda: person.sees("objects") or person.all(Role.Table))
        elif title == "Help":
            person.waits_for(Role.EditableText, "Search the help")
        elif title in TABLES:
            table = TABLES[title]
            person.wait(lambda table=table: _has_rows(person, table))
        else:
            person.wait(lambda title=title: _says(person, SAID[title]))
        assert not person.sees("does not answer"), title
        assert session.bundle


def test_that_what_asks_the_host_says_why_not(before_bundle):
    person = before_bundle
    person.go_to("Reachability")
    person.wait(lambda: _has_rows(person, "Rules"))
    person.wait(lambda: person.reads("Live test") == "Not possible")
    assert not person.can(Role.Button, "Test now")
    person.go_to("Discovery")
    person.wait(lambda: _has_rows(person, "Names"))
    person.click_row("Names", person.rows("Names")[0]["Name"])
    person.wait(lambda: person.reads("Live test") == "Not possible")
    assert person.sees("The host is shown from a support bundle: nothing can be tested on it.")
    assert not person.can(Role.Button, "Test now")


def test_that_a_container_is_told_and_neither_asked_nor_run(before_bundle):
    person = before_bundle
    person.go_to("Containers")
    person.wait(lambda: _has_rows(person, "Containers"))
    running = next(row["Container"] for row in person.rows("Containers") if row["State"] == "Running")
    person.click_row("Containers", running)
    for deed in ("Run container", "Stop container", "Remove container"):
        assert not person.can(Role.Button, deed)
    _open_tab(person, "Inside")
    person.waits_for(Role.Button, "Look inside")
    assert not person.can(Role.Button, "Look inside")
    _open_tab(person, "Raw JSON")
    person.wait(lambda: person.sees("The host itself can't be queried."))
    assert person.sees("Open the host itself with Switch host")


def test_that_a_network_has_the_record_of_the_bundle_for_its_raw_json(before_bundle):
    person = before_bundle
    person.wait(lambda: _has_rows(person, "Networks"))
    person.click_row("Networks", "shop")
    _open_tab(person, "Raw JSON")
    person.wait(lambda: person.sees("As the console recorded it in the support bundle"))


def test_that_its_activity_is_told_and_can_be_undone_on_the_host_only(before_bundle):
    person = before_bundle
    person.go_to("Activity")
    person.wait(lambda: _has_rows(person, "Activity"))
    (entry,) = person.rows("Activity")
    assert entry["What"] == "Create the nat network shop"
    assert entry["Undo"] == "On the host only"
    person.click_row("Activity", entry["When"])
    person.wait(lambda: person.sees("It comes from a support bundle. Open the host itself to undo it."))
    assert not person.can(Role.Button, "Undo…")
