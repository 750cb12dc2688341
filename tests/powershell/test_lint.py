"""Our scripts keep the rules of ``lint.py``, and the rules catch what they are made for."""

from pathlib import Path

import pytest

from console.resource_files import resource
from tests.powershell import catalog
from tests.powershell.grammar import Source
from tests.powershell.lint import objections

ROOT = Path(__file__).resolve().parents[2]
FOLDER = resource("powershell")
SCRIPTS = sorted(FOLDER.glob("*.ps1"))
#: Only these functions may differ between scripts: they are what each script is about.
OWN = frozenset({"Invoke-Change"})
#: Rules that are about how the console and its scripts talk.
FREE_THERE = frozenset({"head", "forbidden", "positional", "scope", "not-asked", "one-document"})

GOOD = """<#
.SYNOPSIS
Counts services.
#>
[CmdletBinding()]
param(
    [string] $Name
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$ConfirmPreference = 'None'

function Write-Document {
    param([hashtable] $Document)
    $json = ConvertTo-Json -InputObject $Document -Depth 20 -Compress
    Write-Output -InputObject $json
}

$found = @(Get-Service -Name $Name)
Write-Document -Document @{ count = $found.Count }
"""

#: What is done to the good script, and the rule that must object.
MISTAKES = [
    ("$found = @(Get-Service -Name $Name)", "$found = @(Get-Service -Name $Name", "syntax"),
    ("Counts services.", "Zählt Dienste.", "ascii"),
    ("Counts services.", "Counts services. " + "x" * 120, "lines"),
    ("    [string] $Name\n", "\t[string] $Name\n", "lines"),
    ("$found = @(", "$a = 1; $found = @(", "one-statement"),
    ("$found = @(", "try { $b = 1 }\n$found = @(", "grammar-miss"),
    ("$found = @(", "$b = 1,,2\n$found = @(", "grammar-miss"),
    ("$found = @(", "= 5\n$found = @(", "unknown-command"),
    ("$found = @(", "else { 2 }\n$found = @(", "unknown-command"),
    ("$found = @(", "catch { 2 }\n$found = @(", "unknown-command"),
    ("    $json = ", "    $a = 1\n    param($b)\n    $json = ", "unknown-command"),
    ("[CmdletBinding()]\n", "", "head"),
    ("$ErrorActionPreference = 'Stop'\n", "", "head"),
    ("'Stop'", "'Continue'", "head"),
    ("Set-StrictMode -Version Latest\n", "Set-StrictMode -Version 1.0\n", "head"),
    ("$found = @(", "& 'C:\\x.ps1'\n$found = @(", "call"),
    ("$found = @(", "netsh.exe interface ipv4 set address x\n$found = @(", "program"),
    ("$found = @(", "reg.exe query x\n$found = @(", "unknown-command"),
    ("$found = @(", ". ./other.ps1\n$found = @(", "call"),
    ("$found = @(", "$run = [scriptblock]::Create($Name)\n$found = @(", "call"),
    ("$found = @(", "Invoke-Expression -Command $Name\n$found = @(", "forbidden"),
    ("$found = @(", "iex $Name\n$found = @(", "alias"),
    ("Get-Service -Name $Name", "gsv -Name $Name", "alias"),
    ("@(Get-Service -Name $Name)", "@(Get-Service -Name $Name | ? { $_.Name })", "alias"),
    ("$found = @(", "$nat = Get-NetNatt\n$found = @(", "unknown-command"),
    ("Get-Service -Name $Name", "Get-Service -Nmae $Name", "unknown-parameter"),
    ("Get-Service -Name $Name", "Get-Service -N $Name", "unknown-parameter"),
    ("Get-Service -Name $Name", "Get-Service $Name", "positional"),
    ("$found = @(", "Get-NetNat -Name $Name | Remove-NetNat\n$found = @(", "may-ask"),
    ("$found = @(", "Remove-NetNat -Name $Name -Confirm\n$found = @(", "may-ask"),
    ("-Depth 20 -Compress", "-Depth 20 -Compress -AsArray", "unknown-parameter"),
    ("-Depth 20 -Compress", "-Depth 20 -Compress -EnumsAsStrings", "unknown-parameter"),
    ("Get-Service -Name $Name", "Get-Service -Name $Name -ErrorAction SilentlyContinue", "quiet-error"),
    ("$found = @(", "$other = @(Get-VMSwitch)\n$found = @(", "not-asked"),
    ("$found = @(", "$other = @(Get-NetAdapter -IncludeHiden)\n$found = @(", "unknown-parameter"),
    ("@{ count = $found.Count }", "@{ count = $found?.Count }", "later-syntax"),
    ("$found = @(", "$a = $Name ?? 'x'\n$found = @(", "later-syntax"),
    ("$found = @(", "$a = $Name ? 1 : 2\n$found = @(", "later-syntax"),
    ("$found = @(", "Get-Date && Get-Date\n$found = @(", "later-syntax"),
    ("Get-Service -Name $Name", "Get-Service @arguments", "splatting"),
    ("$found = @(Get-Service -Name $Name)", "$found = Get-Service -Name $Name", "count"),
    ("$found.Count", "(Get-Service -Name $Name).Count", "count"),
    ("$found.Count", "$found[0].DependentServices.Count", "count"),
    ("$found = @(", "$found = @()\n$found = Find-Service\n$found = @(", "count"),
    ("$found = @(", "$profile = 1\n$found = @(", "automatic-variable"),
    ("$found = @(", "foreach ($input in @(1)) {\n    $input\n}\n$found = @(", "automatic-variable"),
    ("$found = @(", "$script:count = 1\n$found = @(", "scope"),
    ("-Depth 20", "-Depth 2", "one-document"),
    ("ConvertTo-Json -InputObject $Document", "$Document | ConvertTo-Json", "one-document"),
    (
        "Write-Document -Document @{",
        "Write-Output -InputObject 'hello'\nWrite-Document -Document @{",
        "one-document",
    ),
    ("found.Count }\n", "found.Count }\n$a = 1\n", "one-document"),
]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_that_a_script_keeps_the_rules(path):
    assert objections(Source(path.read_bytes().decode())) == []


