"""The new-network wizard, used as a person does, on a practice host over real HTTP."""

import asyncio

import pytest

from console.domain.drivers.options import DNS_SERVERS, ENABLE_OUTBOUND_NAT, INTERFACE, VLAN_ID
from console.domain.spec import NetworkSpec
from tests.person import Role
from tests.ui.unwatched import unwatched_service

DRIVER = "Choose how the containers connect"
ADDRESSES = "Decide how containers get their addresses"
ADAPTER = "Choose the adapter that carries the network"
NAME = "Name the network"
ADVANCED = "Change what differs from the driver's defaults"
EXTRAS = "Add labels and other driver options"
REVIEW = "Check the plan, then create the network"


def networks(session):
    return {network.name: network for network in session.snapshot.networks.known()}


def waits_for_network(person, session, name):
    person.wait(lambda: len(person.made) == 1)
    person.wait(lambda: name in networks(session))
    assert person.made == [networks(session)[name].id]
    assert person.wizard_is_gone()
    return networks(session)[name]


def problems(person):
    return [name for name in person.names(Role.Border) if name.startswith("Problem: ")]


def names_and_creates(person, name):
    person.is_at(NAME)
    person.type("Name", name)
    person.skip()
    person.is_at(REVIEW)
    person.create()


@pytest.mark.parametrize("driver", ["NAT", "Internal", "Private"])
def test_that_a_network_inside_the_host_is_created_with_the_suggested_subnet(driver, filler, session):
    person = filler()
    person.choose_driver(driver)
    person.next()
    person.is_at(ADDRESSES)
    person.click(Role.RadioButton, "Use fixed addresses from this subnet")
    subnet, gateway = person.value("Subnet"), person.value("Gateway")
    person.next()
    names_and_creates(person, "web")
    made = waits_for_network(person, session, "web")
    assert made.driver == driver.lower()
    assert [(pool.subnet, pool.gateway) for pool in made.pools] == [(subnet, gateway)]


def test_that_a_transparent_network_gets_its_addresses_from_dhcp(filler, session):
    person = filler()
    person.choose_driver("Transparent")
    person.next()
    person.is_at(ADAPTER)
    person.click(Role.CheckBox, "Ethernet 2")
    person.next()
    person.is_at(ADDRESSES)
    assert person.ticked(Role.RadioButton, "Get addresses from DHCP")
    person.next()
    names_and_creates(person, "lan")
    made = waits_for_network(person, session, "lan")
    assert made.driver == "transparent"
    assert made.option(INTERFACE) == "Ethernet 2"


def test_that_an_l2bridge_network_takes_the_subnet_of_its_adapter_and_outbound_nat(filler, session):
    person = filler()
    person.choose_driver("L2 bridge")
    person.next()
    person.click(Role.CheckBox, "Ethernet 2")
    person.next()
    person.is_at(ADDRESSES)
    subnet = person.value("Subnet")
    person.next()
    person.type("Name", "flat")
    person.next()
    person.is_at(ADVANCED)
    person.click(Role.CheckBox, "Outbound NAT")
    person.next()
    person.is_at(EXTRAS)
    person.next()
    person.is_at(REVIEW)
    person.create()
    made = waits_for_network(person, session, "flat")
    assert made.driver == "l2bridge"
    assert [pool.subnet for pool in made.pools] == [subnet]
    assert made.option(ENABLE_OUTBOUND_NAT) == "true"


def test_that_an_overlay_network_is_created_by_a_swarm_manager(filler, session):
    person = filler(swarm=True)
    person.choose_driver("Overlay")
    person.next()
    person.is_at(ADDRESSES)
    person.next()
    person.is_at(ADAPTER)
    person.next()
    person.is_at(NAME)
    person.click(Role.CheckBox, "Let standalone containers attach")
    names_and_creates(person, "mesh")
    made = waits_for_network(person, session, "mesh")
    assert (made.driver, made.scope, made.attachable) == ("overlay", "swarm", True)


def test_that_an_l2tunnel_network_is_created_in_azure(filler, session):
    person = filler(scenario="azure-vm")
    person.choose_driver("L2 tunnel")
    person.next()
    person.is_at(ADAPTER)
    person.next()
    person.is_at(ADDRESSES)
    person.next()
    names_and_creates(person, "tunnel")
    assert waits_for_network(person, session, "tunnel").driver == "l2tunnel"


