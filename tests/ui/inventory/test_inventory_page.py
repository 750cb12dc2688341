"""The inventory's pages as a person uses them, on the practice host through HTTP and its scripts."""

import json

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from console.backend.host_channel import UnreadHostChannel
from console.backend.service import HostService
from console.domain.host_actions import create_vswitch
from console.domain.snapshot import VSwitchKind
from tests.person import Role


@pytest.fixture
def at_host(before_host):
    """A person before a window that shows a practice host of many networks and containers."""
    return before_host(scenario="crowded")


def shows(person, keys, table):
    """Go to a page by its keys and wait for the rows of its table."""
    person.press(keys)
    person.wait(lambda: person.all(Role.Table, table))
    person.wait(lambda: person.rows(table))


def no_dialog():
    return QApplication.activeModalWidget() is None


def names(person, table):
    return [next(iter(row.values())) for row in person.rows(table)]


def test_that_adapters_are_listed_with_what_they_are_free_for(at_host):
    person = at_host
    shows(person, "Alt+2", "Adapters")
    rows = {row["Name"]: row for row in person.rows("Adapters")}
    assert rows["Ethernet 2"]["For a new network"] == "Not free"
    assert rows["Ethernet 2"]["Networks"] == "corp"
    person.click_row("Adapters", "Ethernet 2")
    person.wait(lambda: person.sees("The transparent network corp uses it."))
    assert rows["vEthernet (nat)"]["Kind"] == "Host vNIC"
    inside = {row["Kind"] for name, row in rows.items() if name.startswith("vEthernet (Ethernet)")}
    assert inside == {"Container vNIC"}
    person.press_button("Without vNICs")
    person.wait(lambda: not any(name.startswith("vEthernet") for name in names(person, "Adapters")))


def test_that_a_link_leads_to_the_object_on_its_own_page_and_back(at_host):
    person = at_host
    shows(person, "Alt+3", "vSwitches")
    person.click_row("vSwitches", "CorpSwitch")
    person.click_entry("Related objects", "Network: corp")
    person.wait(lambda: person.all(Role.Table, "Networks") and person.selected_rows("Networks") == ["corp"])
    person.press("Alt+3")
    person.click_entry("Related objects", "Adapter: Ethernet 2")
    person.wait(lambda: person.all(Role.Table, "Adapters"))
    person.wait(lambda: person.selected_rows("Adapters") == ["Ethernet 2"])


def test_that_a_link_is_followed_by_key_to_a_tab_that_was_not_shown(at_host):
    person = at_host
    shows(person, "Alt+6", "Ports")
    person.click_row("Ports", "web")
    person.press("F6")
    person.wait(lambda: person.keyboard_is_on == "Related objects")
    person.press("Home")
    person.press("Return")
    person.wait(lambda: person.all(Role.Table, "Containers"))
    person.wait(lambda: person.selected_rows("Containers") == ["web"])


def test_that_search_sort_and_export_are_those_of_the_table_in_sight(at_host, tmp_path):
    person = at_host
    shows(person, "Alt+4", "Networks")
    person.press("Ctrl+F")
    assert person.keyboard_is_on == "Search networks"
    person.type("Search networks", "overlay")
    person.wait(lambda: set(names(person, "Networks")) == {"ingress", "mesh"})
    person.click_title("Networks", "Name")
    person.wait(lambda: names(person, "Networks") == ["mesh", "ingress"])
    person.choose("Edit", "Export as JSON…")
    person.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog, target = QApplication.activeModalWidget(), tmp_path / "hns-networks.json"
    dialog.selectFile(str(target))
    dialog.accept()
    person.wait(lambda: target.exists() and bool(target.read_text("utf-8")))
    person.wait(
        lambda: [row["title"] for row in json.loads(target.read_text("utf-8"))] == ["mesh", "ingress"]
    )


def test_that_a_search_without_a_hit_offers_to_show_all_again(at_host):
    person = at_host
    shows(person, "Alt+8", "Services")
    person.press("Ctrl+F")
    person.type("Search services", "no such thing")
    person.waits_for(Role.Button, "Show all")
    person.press_button("Show all")
    person.wait(lambda: len(person.rows("Services")) > 5)


def test_that_a_service_is_restarted_after_saying_what_that_interrupts(at_host, session, run):
    person = at_host
    shows(person, "Alt+8", "Services")
    person.click_row("Services", "hns")
    person.press_button("Restart")
    person.waits_for(Role.Button, "Cancel")
    person.wait(lambda: person.sees("Every HNS network is cut off for some seconds"))
    assert person.sees("These containers are cut off: ")
    person.press_button("Restart")
    person.wait(lambda: person.sees("Done: Restart the services hns and docker"))
    person.press_button("Close")
    person.wait(no_dialog)
    entry = run(session.service.journal_entries(limit=1))[0]
    assert [step.script for step in entry.plan.steps] == ["set-service-state"] * 2


def test_that_a_vswitch_is_created_and_appears(at_host):
    person = at_host
    shows(person, "Alt+3", "vSwitches")
    person.press_button("New vSwitch")
    person.waits_for(Role.Button, "Cancel")
    assert person.sees("A vSwitch needs a name.")
    person.type("Name", "Workshop")
    person.press_button("Create vSwitch")
    person.wait(lambda: person.sees("Done: "))
    person.press_button("Close")
    person.wait(lambda: "Workshop" in names(person, "vSwitches"))


