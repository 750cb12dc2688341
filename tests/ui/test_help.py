"""The help: its pages, the links between them, and how a person comes to them."""

import re

import pytest

from console.checks.registry import checks
from console.domain.drivers.registry import WINDOWS_DRIVERS
from console.ui.help.pages import CONTENTS, help_pages, matching, target_of
from console.ui.pages.registry import PAGES, help_topic
from console.ui.wizards import driver_page
from tests.person import Role

HELP = help_pages()
CHECKS = checks()
LINK = re.compile(r"\]\(([^)]+)\)")


@pytest.mark.parametrize("identifier", sorted(HELP))
def test_that_every_link_leads_to_a_page_or_is_told_as_an_address(identifier):
    for link in LINK.findall(HELP[identifier].text):
        page, address = target_of(link, identifier)
        assert page in HELP or address.startswith("https://"), link


def test_that_every_concept_is_reached_from_the_contents():
    linked = {target_of(link, CONTENTS)[0] for link in LINK.findall(HELP[CONTENTS].text)}
    assert {identifier for identifier in HELP if identifier.startswith("concepts/")} <= linked


def test_that_every_page_of_the_window_every_driver_and_every_check_has_its_page():
    assert {help_topic(page.id) for page in PAGES} <= set(HELP)
    assert {driver_page.help_topic(driver.name) for driver in WINDOWS_DRIVERS} <= set(HELP)
    assert {check.help_id for check in CHECKS.values()} <= set(HELP)


def test_that_no_page_asks_for_a_picture_from_anywhere():
    assert not [page.id for page in HELP.values() if "![" in page.text or "<img" in page.text]


def test_that_pages_are_found_by_their_words_with_titles_first():
    found = [page.id for page in matching(HELP, "VLAN")]
    assert found[0] in {"concepts/vlan", "checks/vlan-trunk"}
    assert not list(matching(HELP, "no page has these words"))


@pytest.mark.parametrize(
    ("link", "page", "target"),
    [
        ("../checks/ipv6-disabled.md", "concepts/hns", ("checks/ipv6-disabled", "")),
        ("nat.md", "concepts/drivers", ("concepts/nat", "")),
        ("#top", "concepts/nat", ("concepts/nat", "")),
        ("https://docs.docker.com/", "concepts/nat", ("", "https://docs.docker.com/")),
    ],
)
def test_that_a_link_is_read_from_where_it_stands(link, page, target):
    assert target_of(link, page) == target


def test_that_f1_and_a_finding_lead_to_their_pages_and_search_finds_others(before_host):
    person = before_host(scenario="hidden-vswitch")
    person.press("F1")
    person.waits_for(Role.EditableText, "Search the help")
    person.wait(lambda: "Help: Which driver?" in _titles(person))
    person.type("Search the help", "teaming")
    person.wait(lambda: "Teams of adapters (SET)" in person.entries_of("Help pages"))
    person.click_entry("Help pages", "Teams of adapters (SET)")
    person.wait(lambda: "Help: Teams of adapters (SET)" in _titles(person))
    person.press_button("Back")
    person.wait(lambda: "Help: Which driver?" in _titles(person))
    person._window.go_to("checks")
    person.wait(lambda: person.all(Role.Table, "Findings") and person.selected_rows("Findings"))
    person.press_button("Help page")
    person.wait(lambda: "Help: Docker does not see a vSwitch" in _titles(person))


def test_that_the_help_comes_in_front_of_a_dialog(before_host):
    person = before_host(scenario="default")
    person.press("Ctrl+N")
    person.waits_for(Role.Button, "About this driver")
    person.press_button("About this driver")
    person.wait(lambda: "Help: nat" in _titles(person))
    person.press_button("Close")
    person.waits_for(Role.Button, "About this driver")
    person.press_button("Cancel")


def _titles(person):
    return person.names(Role.StaticText)


def test_that_a_search_shows_what_it_found_and_one_step_leads_back(before_host):
    person = before_host(scenario="default")
    person.press("F1")
    person.waits_for(Role.EditableText, "Search the help")
    person.wait(lambda: "Help: Which driver?" in _titles(person))
    person.type("Search the help", "teaming")
    person.wait(lambda: "Help: Which driver?" not in _titles(person))
    found = person.find(Role.List, "Help pages").object()
    assert found.currentItem() is not None
    person.press_button("Back")
    person.wait(lambda: "Help: Which driver?" in _titles(person))
    person.type("Search the help", "no page has these words")
    person.wait(lambda: person.entries_of("Help pages") == ["No page has these words."])