def test_that_an_engine_refusal_comes_back_to_its_page_and_is_corrected(filler, session):
    person = filler(host_facts=False)
    person.choose_driver("Transparent")
    person.next()
    person.is_at(ADAPTER)
    person.type("Adapter name", "Ethernet 9")
    person.next()
    person.next()
    names_and_creates(person, "lan")
    person.is_at(ADAPTER)
    assert len(problems(person)) == 1
    person.wait(lambda: person.keyboard_is_on == "Adapter name")
    assert person.value("Adapter name") == "Ethernet 9"
    person.type("Adapter name", "Ethernet 2")
    person.next()
    person.next()
    person.is_at(NAME)
    assert person.value("Name") == "lan"
    person.skip()
    person.create()
    assert waits_for_network(person, session, "lan").option(INTERFACE) == "Ethernet 2"


def test_that_a_driver_that_can_not_work_here_says_why_and_can_not_be_chosen(filler):
    person = filler()
    assert not person.can(Role.RadioButton, "Overlay")
    assert person.sees("Overlay networks need a swarm, and this engine is not in one.")
    assert not person.can(Role.RadioButton, "Internet Connection Sharing")


def test_that_a_subnet_with_host_bits_is_refused_with_the_network_offered(filler):
    person = filler()
    person.next()
    person.is_at(ADDRESSES)
    person.type("Subnet", "10.55.0.1/24")
    person.wait(lambda: person.find(Role.Button, "Use 10.55.0.0/24"))
    assert any(name == "Subnet: error" for name in person.names(Role.StaticText))
    person.next()
    person.is_at(ADDRESSES)
    person.wait(lambda: person.keyboard_is_on == "Subnet")
    person.click(Role.Button, "Use 10.55.0.0/24")
    assert person.value("Subnet") == "10.55.0.0/24"
    person.wait(lambda: not person.all(Role.StaticText, "Subnet: error"))
    person.next()
    person.is_at(NAME)


def test_that_the_gateway_follows_the_subnet_until_one_is_typed(filler):
    person = filler()
    person.next()
    person.type("Subnet", "10.55.0.0/24")
    assert person.value("Gateway") == "10.55.0.1"
    person.type("Gateway", "10.55.0.9")
    person.type("Subnet", "10.55.0.0/25")
    assert person.value("Gateway") == "10.55.0.9"


def test_that_an_empty_name_is_said_only_when_one_tries_to_go_on(filler):
    person = filler()
    person.next()
    person.next()
    person.is_at(NAME)
    assert not person.all(Role.StaticText, "Name: error")
    person.next()
    person.is_at(NAME)
    person.wait(lambda: person.find(Role.StaticText, "Name: error"))
    assert person.keyboard_is_on == "Name"


def test_that_back_keeps_all_that_was_typed_and_nothing_is_asked_twice(filler):
    person = filler()
    person.choose_driver("Transparent")
    person.next()
    person.click(Role.CheckBox, "Ethernet 2")
    person.next()
    person.click(Role.RadioButton, "Use fixed addresses from this subnet")
    person.type("Subnet", "10.66.0.0/16")
    person.type("Gateway", "10.66.0.1")
    person.next()
    person.type("Name", "lan")
    person.next()
    person.type("DNS servers", "10.66.0.2,10.66.0.3")
    for page in (NAME, ADDRESSES, ADAPTER, DRIVER):
        person.back()
        person.is_at(page)
    assert person.ticked(Role.RadioButton, "Transparent")
    person.next()
    assert person.ticked(Role.CheckBox, "Ethernet 2")
    person.next()
    assert (person.value("Subnet"), person.value("Gateway")) == ("10.66.0.0/16", "10.66.0.1")
    person.next()
    assert person.value("Name") == "lan"
    person.next()
    assert person.value("DNS servers") == "10.66.0.2,10.66.0.3"


def test_that_another_driver_loses_nothing_of_what_the_first_was_told(filler):
    person = filler()
    person.choose_driver("Transparent")
    person.next()
    person.click(Role.CheckBox, "Ethernet 2")
    person.back()
    person.choose_driver("NAT")
    person.next()
    person.is_at(ADDRESSES)
    person.back()
    person.choose_driver("Transparent")
    person.next()
    assert person.ticked(Role.CheckBox, "Ethernet 2")


def test_that_the_questions_end_in_a_driver_with_its_reasons(filler):
    person = filler()
    person.press_button("Help me choose")
    person.is_at("Answer what you know")
    person.says("Choose NAT")
    person.pick("How do others on the LAN reach them?", "At")
    person.says("Choose Transparent")
    person.press_button("Use Transparent")
    person.is_at(ADAPTER)
    person.back()
    person.is_at("Answer what you know")
    person.back()
    person.is_at(DRIVER)
    assert person.ticked(Role.RadioButton, "Transparent")


