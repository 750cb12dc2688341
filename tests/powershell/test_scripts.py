"""The declared scripts and the files are the same, name for name and type for type."""

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.backend.powershell import inventory
from console.domain.scripts import (
    CHANGE_NOTES,
    CONFIRM_WATCHDOG,
    KNOWN_SERVICES,
    SCRIPT_BY_ID,
    SCRIPTS,
    wrong_parameters,
)
from console.resource_files import resource
from tests.powershell.grammar import Source, walk

FOLDER = resource("powershell")
TYPES = {"string": "text", "int": "number", "bool": "flag", "string[]": "texts"}


def source_of(script):
    return Source((FOLDER / script.file).read_text(encoding="ascii"))


def declared(script):
    return [(one.name, one.kind, one.required, one.choices) for one in script.parameters]


def in_the_file(source):
    """(name, kind, required, choices) of the script's own param() block."""
    block = next(node for node in source.root.children if node.type == "param_block")
    for node in walk(block):
        if node.type != "script_parameter":
            continue
        words = source.words(node)
        name = next(source.words(one) for one in node.children if one.type == "variable")
        kind = next(source.words(one).strip("[] ") for one in walk(node) if one.type == "type_literal")
        kind = "string[]" if "[string[]]" in words else kind
        choices = re.search(r"ValidateSet\((.*?)\)\]", words, re.DOTALL)
        yield (
            name.removeprefix("$"),
            TYPES[kind],
            "Mandatory = $true" in words,
            tuple(re.findall(r"'([^']*)'", choices[1])) if choices else (),
        )


def test_that_every_file_is_declared_and_every_declared_script_has_its_file():
    files = {path.name for path in FOLDER.glob("*.ps1")}
    assert files == {script.file for script in SCRIPTS}
    assert len(SCRIPT_BY_ID) == len(SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)
def test_that_an_id_is_the_files_name_in_lower_case_with_hyphens(script):
    stem = Path(script.file).stem
    assert script.id == re.sub(r"(?<=[a-z])(?=[A-Z])", "-", stem).lower()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)
def test_that_the_declared_parameters_are_those_of_the_param_block(script):
    assert list(in_the_file(source_of(script))) == declared(script)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)
def test_that_a_script_that_only_reads_calls_nothing_that_changes(script):
    changing = re.compile(
        r"^(?:New-VM|New-Item|New-Net|Set-VM|Set-Item|Set-Net|Remove-|Rename-|Enable-|Disable-|Start-|Stop-(?!Change)"
        r"|Restart-|netsh.exe interface ipv4 set )"
    )
    source = source_of(script)
    functions = source.functions()
    calls = [
        name
        for node, name in source.commands()
        if changing.match(source.words(node)) and name not in functions
    ]
    assert bool(calls) == script.changes_host, calls
    assert script.needs_elevation == (script.changes_host and script is not CONFIRM_WATCHDOG)


def test_that_every_note_a_script_leaves_has_its_words():
    """And no words are kept for a note that none leaves."""
    known = "|".join(re.escape(note) for note in CHANGE_NOTES)
    left = set()
    for script in SCRIPTS:
        text = source_of(script).text
        left |= set(re.findall(r"(?:-Notes|\$notes? \+?=) '([a-z-]+)'", text))
    assert left == set(CHANGE_NOTES), known


def test_that_the_inventory_asks_for_every_service_that_can_be_changed():
    text = source_of(SCRIPT_BY_ID["get-host-inventory"]).text
    block = re.search(r"\$names = @\((.*?)\)", text, re.DOTALL)[1]
    assert tuple(re.findall(r"'([^']*)'", block)) == KNOWN_SERVICES


def test_that_every_section_of_the_inventory_is_read_and_every_one_that_is_read_is_there():
    text = source_of(SCRIPT_BY_ID["get-host-inventory"]).text
    written = re.findall(r"^Add-Section -Name '(\w+)'", text, re.MULTILINE)
    reader = Path(inventory.__file__).read_text(encoding="utf-8")
    assert sorted(written) == sorted(set(re.findall(r"_read(?:_section)?\(\s*\"(\w+)\"", reader)))


def test_that_right_parameters_are_not_objected_to():
    script = SCRIPT_BY_ID["new-vswitch"]
    assert wrong_parameters(script, {"SwitchName": "a", "Kind": "External", "Adapters": ["x"]}) == ()


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"Kind": "Internal"}, "needs SwitchName"),
        ({"SwitchName": "a", "Kind": "external"}, "can't be 'external'"),
        ({"SwitchName": "a", "Kind": "Internal", "Adapters": "x"}, "is no texts"),
        ({"SwitchName": 1, "Kind": "Internal"}, "is no text"),
        ({"SwitchName": "a", "Kind": "Internal", "AllowManagementOS": 1}, "is no flag"),
        ({"SwitchName": "a", "Kind": "Internal", "Command": "x"}, "has no parameter Command"),
    ],
)
def test_that_a_wrong_parameter_is_named(parameters, words):
    assert any(words in one for one in wrong_parameters(SCRIPT_BY_ID["new-vswitch"], parameters))


def test_that_a_flag_is_no_number():
    assert wrong_parameters(SCRIPT_BY_ID["set-host-vnic-vlan"], {"AdapterId": "x", "VlanId": True})


@given(st.text(string.printable + "äß„“\u0000\u2028", max_size=50))
def test_that_any_text_is_a_right_text(text):
    assert wrong_parameters(SCRIPT_BY_ID["remove-vswitch"], {"SwitchName": text}) == ()


# winnt.h: KEY_READ, KEY_WRITE, KEY_SET_VALUE, and what would let somebody change the rights themselves.
RIGHTS = {"ReadKey": 0x20019, "WriteKey": 0x20006, "SetValue": 0x2}
OPEN_FOR_WRITING = 0x20019 | 0x20006
OVER_THE_KEY = 0x10000 | 0x40000 | 0x80000


def test_that_whoever_may_answer_a_watchdog_can_open_its_key_and_no_more():
    text = (FOLDER / "Start-Watchdog.ps1").read_text(encoding="ascii")
    (granted,) = re.findall(r"RegistryRights\] '([^']+)'", text)
    bits = 0
    for name in granted.split(", "):
        bits |= RIGHTS[name]
    # .NET opens a key for writing with all of these, whatever is written (RegistryKey.OpenSubKey).
    assert bits & OPEN_FOR_WRITING == OPEN_FOR_WRITING
    assert not bits & OVER_THE_KEY
