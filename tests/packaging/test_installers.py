"""The real compilers' installers of a staged folder, run silently under Wine as an administrator does."""

import subprocess

import pytest

from shipping import product
from shipping.installers import PackingError, Staged, make_msi, make_setup
from tests.packaging.conftest import waited_for

pytestmark = pytest.mark.packages

UNINSTALL = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{product.IDENTIFIER}"
OWN = rf"Software\{product.IDENTIFIER}"
PATHS = r"Software\Microsoft\Windows\CurrentVersion\App Paths\wcn.exe"
OLD = {"_internal/old.txt": "1", "_internal/inner/kept é.txt": "1"}
NEW = {"_internal/new.txt": "2", "_internal/inner/kept é.txt": "2"}


@pytest.fixture(scope="module")
def setups(staged, icon, tmp_path_factory):
    """The set-ups of an older and a newer version."""
    out = tmp_path_factory.mktemp("setups")
    return [
        make_setup(staged(version, files), out / f"setup-{version}.exe", icon=icon)
        for version, files in (("0.1.0", OLD), ("0.2.0", NEW))
    ]


@pytest.fixture(scope="module")
def packages(staged, icon, tmp_path_factory):
    """The Windows Installer packages of both."""
    out = tmp_path_factory.mktemp("packages")
    return [
        make_msi(staged(version, files), out / f"{version}.msi", icon=icon)
        for version, files in (("0.1.0", OLD), ("0.2.0", NEW))
    ]


class Place:
    """Where one scope installs to and what it leaves behind."""

    def __init__(self, wine, scope):
        roaming = wine.home / "AppData" / "Roaming"
        programs = wine.drive / "ProgramData" if scope == "machine" else roaming
        self.wine = wine
        self.root = "HKLM" if scope == "machine" else "HKCU"
        self.switch = "/AllUsers" if scope == "machine" else "/CurrentUser"
        around = wine.drive / "Program Files"
        if scope == "user":
            around = wine.home / "AppData" / "Local" / "Programs"
        self.folder = around / product.NAME
        self.shortcut = programs / "Microsoft" / "Windows" / "Start Menu" / "Programs" / f"{product.NAME}.lnk"

    def files(self):
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)) for path in found} - {"uninstall.exe"}

    def registry(self, key):
        return self.wine.registry(rf"{self.root}\{key}")

    def uninstall(self):
        assert self.wine.run(self.folder / "uninstall.exe", "/S", f"/Scope={self.scope}").code == 0
        # It goes on as a copy of itself, and its own key is what it takes away last.
        waited_for(lambda: self.registry(OWN) is None)

    @property
    def scope(self):
        return "machine" if self.root == "HKLM" else "user"


@pytest.fixture
def data(wine):
    """What a person has made, in the folder of console/paths.py."""
    folder = wine.home / "AppData" / "Local" / product.NAME
    folder.mkdir(parents=True, exist_ok=True)
    journal = folder / "journal.sqlite"
    journal.write_bytes(b"what was done")
    yield journal
    assert journal.read_bytes() == b"what was done"


PROGRAMS = {"wcn.exe", "wcn-console.exe"}


@pytest.mark.parametrize("scope", ["user", "machine"])
def test_that_the_setup_installs_upgrades_in_place_and_takes_all_away_again(wine, setups, data, scope):
    place = Place(wine, scope)
    assert wine.run(setups[0], "/S", place.switch).code == 0
    assert place.files() == PROGRAMS | OLD.keys()
    assert place.shortcut.is_file()
    entry = place.registry(UNINSTALL)
    assert entry["DisplayName"] == product.NAME
    assert entry["DisplayVersion"] == "0.1.0"
    assert entry["QuietUninstallString"].endswith(f"/S /Scope={scope}")
    assert int(entry["EstimatedSize"], 16) > 0
    assert place.registry(OWN)["InstallDir"].endswith(product.NAME)
    assert place.registry(PATHS)[""].endswith(r"\wcn.exe")

    (place.folder / "mine.txt").write_text("not the installer's")
    assert wine.run(setups[1], "/S").code == 0  # it finds out for itself for whom it was
    assert place.files() == PROGRAMS | NEW.keys() | {"mine.txt"}
    assert (place.folder / "_internal/inner/kept é.txt").read_text(encoding="utf-8") == "2"
    assert place.registry(UNINSTALL)["DisplayVersion"] == "0.2.0"

    place.uninstall()
    assert place.files() == {"mine.txt"}
    assert not place.shortcut.exists()
    assert [place.registry(key) for key in (UNINSTALL, OWN, PATHS)] == [None, None, None]
    (place.folder / "mine.txt").unlink()
    place.folder.rmdir()


