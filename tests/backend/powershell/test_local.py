"""Every way in which a PowerShell of this computer fails, shown by a program that fails so."""

import asyncio
import json
import os
import shutil
import sys
import tracemalloc
from pathlib import Path

import psutil
import pytest

from console.backend.powershell.local import LocalRunner
from console.backend.powershell.request import script_file
from console.backend.powershell.runner import HostError
from console.domain.failure import FailureKind
from console.domain.scripts import GET_HOST_INVENTORY, REMOVE_VSWITCH, SCRIPT_BY_ID, Script
from tests.backend.powershell.programs import FakePowerShell
from tests.backend.watching import until

REMOVAL = {"SwitchName": "nat"}
BEGUN_SECONDS = 5.0 if sys.platform == "win32" else 0.5
"""After that the fake program has begun: its launcher and Python start more slowly there."""


@pytest.fixture
def fake(tmp_path):
    return FakePowerShell(tmp_path)


def run(fake, *, script=REMOVE_VSWITCH, parameters=REMOVAL, on_progress=None, **options):
    async def main():
        runner = LocalRunner(fake.path, **options)
        try:
            return await runner.run(script, parameters, on_progress=on_progress)
        finally:
            await runner.close()

    return asyncio.run(main())


def failure(fake, behaviour, **options):
    fake.behave(behaviour)
    with pytest.raises(HostError) as caught:
        run(fake, **options)
    assert caught.value.failure.script == options.get("script", REMOVE_VSWITCH).id
    return caught.value.failure


def ended(pids):
    """Whether none of the processes runs (a zombie does not)."""
    for pid in pids:
        try:
            if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                return False
        except psutil.NoSuchProcess:
            continue
    return True


def test_that_the_document_comes_back_and_the_installed_script_was_named(fake):
    answer = json.loads(run(fake))
    assert answer["after"] == REMOVAL
    assert fake.seen["file"] == str(script_file(REMOVE_VSWITCH))
    assert Path(fake.seen["file"]).is_file()


def test_that_the_command_line_is_the_same_whatever_is_run(fake):
    run(fake)
    first = fake.seen["argv"]
    run(fake, script=SCRIPT_BY_ID["set-service-state"], parameters={"Service": "hns", "Action": "Restart"})
    assert fake.seen["argv"] == first
    assert {"-NoProfile", "-NonInteractive"} <= set(first)


def test_that_the_module_path_of_another_powershell_is_not_handed_on(fake, monkeypatch):
    monkeypatch.setenv("PSModulePath", "/opt/powershell/7/Modules")
    run(fake)
    assert not [name for name in fake.seen["environment"] if name.upper() == "PSMODULEPATH"]


def test_when_powershell_is_missing_that_is_said(tmp_path):
    with pytest.raises(HostError) as caught:
        asyncio.run(LocalRunner(str(tmp_path / "powershell")).run(REMOVE_VSWITCH, REMOVAL))
    assert caught.value.failure.kind is FailureKind.MISSING
    assert not caught.value.failure.may_have_happened


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one of its own, whatever the PATH")
def test_when_no_powershell_is_on_the_path_that_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HostError) as caught:
        asyncio.run(LocalRunner().run(REMOVE_VSWITCH, REMOVAL))
    assert caught.value.failure.kind is FailureKind.MISSING


@pytest.mark.skipif(sys.platform == "win32", reason="Windows' own comes first there")
def test_that_pwsh_on_the_path_is_found(monkeypatch, tmp_path):
    fake = FakePowerShell(tmp_path, name="pwsh")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    asyncio.run(LocalRunner().run(REMOVE_VSWITCH, REMOVAL))
    assert fake.seen["values"] == REMOVAL


@pytest.mark.skipif(sys.platform == "win32", reason="no mode of a file forbids to run it there")
def test_when_the_program_may_not_be_run_access_is_denied(fake):
    fake.program.chmod(0o644)
    assert failure(fake, "answer").kind is FailureKind.ACCESS_DENIED


@pytest.mark.parametrize(
    ("behaviour", "kind", "words"),
    [
        ("blocked", FailureKind.BLOCKED_BY_POLICY, "running scripts is disabled"),
        ("blocked-outside", FailureKind.BLOCKED_BY_POLICY, "running scripts is disabled"),
        ("constrained", FailureKind.CONSTRAINED_LANGUAGE, "core types in this language mode"),
        ("constrained-outside", FailureKind.CONSTRAINED_LANGUAGE, "core types in this language mode"),
        ("exit-code", FailureKind.EXIT_CODE, "Out of memory.\nPowerShell ended with the exit code 5"),
        ("exit-code-after-answer", FailureKind.EXIT_CODE, "exit code 1"),
        ("killed", FailureKind.EXIT_CODE, "exit code 9" if sys.platform == "win32" else "exit code -9"),
        ("deaf", FailureKind.EXIT_CODE, "exit code 3"),
        ("nothing", FailureKind.MALFORMED_ANSWER, "wrote nothing"),
        ("garbage", FailureKind.MALFORMED_ANSWER, "unapproved verbs"),
        ("noise-first", FailureKind.MALFORMED_ANSWER, "Loading profile"),
        ("partial", FailureKind.MALFORMED_ANSWER, '"schema": 1'),
        ("says-nothing-of-the-change", FailureKind.MALFORMED_ANSWER, '{"schema": 1}'),
        ("list", FailureKind.MALFORMED_ANSWER, "[1]"),
        ("nested", FailureKind.MALFORMED_ANSWER, "[[["),
        ("not-text", FailureKind.MALFORMED_ANSWER, "schema"),
        ("denied", FailureKind.ACCESS_DENIED, "Zugriff verweigert (0x80070005)"),
        ("denied-in-document", FailureKind.ACCESS_DENIED, "required permission"),
        ("module-missing", FailureKind.MODULE_MISSING, "'Get-VMSwitch' is not recognized"),
        ("module-missing-outside", FailureKind.MODULE_MISSING, "'Get-VMSwitch' is not recognized"),
        ("failed-after-change", FailureKind.SCRIPT_ERROR, "The operation failed."),
    ],
)
def test_that_each_failure_is_told_by_its_kind_with_powershells_words(fake, behaviour, kind, words):
    found = failure(fake, behaviour)
    assert found.kind is kind
    assert words in found.raw
    assert "\x1b" not in found.raw
    assert "<S S=" not in found.raw


