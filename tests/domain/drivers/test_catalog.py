"""The drivers and options are all that the documents name, and say what the documents say."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from console.domain.drivers.adapter_option import adapter_names, adapter_value
from console.domain.drivers.driver import JUDGED_FIELDS, Driver, Need, Requirement
from console.domain.drivers.linux_options import LINUX_OPTION_BY_KEY, LINUX_OPTIONS
from console.domain.drivers.option import Option
from console.domain.drivers.options import ENGINE_SET_KEYS, OPTION_BY_KEY, OPTIONS, WINDOWS_PREFIX
from console.domain.drivers.registry import LINUX_DRIVERS, WINDOWS_DRIVERS, driver, options_of
from console.domain.field import Field
from console.domain.preflight.check import preflight
from console.domain.severity import Severity
from console.domain.snapshot import Hypervisor, Snapshot, VSwitchKind
from console.domain.spec import NetworkSpec
from tests.domain.hosts import ETHERNET, MANAGER, SECOND, host, linux_host, spec

SEED_DRIVERS = ("nat", "overlay", "transparent", "l2bridge", "l2tunnel")
ENGINE_DRIVERS = (
    "ics",
    "internal",
    "l2bridge",
    "l2tunnel",
    "nat",
    "null",
    "overlay",
    "private",
    "transparent",
)

WINDOWSSHIM_KEYS = (
    "networkname",
    "hnsid",
    "hnsowned",
    "interface",
    "vlanid",
    "vsid",
    "dnssuffix",
    "dnsservers",
    "macpool",
    "routingdomain",
    "sourcemac",
    "disable_gatewaydns",
    "enable_outboundnat",
    "outboundnat_exceptions",
)

REFERENCE_KEYS = {
    *(WINDOWS_PREFIX + word for word in WINDOWSSHIM_KEYS),
    "com.docker.network.driver.overlay.vxlanid_list",
    "dsr",
    "encrypted",
    "com.docker.network.enable_ipv4",
    "com.docker.network.enable_ipv6",
}

SEED_DISCOVERY = {
    "nat": (True, None),
    "overlay": (True, True),
    "transparent": (False, False),
    "l2bridge": (False, False),
}

TABLE_OF_INPUTS = """
field         nat transparent overlay l2bridge l2tunnel internal private ics null
subnet        O   O           O       R        R        O        O       X   X
gateway       O   W           O       R        R        O        O       X   X
ip-range      X   X           O       X        X        X        X       X   X
ipv6          X   X           X       X        X        X        X       X   X
adapter       X   O           O       O        O        X        X       X   X
vlan          X   O           X       O        O        X        X       X   X
dns-servers   O   O           X       O        O        O        O       X   X
outbound-nat  X   X           X       O        O        X        X       X   X
"""
"""The reference's table 2.1: R required, W required with a subnet, O optional, X refused."""

LETTERS = {
    Requirement.REQUIRED: "R",
    Requirement.WITH_SUBNET: "W",
    Requirement.OPTIONAL: "O",
    Requirement.REFUSED: "X",
}

EVERYWHERE = host(swarm=MANAGER, hypervisor=Hypervisor.AZURE, adapters=(ETHERNET, SECOND))


def by_id(item: Driver | Option) -> str:
    return item.name if isinstance(item, Driver) else item.id


def test_that_all_drivers_of_a_windows_engine_are_there() -> None:
    assert sorted(known.name for known in WINDOWS_DRIVERS) == sorted(ENGINE_DRIVERS)


@pytest.mark.parametrize("name", SEED_DRIVERS)
def test_that_each_driver_of_the_seed_has_a_module_of_its_name(name: str) -> None:
    module = importlib.import_module(f"console.domain.drivers.{name}")
    assert module.DRIVER.name == name
    assert module.DRIVER in WINDOWS_DRIVERS


@pytest.mark.parametrize("known", WINDOWS_DRIVERS, ids=by_id)
def test_that_a_driver_is_found_however_hns_writes_it(known: Driver) -> None:
    assert driver(known.name) is known
    assert driver(known.name.upper()) is known
    assert driver(known.name, windows=False) is not known


def test_that_no_linux_driver_is_taken_for_a_windows_one() -> None:
    assert driver("bridge") is None
    assert driver("macvlan") is None
    assert [known.name for known in LINUX_DRIVERS] == ["bridge", "macvlan", "ipvlan", "overlay"]


@pytest.mark.parametrize("known", [*WINDOWS_DRIVERS, *LINUX_DRIVERS], ids=by_id)
def test_that_each_driver_says_all_that_a_card_shows(known: Driver) -> None:
    topology = known.topology
    texts = (
        known.title,
        known.summary,
        known.when_to_use,
        known.ipam_text,
        known.discovery.text,
        known.minimum_text,
    )
    for text in (*texts, topology.same_host, topology.other_host, topology.external):
        assert str(text).strip()
    assert known.source
    assert set(known.inputs) == set(JUDGED_FIELDS)


@pytest.mark.parametrize("name", SEED_DISCOVERY)
def test_that_service_discovery_is_that_of_the_seeds_table(name: str) -> None:
    known = driver(name)
    assert known is not None
    assert (known.discovery.local, known.discovery.across_hosts) == SEED_DISCOVERY[name]