def test_that_the_launcher_keeps_the_rules_that_are_not_about_named_scripts():
    """It is what starts them: given a file and its parameters as data, it answers nothing of its own."""
    launcher = FOLDER / "launcher" / "Invoke-NamedScript.ps1"
    found = objections(Source(launcher.read_bytes().decode()))
    assert {one.rule for one in found} <= {"head", "call", "splatting", "one-document"}
    assert [one.words for one in found if one.rule == "call"] == [
        "calls what it was given: & $file @parameters"
    ]


def test_that_the_launcher_sets_what_modules_see_of_the_preferences():
    """It runs in the global scope; a script's own preferences don't reach the functions of modules."""
    text = (FOLDER / "launcher" / "Invoke-NamedScript.ps1").read_text("ascii")
    assert "\n$ErrorActionPreference = 'Stop'\n$ConfirmPreference = 'None'\n" in text


def test_that_a_script_that_keeps_the_rules_is_not_objected_to():
    assert objections(Source(GOOD)) == []


@pytest.mark.parametrize(
    ("good", "bad", "rule"), MISTAKES, ids=[f"{rule}:{bad[:30]}" for _, bad, rule in MISTAKES]
)
def test_that_a_mistake_is_caught(good, bad, rule):
    assert good in GOOD
    found = objections(Source(GOOD.replace(good, bad)))
    assert rule in {objection.rule for objection in found}, found


def test_that_functions_of_one_name_are_the_same_in_every_script():
    texts = {}
    for path in SCRIPTS:
        for name, text in Source(path.read_text(encoding="ascii")).functions().items():
            if name not in OWN:
                texts.setdefault(name, {}).setdefault(text, []).append(path.name)
    assert {name: list(found.values()) for name, found in texts.items() if len(found) > 1} == {}


def test_that_every_script_ends_in_the_same_way_of_answering():
    """A change script answers with its outcome, or with the error that ended it, and never with neither."""
    ends = {
        path.read_text(encoding="ascii").partition("\n$change = ")[2]
        for path in SCRIPTS
        if "function Invoke-Change" in path.read_text(encoding="ascii")
    }
    assert len(ends) == 1
    assert "New-ErrorDocument -Record $_" in ends.pop()


def test_that_the_catalog_is_of_both_shells_and_of_more_than_one_windows():
    assert set(catalog.hosts()) == {"2016-5.1", "2019-5.1", "2019-7.0"}
    assert "asarray" not in catalog.parameters("ConvertTo-Json")
    assert catalog.module_of("Get-VMSwitch") == "Hyper-V"
    assert catalog.module_of("Get-NetNatt") == ""


def test_that_the_watchdog_carries_its_part_letter_for_letter_and_that_keeps_the_rules():
    part = (FOLDER / "parts" / "Invoke-Rescue.ps1").read_text("ascii")
    carrier = (FOLDER / "Start-Watchdog.ps1").read_text("ascii")
    assert f"$rescueText = @'\n{part}'@\n" in carrier
    # Whoever carries it asked for the commands before, and nobody reads what the task prints.
    found = {one.rule for one in objections(Source(part))} - {"not-asked", "one-document"}
    assert found == set()


def test_that_the_script_that_tries_the_packages_keeps_the_rules_of_the_language():
    """It starts programs and prints lines, which no script of the console may; nobody else reads it here."""
    script = ROOT / "packaging" / "Test-Packages.ps1"
    found = [
        one for one in objections(Source(script.read_text(encoding="ascii"))) if one.rule not in FREE_THERE
    ]
    assert found == []