@pytest.fixture
def workshop(at_host, session, run):
    """A person before the page of vSwitches, who has selected one that nothing uses."""
    run(session.service.apply(create_vswitch("Workshop", VSwitchKind.PRIVATE)))
    shows(at_host, "Alt+3", "vSwitches")
    at_host.wait(lambda: "Workshop" in names(at_host, "vSwitches"))
    at_host.click_row("vSwitches", "Workshop")
    return at_host


def test_that_a_vswitch_is_renamed_by_key_to_whatever_name(workshop):
    person = workshop
    person.press("F2")
    person.waits_for(Role.EditableText, "New name")
    assert person.sees("This is already its name.")
    person.type("New name", "Werkstatt & Hof")
    person.press_button("Rename")
    person.wait(lambda: person.sees("Done: "))
    person.press_button("Close")
    person.wait(lambda: "Werkstatt & Hof" in names(person, "vSwitches"))


def test_that_a_vswitch_is_removed_after_a_question_whose_safe_answer_is_the_default(workshop):
    person = workshop
    person.press("Del")
    person.waits_for(Role.Button, "Cancel")
    person.wait(lambda: QApplication.activeModalWidget().isActiveWindow())
    person.press("Return")
    person.wait(no_dialog)
    assert "Workshop" in names(person, "vSwitches")
    person.press_button("Remove vSwitch")
    person.waits_for(Role.Button, "Cancel")
    person.press_button("Remove vSwitch")
    person.wait(lambda: person.sees("Done: "))
    person.press_button("Close")
    person.wait(lambda: "Workshop" not in names(person, "vSwitches"))


def test_that_adapters_for_a_vswitch_are_offered_with_where_they_stand(at_host):
    person = at_host
    shows(person, "Alt+3", "vSwitches")
    person.press_button("New vSwitch")
    person.waits_for(Role.Button, "Cancel")
    person.type("Name", "Out")
    person.find(Role.ComboBox, "Type").object().setCurrentIndex(1)
    person.wait(lambda: person.sees("An external vSwitch needs an adapter."))
    assert not person.can(Role.Button, "Create vSwitch")
    person.press_button("Cancel")


def test_that_a_blocked_action_says_why(at_host):
    person = at_host
    shows(person, "Alt+3", "vSwitches")
    person.click_row("vSwitches", "CorpSwitch")
    assert not person.can(Role.Button, "Share with the host")
    person.press("Ctrl+K")
    person.wait(lambda: not no_dialog())
    person.type("Command", "Share with the host")
    person.wait(lambda: person.reads("Why not") == "The host already has a vNIC on it.")
    person.press("Esc")
    person.wait(no_dialog)


def test_that_a_host_vnic_is_put_into_a_vlan_and_an_adapter_is_not(at_host):
    person = at_host
    shows(person, "Alt+2", "Adapters")
    person.click_row("Adapters", "Ethernet 2")
    assert not person.can(Role.Button, "Set VLAN")
    person.click_row("Adapters", "vEthernet (CorpSwitch)")
    person.press_button("Set VLAN")
    person.waits_for(Role.SpinBox, "VLAN ID")
    person.find(Role.SpinBox, "VLAN ID").object().setValue(42)
    person.press_button("Set VLAN")
    person.waits_for(Role.Button, "Keep the change")
    assert person.sees("Can you still reach")
    person.press_button("Keep the change")
    person.wait(lambda: person.sees("Done: Put vEthernet (CorpSwitch) into VLAN 42"))
    person.waits_for(Role.Button, "Close")
    person.press_button("Close")
    person.wait(lambda: "42" in [row["VLAN"] for row in person.rows("Adapters")])


def test_that_a_host_whose_windows_side_is_not_read_says_why_on_each_page(
    practice, session, person, run, journal
):
    opened = practice()
    run(session.open(HostService(opened.service.connection, journal, UnreadHostChannel())))
    person.wait(lambda: session.connected and bool(session.network_rows))
    for keys, title in (("Alt+2", "Adapters"), ("Alt+3", "vSwitches"), ("Alt+8", "Services")):
        person.press(keys)
        person.wait(lambda title=title: person.sees(f"{title}: not known"))
        assert person.sees("Only the Docker Engine of this host can be reached, not its Windows side.")
        person.waits_for(Role.Button, "Try again")
    person.press("Alt+1")
    person.wait(lambda: person.sees("Windows: Only the Docker Engine of this host can be reached"))


def test_that_the_host_page_tells_its_windows_and_copies_it(at_host):
    person = at_host
    person.press("Alt+1")
    person.wait(lambda: person.sees("Features for containers"))
    assert person.sees("IPv6 is on, as Windows' container networking needs it.")
    person.press_button("Copy all")
    assert "Build: 20348." in QApplication.clipboard().text()


def test_that_another_host_leaves_nothing_of_the_one_before(at_host, practice, session, run):
    person = at_host
    shows(person, "Alt+3", "vSwitches")
    person.click_row("vSwitches", "CorpSwitch")
    run(session.open(practice(scenario="empty").service))
    person.wait(lambda: session.connected)
    person.wait(
        lambda: not person.all(Role.Table, "vSwitches") or "CorpSwitch" not in names(person, "vSwitches")
    )
    assert not person.can(Role.Button, "Rename")


def test_that_a_change_made_elsewhere_appears_and_the_selection_stays(at_host, session, run):
    person = at_host
    shows(person, "Alt+3", "vSwitches")
    person.click_row("vSwitches", "CorpSwitch")
    run(session.service.apply(create_vswitch("elsewhere", VSwitchKind.PRIVATE)))
    person.wait(lambda: "elsewhere" in names(person, "vSwitches"))
    assert person.selected_rows("vSwitches") == ["CorpSwitch"]