def test_that_inputs_are_those_of_the_references_table() -> None:
    (_, *names), *rows = (line.split() for line in TABLE_OF_INPUTS.strip().splitlines())
    for field, *letters in rows:
        for name, letter in zip(names, letters, strict=True):
            known = driver(name)
            assert known is not None
            assert LETTERS[known.inputs[Field(field)]] == letter, (name, field)


def test_that_vswitches_and_needs_are_those_of_the_references_table() -> None:
    external = {known.name for known in WINDOWS_DRIVERS if known.external}
    assert external == {"transparent", "overlay", "l2bridge", "l2tunnel"}
    assert {known.name for known in WINDOWS_DRIVERS if Need.ADAPTER in known.needs} == external
    assert {known.name for known in WINDOWS_DRIVERS if known.vswitch is VSwitchKind.INTERNAL} == {
        "nat",
        "internal",
        "ics",
    }
    assert {known.name for known in WINDOWS_DRIVERS if not known.creatable} == {"ics", "null"}
    assert {known.name for known in WINDOWS_DRIVERS if Need.SWARM_MANAGER in known.needs} == {"overlay"}
    assert {known.name for known in WINDOWS_DRIVERS if Need.AZURE_STACK in known.needs} == {"l2tunnel"}
    assert {known.name for known in WINDOWS_DRIVERS if Need.STATIC_SUBNET in known.needs} == {
        "l2bridge",
        "l2tunnel",
    }


def test_that_every_key_of_the_reference_is_declared_once() -> None:
    assert set(OPTION_BY_KEY) == REFERENCE_KEYS
    assert len(OPTION_BY_KEY) == len(OPTIONS)
    assert len({option.id for option in (*OPTIONS, *LINUX_OPTIONS)}) == len(OPTIONS) + len(LINUX_OPTIONS)
    assert len(LINUX_OPTION_BY_KEY) == len(LINUX_OPTIONS)


def test_that_options_apply_to_drivers_there_are() -> None:
    for option in OPTIONS:
        assert option.applies_to
        assert all(driver(name) is not None for name in option.applies_to)
    for option in LINUX_OPTIONS:
        assert all(driver(name, windows=False) is not None for name in option.applies_to)


@pytest.mark.parametrize("option", OPTIONS, ids=by_id)
def test_that_a_driver_takes_the_field_of_each_option_offered_for_it(option: Option) -> None:
    for known in WINDOWS_DRIVERS:
        if option in options_of(known):
            assert known.takes(option.field), known.name


@pytest.mark.parametrize("option", OPTIONS, ids=by_id)
def test_that_what_must_not_be_offered_says_why(option: Option) -> None:
    assert option.settable == (option.effect is None)
    if option.key in ENGINE_SET_KEYS:
        assert not option.settable


def _asked(option: Option, value: str, *, windows: bool) -> NetworkSpec:
    name = option.applies_to[0]
    if windows and name in ("l2bridge", "l2tunnel"):
        return spec(name, "192.168.1.0/24", "192.168.1.254", options={option.key: value})
    return spec(name, options={option.key: value})


def _errors(asked: NetworkSpec, where: Snapshot, field: Field) -> list[str]:
    return [
        found.rule
        for found in preflight(asked, where)
        if found.severity is Severity.ERROR and found.field is field
    ]


@pytest.mark.parametrize("option", [*OPTIONS, *LINUX_OPTIONS], ids=by_id)
def test_that_preflight_accepts_the_good_example(option: Option) -> None:
    windows = option in OPTIONS
    asked = _asked(option, option.example_ok, windows=windows)
    assert _errors(asked, EVERYWHERE if windows else linux_host(swarm=MANAGER), option.field) == []


@pytest.mark.parametrize(
    "option", [option for option in (*OPTIONS, *LINUX_OPTIONS) if option.example_bad is not None], ids=by_id
)
def test_that_preflight_refuses_the_bad_example(option: Option) -> None:
    windows = option in OPTIONS
    asked = _asked(option, option.example_bad or "", windows=windows)
    assert _errors(asked, EVERYWHERE if windows else linux_host(swarm=MANAGER), option.field) != []


@pytest.mark.parametrize("option", [option for option in OPTIONS if option.example_bad is None], ids=by_id)
def test_that_only_options_nobody_should_give_have_no_bad_example(option: Option) -> None:
    assert not option.settable
    found = preflight(_asked(option, option.example_ok, windows=True), EVERYWHERE)
    assert any(option.key in str(one.message) or "NOT be encrypted" in str(one.message) for one in found)


def test_that_adapter_names_survive_in_one_value() -> None:
    assert adapter_names('"Ethernet 2", "Ethernet 3"') == ("Ethernet 2", "Ethernet 3")
    assert adapter_names("Ethernet 2,Ethernet 3") == ("Ethernet 2", "Ethernet 3")
    assert adapter_names('LAN "blue"') == ('LAN "blue"',)
    assert adapter_names(" , ") == ()
    assert adapter_value(("Ethernet 2", "Ethernet 3")) == "Ethernet 2,Ethernet 3"


def test_that_the_catalog_drags_in_neither_qt_nor_docker() -> None:
    code = (
        "import sys, console.domain.drivers.availability, console.domain.chooser;"
        "print(sorted({'PySide6', 'docker', 'requests', 'aiohttp', 'asyncio'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