def test_that_nothing_is_touched_while_the_program_runs(wine, setups, data):
    place = Place(wine, "user")
    assert wine.run(setups[0], "/S", "/CurrentUser").code == 0
    running = wine.start(place.folder / "wcn.exe", "600")
    try:
        waited_for(lambda: wine.run(setups[1], "/S").code == 3)
        assert place.files() == PROGRAMS | OLD.keys()
        assert place.registry(UNINSTALL)["DisplayVersion"] == "0.1.0"
        wine.run(place.folder / "uninstall.exe", "/S", f"_?={windows_folder(place)}")
        assert place.files() == PROGRAMS | OLD.keys()
    finally:
        running.kill()
        running.wait()
    place.uninstall()
    assert not place.folder.exists()


def windows_folder(place):
    return place.registry(OWN)["InstallDir"]


def test_that_a_folder_can_be_chosen_and_is_kept_by_an_upgrade(wine, setups, data):
    place = Place(wine, "user")
    place.folder = wine.drive / "Tools" / "Console"
    assert wine.run(setups[0], "/S", "/CurrentUser", r"/D=C:\Tools\Console").code == 0
    assert place.files() == PROGRAMS | OLD.keys()
    assert wine.run(setups[1], "/S").code == 0
    assert place.files() == PROGRAMS | NEW.keys()
    place.uninstall()
    assert not place.folder.exists()


def msi_product(wine):
    """The one entry that Windows Installer has of us: key and values."""
    listed = wine.run("reg", "query", rf"HKLM\{UNINSTALL.rpartition(chr(92))[0]}").output.split()
    keys = [key for key in listed if "{" in key]
    entries = {key: wine.registry(key) for key in keys}
    return {
        key: entry for key, entry in entries.items() if entry and entry.get("DisplayName") == product.NAME
    }


def test_that_windows_installer_installs_upgrades_refuses_older_and_takes_all_away(wine, packages, data):
    place = Place(wine, "machine")
    assert wine.run("msiexec", "/i", packages[0], "/qn").code == 0
    assert place.files() == PROGRAMS | OLD.keys()
    # Windows takes the menu of all accounts (ALLUSERS is 1, below), Wine 8's Windows Installer one's own.
    place.shortcut = Place(wine, "user").shortcut
    assert place.shortcut.is_file()
    assert [entry["DisplayVersion"] for entry in msi_product(wine).values()] == ["0.1.0"]
    assert place.registry(OWN)["InstallDir"].rstrip("\\").endswith(product.NAME)
    assert place.registry(PATHS)[""].endswith(r"\wcn.exe")

    assert wine.run("msiexec", "/i", packages[1], "/qn").code == 0
    assert place.files() == PROGRAMS | NEW.keys()
    assert [entry["DisplayVersion"] for entry in msi_product(wine).values()] == ["0.2.0"]

    assert wine.run("msiexec", "/i", packages[0], "/qn").code != 0
    assert place.files() == PROGRAMS | NEW.keys()

    assert wine.run("msiexec", "/x", packages[1], "/qn").code == 0
    assert not place.files()
    assert not place.shortcut.exists()
    assert not msi_product(wine)
    assert [place.registry(key) for key in (OWN, PATHS)] == [None, None]


def test_that_the_package_says_for_all_accounts_and_keeps_its_upgrade_code(packages):
    tables = {name: exported(packages[1], name) for name in ("Property", "Upgrade", "Component", "File")}
    properties = dict(row[:2] for row in tables["Property"])
    assert properties["ALLUSERS"] == "1"
    assert properties["UpgradeCode"].strip("{}").lower() == str(product.UPGRADE_CODE)
    assert properties["ProductVersion"] == "0.2.0"
    assert {row[0].strip("{}").lower() for row in tables["Upgrade"]} == {str(product.UPGRADE_CODE)}
    # One component for each file, as Windows Installer's rules want it.
    assert len(tables["Component"]) == len(tables["File"]) == len(PROGRAMS | NEW.keys())


def exported(package, table):
    told = subprocess.run(["msiinfo", "export", package, table], capture_output=True, text=True, check=True)
    return [line.split("\t") for line in told.stdout.splitlines()[3:]]


def test_that_a_path_too_long_for_windows_is_refused(tmp_path, icon):
    deep = tmp_path / "app" / ("d" * 100) / ("f" * 100)
    deep.parent.mkdir(parents=True)
    deep.write_text("")
    with pytest.raises(PackingError, match="too long for Windows"):
        make_msi(Staged(tmp_path / "app"), tmp_path / "out.msi", icon=icon)


def test_that_the_compilers_own_words_are_told(tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "wcn.exe").write_text("")
    with pytest.raises(PackingError, match="makensis ended with 1"):
        make_setup(Staged(tmp_path / "app"), tmp_path / "out.exe", icon=tmp_path / "no.ico")
