"""The real compilers' installers of a staged folder, run silently under Wine as an administrator does."""

import shutil
import subprocess

import pytest

from shipping import freeze, product
from shipping.build import build_newer
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
    assert place.registry(OWN)[product.SETUP_FOLDER].endswith(product.NAME)
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
    return place.registry(OWN)[product.SETUP_FOLDER]


def test_that_a_folder_can_be_chosen_and_is_kept_by_an_upgrade(wine, setups, data):
    place = Place(wine, "user")
    place.folder = wine.drive / "Tools" / "Console"
    assert wine.run(setups[0], "/S", "/CurrentUser", r"/D=C:\Tools\Console").code == 0
    assert place.files() == PROGRAMS | OLD.keys()
    assert wine.run(setups[1], "/S").code == 0
    assert place.files() == PROGRAMS | NEW.keys()
    place.uninstall()
    assert not place.folder.exists()


def test_that_another_folder_takes_the_place_of_the_old_one(wine, setups, data):
    place = Place(wine, "user")
    assert wine.run(setups[0], "/S", "/CurrentUser", r"/D=C:\Tools\Console").code == 0
    old = wine.drive / "Tools" / "Console"
    (old / "mine.txt").write_text("not the installer's")
    running = wine.start(old / "wcn.exe", "600")
    try:
        waited_for(lambda: wine.run(setups[1], "/S", r"/D=C:\Tools\Other").code == 3)
        assert not (wine.drive / "Tools" / "Other").exists()
    finally:
        running.kill()
        running.wait()
    waited_for(lambda: wine.run(setups[1], "/S", r"/D=C:\Tools\Other").code == 0)
    place.folder = wine.drive / "Tools" / "Other"
    assert place.files() == PROGRAMS | NEW.keys()
    assert windows_folder(place) == r"C:\Tools\Other"
    assert place.registry(UNINSTALL)["InstallLocation"] == r"C:\Tools\Other"
    assert [path.name for path in old.iterdir()] == ["mine.txt"]
    place.uninstall()
    assert not place.folder.exists()
    (old / "mine.txt").unlink()
    old.rmdir()


def test_that_another_programs_folder_is_left_alone(wine, setups, data):
    """Its uninstaller is neither run, which would take that program away, nor written over."""
    place = Place(wine, "user")
    theirs = wine.drive / "Theirs"
    theirs.mkdir()
    uninstaller = theirs / "uninstall.exe"
    uninstaller.write_bytes(b"another program's")
    assert wine.run(setups[0], "/S", "/CurrentUser", r"/D=C:\Theirs").code == 2
    assert wine.run(setups[0], "/S", "/CurrentUser").code == 0
    assert wine.run(setups[1], "/S", r"/D=C:\Theirs").code == 2
    assert place.files() == PROGRAMS | OLD.keys()
    assert [path.name for path in theirs.iterdir()] == ["uninstall.exe"]
    assert uninstaller.read_bytes() == b"another program's"
    place.uninstall()
    uninstaller.unlink()
    theirs.rmdir()


WINDOWS = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion"


@pytest.fixture
def build(wine):
    """Make this Windows another build."""

    def change(number):
        words = ("/v", "CurrentBuildNumber", "/t", "REG_SZ", "/d", str(number), "/f")
        assert wine.run("reg", "add", WINDOWS, *words).code == 0

    before = wine.registry(WINDOWS)["CurrentBuildNumber"]
    yield change
    change(before)


def test_that_nothing_is_installed_where_it_could_not_start(wine, setups, packages, data, build):
    place, machine = Place(wine, "user"), Place(wine, "machine")
    build(product.OLDEST_BUILD - 1)
    assert wine.run(setups[0], "/S", "/CurrentUser").code == 2
    assert wine.run("msiexec", "/i", packages[0], "/qn").code != 0
    assert not place.files() | machine.files()
    build(product.OLDEST_BUILD)
    assert wine.run(setups[0], "/S", "/CurrentUser").code == 0
    place.uninstall()
    assert wine.run("msiexec", "/i", packages[0], "/qn").code == 0
    assert wine.run("msiexec", "/x", packages[0], "/qn").code == 0


def test_that_for_all_accounts_neither_package_takes_the_others_place(wine, setups, packages, data):
    place = Place(wine, "machine")
    assert wine.run("msiexec", "/i", packages[0], "/qn").code == 0
    assert wine.run(setups[1], "/S", "/AllUsers").code == 4
    assert place.files() == PROGRAMS | OLD.keys()
    assert product.SETUP_FOLDER not in place.registry(OWN)
    assert wine.run("msiexec", "/x", packages[0], "/qn").code == 0

    assert wine.run(setups[0], "/S", "/AllUsers").code == 0
    assert wine.run("msiexec", "/i", packages[1], "/qn").code != 0
    assert place.files() == PROGRAMS | OLD.keys()
    assert not msi_product(wine)
    place.uninstall()