def test_that_a_pasted_command_fills_the_pages_and_can_be_created(filler, session):
    person = filler()
    person.press_button("Paste a command")
    person.type(
        "Command",
        f'docker network create -d transparent -o {INTERFACE}="Ethernet 2" -o {VLAN_ID}=11 '
        f"-o {DNS_SERVERS}=4.4.4.4,8.8.8.8 --label team=web pasted",
    )
    person.press_button("Fill in")
    person.says("Filled in from the command: pasted")
    person.next()
    assert person.ticked(Role.CheckBox, "Ethernet 2")
    person.next()
    person.next()
    assert person.value("Name") == "pasted"
    person.next()
    assert person.value("VLAN ID", Role.SpinBox) == "11"
    assert person.value("DNS servers") == "4.4.4.4,8.8.8.8"
    person.next()
    assert (person.value("Label 1: key"), person.value("Label 1: value")) == ("team", "web")
    person.next()
    person.create()
    made = waits_for_network(person, session, "pasted")
    assert (made.option(VLAN_ID), made.option(DNS_SERVERS)) == ("11", "4.4.4.4,8.8.8.8")
    assert dict(made.labels) == {"team": "web"}


def test_that_a_pasted_command_nobody_can_read_says_why_and_changes_nothing(filler):
    person = filler()
    person.press_button("Paste a command")
    person.type("Command", "docker network rm web")
    person.press_button("Fill in")
    person.wait(lambda: person.sees("Not understood: "))
    assert person.ticked(Role.RadioButton, "NAT")


def test_that_what_a_pasted_command_asks_and_windows_refuses_can_be_found_and_dropped(filler):
    person = filler()
    person.press_button("Paste a command")
    person.type(
        "Command",
        "docker network create -d nat --subnet 10.55.0.0/24 --gateway 10.55.0.1 --ip-range 10.55.0.0/25 web",
    )
    person.press_button("Fill in")
    for page in (ADDRESSES, NAME, ADVANCED, EXTRAS):
        person.next()
        person.is_at(page)
    assert person.sees("--ip-range 10.55.0.0/25")
    person.next()
    person.is_at(EXTRAS)
    person.press_button("Drop these settings")
    person.next()
    person.is_at(REVIEW)
    person.says("Nothing prevents creating the network")


def test_that_the_review_leads_back_to_what_must_be_corrected(filler):
    person = filler()
    person.next()
    person.next()
    person.type("Name", "web")
    person.skip()
    person.is_at(REVIEW)
    person.back()
    person.type("Name", "nat")
    person.skip()
    person.is_at(NAME)
    person.wait(lambda: person.find(Role.StaticText, "Name: error"))


def test_that_the_review_shows_the_exact_command(filler):
    person = filler()
    person.next()
    person.type("Subnet", "10.55.0.0/24")
    person.next()
    person.type("Name", "it's a web")
    person.skip()
    person.is_at(REVIEW)
    command = person.value("Commands")
    assert command.strip() == (
        'docker network create -d nat --subnet=10.55.0.0/24 --gateway=10.55.0.1 "it\'s a web"'
    )


def test_that_a_draft_stays_with_its_host_where_another_one_is_shown_meanwhile(filler, host, session):
    person = filler()
    here = session.service
    person.choose_driver("Internal")
    person.next()
    person.next()
    person.type("Name", "half done")
    host(os_build=14393)  # as when the console is started again for another host
    person.wait(lambda: session.service is not here and session.connected)
    assert person._window.state.snapshot.host.id == here.identity.id
    person.press_button("Cancel")
    elsewhere = filler(connected=True)
    assert not elsewhere.sees("This continues with what you typed before.")
    elsewhere.press_button("Cancel")
    session.show(here)
    assert filler(connected=True).sees("This continues with what you typed before.")


def test_that_what_was_typed_is_there_again_after_cancel(filler):
    person = filler()
    person.choose_driver("Internal")
    person.next()
    person.next()
    person.type("Name", "half done")
    person.press_button("Cancel")
    again = filler(connected=True)
    assert again.sees("This continues with what you typed before.")
    assert again.ticked(Role.RadioButton, "Internal")
    again.next()
    again.next()
    assert again.value("Name") == "half done"
    again.back()
    again.back()
    again.press_button("Start over")
    again.next()
    again.next()
    assert again.value("Name") == ""


def test_that_the_whole_way_can_be_gone_with_the_keyboard_alone(filler, session):
    person = filler()
    person.press("Alt+N")
    person.is_at(ADDRESSES)
    person.press("Alt+N")
    person.is_at(NAME)
    person.wait(lambda: person.keyboard_is_on == "Name")
    for letter in "keys":
        person.press(letter)
    person.press("Alt+K")
    person.is_at(REVIEW)
    person.press("Alt+R")
    assert waits_for_network(person, session, "keys").driver == "nat"