@pytest.mark.parametrize("behaviour", ["bom", "utf-16", "utf-16-unmarked", "utf-16-be"])
def test_that_the_encoding_of_the_answer_does_not_matter(fake, behaviour):
    fake.behave(behaviour)
    assert json.loads(run(fake))["after"] == REMOVAL


@pytest.mark.parametrize(
    ("behaviour", "maybe"),
    [
        ("partial", True),
        ("killed", True),
        ("failed-after-change", True),
        ("blocked", False),
        ("denied-in-document", False),
        ("constrained", False),
    ],
)
def test_that_a_change_which_may_have_been_made_is_said_to_be_so(fake, behaviour, maybe):
    assert failure(fake, behaviour).may_have_happened is maybe


def test_that_reading_never_may_have_changed_anything(fake):
    assert not failure(fake, "partial", script=GET_HOST_INVENTORY, parameters={}).may_have_happened


@pytest.mark.parametrize("behaviour", ["hang", "orphan"])
def test_when_it_hangs_its_whole_tree_is_ended_after_the_time_out(fake, behaviour):
    found = failure(fake, behaviour, timeout_factor=BEGUN_SECONDS / REMOVE_VSWITCH.timeout_seconds)
    assert found.kind is FailureKind.TIMED_OUT
    assert f"{BEGUN_SECONDS:g} s" in found.raw
    assert fake.pids
    asyncio.run(until(lambda: ended(fake.pids)))


def test_when_the_caller_is_cancelled_the_whole_tree_is_ended(fake):
    fake.behave("hang")

    async def main():
        runner = LocalRunner(fake.path)
        task = asyncio.ensure_future(runner.run(REMOVE_VSWITCH, REMOVAL))
        await until(lambda: fake.pids)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(fake.pids) == 2
        await until(lambda: ended(fake.pids))
        await runner.close()

    asyncio.run(main())


def test_when_the_runner_is_closed_what_runs_is_ended(fake):
    fake.behave("hang")

    async def main():
        runner = LocalRunner(fake.path)
        task = asyncio.ensure_future(runner.run(REMOVE_VSWITCH, REMOVAL))
        await until(lambda: fake.pids)
        await runner.close()
        with pytest.raises(HostError):
            await task
        await until(lambda: ended(fake.pids))

    asyncio.run(main())


@pytest.mark.parametrize("behaviour", ["flood", "flood-of-errors"])
def test_that_gigabytes_of_output_are_cut_off_and_never_kept(fake, behaviour):
    tracemalloc.start()
    try:
        found = failure(fake, behaviour, output_limit=1 << 20)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.kind is FailureKind.TOO_MUCH_OUTPUT
    assert found.raw.endswith("xxx")
    assert len(found.raw) < 1000
    assert peak < 64 << 20


def test_that_progress_is_told_while_the_script_runs(fake):
    fake.behave("progress")
    told = []
    run(fake, on_progress=told.append)
    assert told == ["Reading: adaptär & co (40 %)", "Preparing modules"]


def test_that_parameters_a_script_does_not_have_are_refused_before_anything_runs(fake):
    found = failure(fake, "answer", parameters={"SwitchName": "x", "Nonsense": 1})
    assert found.kind is FailureKind.INTERNAL
    assert "Nonsense" in found.raw
    assert not (fake.folder / "seen.json").exists()


def test_that_several_scripts_run_at_the_same_time(fake):
    async def main():
        runner = LocalRunner(fake.path)
        answers = await asyncio.gather(
            *(runner.run(REMOVE_VSWITCH, {"SwitchName": f"switch {number}"}) for number in range(6))
        )
        await runner.close()
        return [json.loads(answer)["after"]["SwitchName"] for answer in answers]

    assert asyncio.run(main()) == [f"switch {number}" for number in range(6)]


@pytest.mark.skipif(shutil.which("pwsh") is None, reason="no real pwsh on the PATH: the launcher was not run")
def test_that_a_real_powershell_gets_every_parameter_as_it_was_given(tmp_path):
    file = tmp_path / "Echo.ps1"
    file.write_text(
        "param([string] $SwitchName, [string] $SwitchId)\n"
        "$answer = @{ schema = 1; ok = $true; name = $SwitchName; id = $SwitchId }\n"
        "ConvertTo-Json -Compress -InputObject $answer\n"
    )
    values = {"SwitchName": "2020-01-01T00:00:00Z", "SwitchId": "'; \"$(exit 9)` \u2019 \u00e4"}

    async def main():
        runner = LocalRunner(file_of=lambda script: file)
        try:
            return json.loads(await runner.run(REMOVE_VSWITCH, values))
        finally:
            await runner.close()

    answer = asyncio.run(main())
    assert (answer["name"], answer["id"]) == (values["SwitchName"], values["SwitchId"])


def test_that_the_launcher_is_ascii_so_that_no_tool_can_misread_it():
    launcher = script_file(Script("x", "launcher/Invoke-NamedScript.ps1", None, (), False, False, 1, ""))
    assert launcher.read_bytes().isascii()