def test_that_a_setup_for_one_account_stands_beside_the_package_for_all(wine, setups, packages, data):
    mine, everyones = Place(wine, "user"), Place(wine, "machine")
    assert wine.run("msiexec", "/i", packages[0], "/qn").code == 0
    before = mine.registry(OWN)
    assert wine.run(setups[1], "/S", "/CurrentUser").code == 0
    assert mine.files() == PROGRAMS | NEW.keys()
    assert everyones.files() == PROGRAMS | OLD.keys()
    assert wine.run(mine.folder / "uninstall.exe", "/S", "/Scope=user").code == 0
    waited_for(lambda: mine.registry(OWN) == before)  # the package's own value in it is kept
    assert wine.run("msiexec", "/x", packages[0], "/qn").code == 0
    assert not everyones.files()


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
    assert place.registry(OWN)[product.MSI_FOLDER].rstrip("\\").endswith(product.NAME)
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


def test_that_a_package_of_the_same_version_takes_the_place_of_the_other(
    wine, packages, staged, icon, tmp_path, data
):
    """A pre-release has the numbers of its release, and a build for a test those of another."""
    place = Place(wine, "machine")
    before = make_msi(staged("0.2.0rc1", OLD), tmp_path / "before.msi", icon=icon)
    assert wine.run("msiexec", "/i", before, "/qn").code == 0
    assert wine.run("msiexec", "/i", packages[1], "/qn").code == 0
    assert place.files() == PROGRAMS | NEW.keys()
    assert [entry["DisplayVersion"] for entry in msi_product(wine).values()] == ["0.2.0"]
    assert wine.run("msiexec", "/x", packages[1], "/qn").code == 0
    assert not place.files()


def test_that_the_package_says_for_all_accounts_and_keeps_its_upgrade_code(packages):
    tables = {name: exported(packages[1], name) for name in ("Property", "Upgrade", "Component", "File")}
    properties = dict(row[:2] for row in tables["Property"])
    assert properties["ALLUSERS"] == "1"
    assert properties["UpgradeCode"].strip("{}").lower() == str(product.UPGRADE_CODE)
    assert properties["ProductVersion"] == "0.2.0"
    assert {row[0].strip("{}").lower() for row in tables["Upgrade"]} == {str(product.UPGRADE_CODE)}
    # One component for each file, as Windows Installer's rules want it, and one for the Start menu.
    assert len(tables["File"]) == len(PROGRAMS | NEW.keys())
    assert len(tables["Component"]) == len(tables["File"]) + 1


def test_that_the_entry_of_the_start_menu_is_a_component_of_the_account(packages):
    """What is in a profile may have no file for its key path (Windows Installer's ICE43 and ICE57)."""
    tables = {name: exported(packages[1], name) for name in ("Shortcut", "Component", "Registry")}
    (shortcut,) = tables["Shortcut"]
    assert shortcut[1] == "ProgramMenuFolder"
    assert shortcut[4] == "[INSTALLDIR]wcn-console.exe"
    (component,) = (row for row in tables["Component"] if row[0] == shortcut[3])
    (key,) = (row for row in tables["Registry"] if row[0] == component[5])
    of_the_account = "1"  # HKEY_CURRENT_USER
    assert key[1] == of_the_account
    assert key[5] == component[0]


def exported(package, table):
    told = subprocess.run(["msiinfo", "export", package, table], capture_output=True, text=True, check=True)
    return [line.split("\t") for line in told.stdout.splitlines()[3:]]


@pytest.fixture
def output(monkeypatch, icon, tmp_path):
    """A folder for what is built, in which there is nothing yet."""
    monkeypatch.setattr(product, "OUTPUT", tmp_path)
    monkeypatch.setattr(freeze, "ICON", icon)
    return tmp_path


def test_that_what_was_built_is_packed_again_as_a_newer_version(staged, output):
    shutil.copytree(staged("0.1.0", OLD).folder, output / "windows" / "bundle")
    made = build_newer()
    assert [path.name for path in made] == [
        f"{product.IDENTIFIER}-99.0.0-x64-setup.exe",
        f"{product.IDENTIFIER}-99.0.0-x64.msi",
    ]
    assert all(path.is_file() for path in made)
    assert dict(row[:2] for row in exported(made[1], "Property"))["ProductVersion"] == "99.0.0"


def test_that_nothing_is_packed_again_before_it_was_built(output):
    with pytest.raises(PackingError, match="nothing in"):
        build_newer()


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