def test_that_several_adapters_make_a_team_and_the_host_s_interruption_is_said(filler, session):
    person = filler()
    person.choose_driver("Transparent")
    person.next()
    person.click(Role.CheckBox, "Ethernet 2")
    person.click(Role.CheckBox, "Ethernet 3")
    person.wait(lambda: person.sees("Switch Embedded Teaming): they share the load"))
    assert person.sees("are interrupted for some seconds")
    person.next()
    person.next()
    names_and_creates(person, "team")
    assert waits_for_network(person, session, "team").option(INTERFACE) == "Ethernet 2,Ethernet 3"


def test_that_an_adapter_in_use_can_not_be_ticked_and_says_by_what(filler, session):
    person = filler()
    person.choose_driver("Transparent")
    person.next()
    person.click(Role.CheckBox, "Ethernet 2")
    person.next()
    person.next()
    names_and_creates(person, "lan")
    waits_for_network(person, session, "lan")
    second = filler(connected=True)
    second.choose_driver("Transparent")
    second.next()
    second.wait(lambda: not second.can(Role.CheckBox, "Ethernet 2"))
    assert second.sees("Not free: The transparent network lan uses it.")
    second.next()
    second.is_at(ADAPTER)
    second.wait(lambda: second.find(Role.StaticText, "Adapter: error"))
    second.click(Role.CheckBox, "Ethernet 3")
    second.next()
    second.is_at(ADDRESSES)


def test_that_closing_the_wizard_while_the_engine_works_loses_no_network(filler, session):
    person = filler()
    person.next()
    person.next()
    person.type("Name", "later")
    person.skip()
    person.create()
    person.press_button("Close")
    assert waits_for_network(person, session, "later").driver == "nat"


def test_that_a_plan_that_was_carried_out_is_in_the_journal(filler, session, journal, run):
    person = filler()
    person.next()
    person.next()
    names_and_creates(person, "kept")
    waits_for_network(person, session, "kept")
    entries = run(asyncio.to_thread(journal.entries))
    assert [str(entry.plan.title) for entry in entries] == ["Create the network kept"]


def test_that_an_overlay_network_can_have_several_subnets_each_with_its_own_fields(filler, session):
    person = filler(swarm=True)
    person.choose_driver("Overlay")
    person.next()
    person.click(Role.RadioButton, "Use fixed addresses from this subnet")
    person.press_button("Add a subnet")
    first, second = person.value("Subnet"), person.value("Subnet 2")
    assert first != second
    person.next()
    person.is_at(ADAPTER)
    person.next()
    names_and_creates(person, "wide")
    assert [pool.subnet for pool in waits_for_network(person, session, "wide").pools] == [first, second]


def test_that_a_copy_of_a_network_of_a_driver_that_can_not_work_here_says_so(filler):
    person = filler(draft=NetworkSpec(name="mesh", driver="overlay"))
    person.next()
    person.is_at(DRIVER)
    assert person.sees("Overlay can't be used here. Overlay networks need a swarm")


def test_that_an_engine_that_went_away_is_said_once_and_nothing_typed_is_lost(filler, session, run):
    made = []
    person = filler(keep=made)
    person.next()
    person.next()
    person.type("Name", "web")
    person.skip()
    person.is_at(REVIEW)
    run(asyncio.to_thread(made[0].server.stop))
    person.create()
    person.wait(lambda: len(problems(person)) == 1)
    person.is_at(REVIEW)
    assert person.made == []
    person.wait(lambda: person.can(Role.Button, "Create network"))
    assert len(problems(person)) == 1
    person.back()
    assert person.value("Name") == "web"


def test_that_where_no_watchdog_can_be_armed_the_network_is_made_by_consent(
    filler, session, practice, journal, run
):
    run(session.open(unwatched_service(practice(scenario="default"), journal)))
    person = filler(connected=True)
    person.wait(lambda: session.connected and bool(session.snapshot.facts.adapters.known()))
    person.choose_driver("Transparent")
    person.next()
    person.is_at(ADAPTER)
    person.click(Role.CheckBox, "Ethernet")
    person.next()
    person.is_at(ADDRESSES)
    person.next()
    names_and_creates(person, "lan")
    person.waits_for(Role.Button, "Go on without a watchdog")
    assert person.sees("nobody reverts it if it cuts the host off")
    assert "lan" not in networks(session)
    person.press_button("Go on without a watchdog")
    assert waits_for_network(person, session, "lan").option(INTERFACE) == "Ethernet"
    run(session.close())
