"""A host that was added under one name and is reached by another: no member of its bundle tells either."""

import asyncio
import json
import socket
import zipfile

import pytest
from pydantic import SecretStr

from console.backend.bundle import bundle_of, new_key, write_bundle
from console.backend.hosts.book import HostBook
from console.backend.hosts.stored import StoredHost
from console.backend.journal import Journal
from console.backend.powershell.endpoint import WinRmEndpoint
from console.checks.document import as_document
from console.checks.report import run_checks
from console.cli import main
from console.demo.host import PracticeHost
from console.demo.server import PracticeServer
from console.domain.connection_risk import ConnectionRisk
from console.domain.plan import CreateNetwork, Plan, RunScript
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.paths import Profile
from console.startup import added_host
from console.ui.hosts import Consent

HOST = "srv-contoso-01.corp.contoso.com"
#: Nothing of these may be in any file of the archive, in whatever case.
CANARIES = ("contoso", "jroe", "payroll", "production", "fabrikam", "litware", "adatum")
OPTIONS = {
    "com.example.litware": "Adatum Berlin",
    "com.docker.network.windowsshim.dnssuffix": "ad.fabrikam.com",
}


@pytest.fixture
def named_engine(monkeypatch):
    """A practice engine that is reached by a name, as nothing on this computer can make one."""
    server = PracticeServer(PracticeHost.create(os_build=20348, scenario="default", seed=1))
    server.start()
    known = socket.getaddrinfo

    def look_up(host, *more, **how):
        return known("127.0.0.1" if host == HOST else host, *more, **how)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield f"tcp://{HOST}:{server.port}"
    server.stop()


@pytest.fixture
def nobody(monkeypatch):
    """A name that no computer has."""

    def look_up(host, *_more, **_how):
        raise socket.gaierror(socket.EAI_NONAME, f"lookup {host}: no such host")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return f"tcp://{HOST}:2375"


def stored(url):
    account = WinRmEndpoint(host=f"wmi.{HOST}", username="CONTOSO\\jroe", port=1, connect_seconds=1)
    return StoredHost(id="host-1", name="Production", engine_url=url, winrm=account)


def changes():
    labels = {"com.docker.compose.project": "litware", "owner.adatum": "jroe"}
    spec = NetworkSpec(name="payroll", driver="nat", options=OPTIONS, labels=labels)
    title = N_("Test", "Create the vSwitch {name} on {adapter}", name="payroll", adapter="Ethernet (Litware)")
    parameters = {"Name": "payroll", "NetAdapterName": "Ethernet (Litware)"}
    steps = (CreateNetwork(spec=spec), RunScript(script="new-vswitch", parameters=parameters, title=title))
    return Plan(title=N_("Test", "Make {what}", what="payroll"), steps=steps)


def saved(host, folder, *, change):
    """The members of the bundle that is made of a host and its journal, by name."""

    async def look():
        opened = added_host(host, journal, Consent(ConnectionRisk.UNENCRYPTED, SecretStr("correct horse")))
        try:
            if change:
                await opened.service.apply(changes())
            snapshot = await opened.service.examine()
            return snapshot, await opened.service.journal_entries(), opened.service.private_names
        finally:
            await opened.close()

    journal = Journal(folder / "journal.sqlite")
    try:
        snapshot, entries, private = asyncio.run(look())
    finally:
        journal.close()
    bundle = bundle_of(
        snapshot,
        entries,
        findings=lambda found: as_document(run_checks(found)),
        pseudonym_key=new_key(),
        private=private,
    )
    write_bundle(folder / "a.zip", bundle)
    return snapshot, members(folder / "a.zip")


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def left(told):
    return {(name, word) for name, words in told.items() for word in CANARIES if word in words.casefold()}


def test_that_an_engine_that_answers_is_told_without_its_name_and_what_people_wrote(named_engine, tmp_path):
    snapshot, told = saved(stored(named_engine), tmp_path, change=True)
    assert "payroll" in {network.name for network in snapshot.networks.known()}
    assert "windowsshim.dnssuffix" in told["snapshot.json"]
    assert len(json.loads(told["journal.json"])) == 1
    assert left(told) == set()


def test_that_an_engine_that_does_not_answer_is_told_without_its_name(nobody, tmp_path):
    snapshot, told = saved(stored(nobody), tmp_path, change=True)
    assert HOST in str(snapshot.engine.reason)
    assert "the engine can't be reached" in told["snapshot.json"].casefold()
    assert left(told) == set()


@pytest.mark.parametrize("wanted", ["Production", f"tcp://{HOST}:2375"])
def test_that_the_terminal_leaves_nothing_of_an_address_either(wanted, nobody, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(Profile, "standard", classmethod(lambda cls: cls(tmp_path / "profile")))
    HostBook(Profile.standard().hosts).put(stored(nobody).model_copy(update={"winrm": None}))
    plain, veiled = tmp_path / "plain.zip", tmp_path / "veiled.zip"
    assert main(["snapshot", "--host", wanted, "--out", str(plain)]) == 0
    assert main(["snapshot", "--host", wanted, "--pseudonymise", "--out", str(veiled)]) == 0
    assert ("snapshot.json", "contoso") in left(members(plain))
    assert left(members(veiled)) == set()


def test_that_a_bundle_with_names_loses_them_as_the_host_itself_does(nobody, tmp_path, monkeypatch, capsys):
    plain, veiled = tmp_path / "plain.zip", tmp_path / "veiled.zip"
    assert main(["snapshot", "--host", nobody, "--out", str(plain)]) == 0
    assert main(["snapshot", "--bundle", str(plain), "--pseudonymise", "--out", str(veiled)]) == 0
    assert left(members(veiled)) == set()


def test_that_a_check_that_crashed_does_not_tell_where_the_console_is_installed(tmp_path, nobody):
    error = 'File "C:\\Users\\jroe\\AppData\\Local\\Programs\\console\\checks\\x.py", line 3: KeyError'
    host = stored(nobody)

    async def look():
        opened = added_host(host, Journal(tmp_path / "j.sqlite"), Consent(ConnectionRisk.UNENCRYPTED))
        try:
            return await opened.service.examine(), opened.service.private_names
        finally:
            await opened.close()

    snapshot, private = asyncio.run(look())
    found = bundle_of(
        snapshot,
        (),
        findings=lambda _: {"crashed": [{"check": "x", "error": error}]},
        pseudonym_key=new_key(),
        private=private,
    )
    assert "jroe" not in str(found.findings)
    assert "KeyError" in str(found.findings)
