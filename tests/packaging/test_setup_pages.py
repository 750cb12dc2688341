"""The set-up's pages under Wine, as a person goes through them."""

import subprocess
from pathlib import Path

import pytest

from shipping import product
from shipping.installers import make_setup
from tests.packaging.conftest import waited_for

pytestmark = pytest.mark.packages

OWN = rf"Software\{product.IDENTIFIER}"
WHOM = "Install for whom?"
SECOND = "Install it a second time?"


class Person:
    """At the dialogs of one set-up."""

    def __init__(self, wine, program, setup):
        self._wine = wine
        self._program = program
        self._setup = setup
        self.running = None

    def starts(self, *words):
        self.running = self._wine.start(self._setup, *words)

    def sees(self):
        return self._wine.run(self._program).output

    def waits_for(self, text):
        waited_for(lambda: text in self.sees())

    def presses(self, label):
        waited_for(lambda: self._wine.run(self._program, label).code == 0)

    def leaves(self):
        self.running.kill()
        self.running.wait()
        waited_for(lambda: product.NAME not in self.sees())


@pytest.fixture(scope="module")
def setup(staged, icon, tmp_path_factory):
    return make_setup(staged("0.1.0", {}), tmp_path_factory.mktemp("setup") / "console-setup.exe", icon=icon)


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    made = tmp_path_factory.mktemp("person") / "person.exe"
    source = Path(__file__).with_name("person.c")
    subprocess.run(["x86_64-w64-mingw32-gcc", "-O1", "-s", "-o", made, source], check=True)
    return made


@pytest.fixture
def person(wine, program, setup):
    made = Person(wine, program, setup)
    yield made
    if made.running is not None and made.running.poll() is None:
        made.leaves()


@pytest.fixture
def installed(wine, setup):
    """For this account."""
    assert wine.run(setup, "/S", "/CurrentUser").code == 0
    folder = wine.home / "AppData" / "Local" / "Programs" / product.NAME
    yield
    assert wine.run(folder / "uninstall.exe", "/S", "/Scope=user").code == 0
    waited_for(lambda: wine.registry(rf"HKCU\{OWN}") is None)


def test_that_a_second_installation_is_made_only_where_it_is_wanted(wine, installed, person):
    person.starts()
    person.waits_for(WHOM)
    person.presses("For all accounts")
    person.presses("Next")
    person.waits_for(SECOND)
    assert "is already installed for this account, in C:" in person.sees()
    person.presses("No")
    waited_for(lambda: SECOND not in person.sees())
    assert WHOM in person.sees(), "the page stays"
    person.presses("For me only")
    person.presses("Next")
    person.waits_for("Destination Folder")  # an upgrade: there is nothing to ask
    person.leaves()
    assert wine.registry(rf"HKLM\{OWN}") is None


@pytest.mark.parametrize(("switch", "offered"), [("/CurrentUser", True), ("/AllUsers", False)])
def test_that_the_console_is_opened_for_the_account_it_was_installed_for_only(wine, person, switch, offered):
    person.starts(switch)
    person.presses("Install")
    person.waits_for("Finish")
    person.waits_for("Completing")
    assert (f"Open {product.NAME}" in person.sees()) == offered
    if offered:
        person.presses(f"Open {product.NAME}")  # not now
    person.presses("Finish")
    assert person.running.wait(60) == 0
    root, scope = ("HKCU", "user") if offered else ("HKLM", "machine")
    folder = wine.registry(rf"{root}\{OWN}")[product.SETUP_FOLDER]
    assert wine.run(rf"{folder}\uninstall.exe", "/S", f"/Scope={scope}").code == 0
    waited_for(lambda: wine.registry(rf"{root}\{OWN}") is None)


def test_that_another_programs_folder_is_refused_on_its_page(wine, person):
    theirs = wine.drive / "Theirs"
    theirs.mkdir()
    (theirs / "uninstall.exe").write_bytes(b"another program's")
    person.starts("/CurrentUser", r"/D=C:\Theirs")
    person.presses("Install")
    person.waits_for("Choose another folder.")
    person.presses("OK")
    waited_for(lambda: "Choose another folder." not in person.sees())
    assert "Destination Folder" in person.sees()
    assert (theirs / "uninstall.exe").read_bytes() == b"another program's"
