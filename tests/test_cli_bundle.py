"""``wcn snapshot``, ``wcn compare`` and ``--bundle``, as a person runs them."""

import json
import sqlite3
import sys

import pytest

from console.backend.bundle import read_bundle
from console.backend.journal import Journal
from console.cli import main
from console.demo.host import PracticeHost
from console.demo.server import PracticeServer
from console.domain.plan import Plan
from console.domain.snapshot import HostIdentity
from console.domain.text import verbatim


def saved(folder, scenario, *more):
    path = folder / f"{scenario}.zip"
    assert main(["snapshot", "--demo", scenario, "--out", str(path), *more]) == 0
    return path


def test_that_a_saved_host_is_looked_at_as_the_host_itself_is(tmp_path, capsys):
    path = saved(tmp_path, "ipv6-disabled")
    capsys.readouterr()
    assert main(["doctor", "--bundle", str(path)]) == 1
    assert "DisabledComponents is 0xff" in capsys.readouterr().out
    assert main(["map", "--bundle", str(path)]) == 0
    assert "Network nat" in capsys.readouterr().out


def test_that_a_pseudonymised_host_has_the_same_findings_and_other_names(tmp_path, capsys):
    real = saved(tmp_path, "hidden-vswitch")
    veiled = tmp_path / "veiled.zip"
    assert main(["snapshot", "--bundle", str(real), "--pseudonymise", "--out", str(veiled)]) == 0
    capsys.readouterr()
    assert main(["doctor", "--bundle", str(veiled), "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["check"] == "hidden-vswitch"
    assert finding["subject"]["name"].startswith("vswitch-")


def test_that_two_hosts_are_compared(tmp_path, capsys):
    before, after = saved(tmp_path, "healthy"), saved(tmp_path, "hidden-vswitch")
    capsys.readouterr()
    assert main(["compare", str(before), str(before)]) == 0
    assert "No differences." in capsys.readouterr().out
    assert main(["compare", str(before), str(after), "--json"]) == 1
    parts = json.loads(capsys.readouterr().out)["parts"]
    assert parts["vswitches"]["appeared"] == ["ExternalSwitch"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["doctor", "--bundle", "{folder}/none.zip"],
        ["map", "--bundle", "{folder}/none.zip"],
        ["snapshot", "--bundle", "{folder}/none.zip", "--out", "{folder}/a.zip"],
        ["snapshot", "--demo", "healthy", "--out", "{folder}/no/such/folder/a.zip"],
        ["snapshot", "--demo", "no such scenario", "--out", "{folder}/a.zip"],
        ["compare", "{folder}/none.zip", "{folder}/none.zip"],
    ],
)
def test_that_what_can_not_be_read_or_written_is_told(tmp_path, arguments, capsys):
    assert main([word.format(folder=tmp_path) for word in arguments]) == 2
    said = capsys.readouterr()
    assert said.err.strip()
    assert not said.out
    assert list(tmp_path.iterdir()) == []


def test_that_a_bundle_is_saved_also_where_another_version_wrote_into_the_journal(
    tmp_path, profile, monkeypatch, capsys
):
    monkeypatch.setattr("console.host_options.Profile.standard", lambda: profile)
    host = PracticeHost.create(os_build=20348)
    server = PracticeServer(host)
    server.start()
    made = tmp_path / "made.zip"
    try:
        journal = Journal(profile.journal)
        identity = HostIdentity(id=f"manual:{server.url}", name=server.url)
        for title in ("of this version", "of a later one"):
            journal.end(journal.begin(identity, Plan(title=verbatim(title), steps=())))
        journal.close()
        with sqlite3.connect(profile.journal) as database:
            database.execute("UPDATE entries SET plan_format = 99 WHERE id = 2")
        database.close()
        assert main(["snapshot", "--host", server.url, "--out", str(made)]) == 0
    finally:
        server.stop()
    newest, oldest = read_bundle(made).journal
    assert "newer version" in str(newest.unreadable.reason)
    assert newest.unreadable.raw == ""
    assert str(oldest.plan.title) == "of this version"


def test_that_bundles_made_with_one_key_can_be_compared(tmp_path, capsys):
    key = tmp_path / "names.key"
    plain = saved(tmp_path, "hidden-vswitch")
    first, second, other = (tmp_path / name for name in ("first.zip", "second.zip", "other.zip"))
    for renamed in (first, second):
        again = ["snapshot", "--bundle", str(plain), "--pseudonym-key", str(key), "--out", str(renamed)]
        assert main(again) == 0
    assert main(["snapshot", "--bundle", str(plain), "--pseudonymise", "--out", str(other)]) == 0
    capsys.readouterr()
    assert main(["compare", str(first), str(second)]) == 0
    assert main(["compare", str(first), str(other)]) == 1
    assert sys.platform == "win32" or key.stat().st_mode & 0o077 == 0  # the folder's own rights hold there
    key.write_text("no key")
    assert main(["snapshot", "--demo", "healthy", "--pseudonym-key", str(key), "--out", str(other)]) == 2
