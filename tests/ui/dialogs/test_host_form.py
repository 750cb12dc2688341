"""The form of a host: what it makes of what is typed, and that nothing that can be typed breaks it."""

from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QGroupBox, QLineEdit

from console.backend.connection import TlsFiles
from console.backend.hosts.stored import StoredHost
from console.backend.powershell.endpoint import WinRmEndpoint
from console.ui.dialogs.host_form import HostForm
from tests.person import Person, Role


@pytest.fixture
def make_form(qtbot, appearance):
    def make(host=None):
        form = HostForm(host)
        form.resize(600, 800)
        form.show()
        qtbot.addWidget(form)
        return form, Person(qtbot, form)

    return make


def part(form, kind, name):
    """The part of ``form`` that a screen reader calls ``name``."""
    return next(one for one in form.findChildren(kind) if one.accessibleName() == name)


def choose(form, name, words):
    box = part(form, QComboBox, name)
    box.setCurrentIndex(next(at for at in range(box.count()) if words in box.itemText(at)))


def toggle_windows_side(form):
    """As with the space key: the box is ticked beside its title, not where a person's click goes here."""
    box = next(one for one in form.findChildren(QGroupBox) if one.isCheckable())
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)


def filled(make_form, address, *, windows_side=True):
    form, person = make_form()
    person.type("Name", "x")
    person.type("Engine address", address)
    if windows_side:
        toggle_windows_side(form)
    return form, person


STORED = StoredHost(
    name="build",
    engine_url="tcp://build:2376",
    tls=TlsFiles(ca="ca.pem", certificate="cert.pem", key="key.pem"),
    tags=("lab",),
    read_only=True,
    winrm=WinRmEndpoint(
        host="other",
        port=45986,
        authentication="certificate",
        authority_file="authority.pem",
        certificate_file="mine.pem",
        key_file="mine.key",
        connect_seconds=33,
    ),
)


@pytest.mark.parametrize(
    "winrm",
    [
        None,
        STORED.winrm,
        WinRmEndpoint(host="", username="CORP\\admin"),
        WinRmEndpoint(host="other", tls=False, authentication="kerberos", username="a", port=1),
        WinRmEndpoint(host="fe80::1", authority_file="ca.pem"),
    ],
)
@pytest.mark.parametrize(
    "engine",
    [
        {},
        {"engine_url": "ssh://admin@build", "tls": None},
        {"engine_url": "tcp://[fe80::7]:2375", "tls": None},
        {"engine_url": "tcp://build:2376", "tls": TlsFiles()},
    ],
)
def test_that_a_host_that_is_not_changed_stays_as_it_was(make_form, winrm, engine):
    host = STORED.model_copy(update={"winrm": winrm, **engine})
    form, _person = make_form(host)
    assert form.host() == host


@pytest.mark.parametrize("address", ["server:2376", "10.0.0.5:2376", "tcp://server", "server"])
def test_that_the_windows_side_is_on_the_engines_computer_where_none_is_named(make_form, address):
    form, person = filled(make_form, address)
    host = form.host()
    expected = "10.0.0.5" if address[0] == "1" else "server"
    assert host.windows_side.host == expected
    assert f"{expected}, as the engine" in part(form, QLineEdit, "Computer").placeholderText()
    again, person = make_form(host)
    person.type("Engine address", "tcp://moved:2376")
    assert again.host().windows_side.host == "moved"


def test_that_a_computer_that_older_versions_wrote_down_follows_the_engine(make_form):
    old = StoredHost(
        name="x", engine_url="tcp://Server:2376", tls=TlsFiles(), winrm=WinRmEndpoint(host="server")
    )
    form, person = make_form(old)
    assert person.reads("Computer") == ""
    person.type("Engine address", "tcp://moved:2376")
    assert form.host().windows_side.host == "moved"


def test_that_a_computer_of_its_own_stays_where_the_engine_moves(make_form):
    form, person = filled(make_form, "tcp://server:2376")
    person.type("Computer", "elsewhere")
    person.type("Engine address", "tcp://moved:2376")
    assert form.host().windows_side.host == "elsewhere"


def test_when_no_computer_is_named_at_all_that_is_said(make_form):
    form, person = filled(make_form, "npipe:////./pipe/docker_engine")
    choose(form, "Connection to the engine", "Plain")
    assert "name the computer" in form.host()
    person.type("Computer", "[fe80::1]")
    assert form.host().windows_side.host == "fe80::1"


@pytest.mark.parametrize("typed", ["https://server", "server:5986", "a b", "admin@server", "server/wsman"])
def test_that_what_is_no_computer_is_refused(make_form, typed):
    form, person = filled(make_form, "tcp://server:2376")
    person.type("Computer", typed)
    assert "its name or IP address alone" in form.host()


def test_when_half_an_address_is_typed_nothing_but_that_is_said(make_form):
    form, _person = filled(make_form, "tcp://[fe80")
    assert form.host() == "This can't work: Invalid IPv6 URL."


@pytest.mark.parametrize(
    ("address", "way"),
    [("tcp://server:2376", "SSH"), ("ssh://server", "TLS"), ("ssh://server", "Plain"), ("npipe://x", "TLS"),
     ("https://server", "Plain")],
)  # fmt: skip
def test_that_an_address_of_another_way_is_not_taken_for_this_one(make_form, address, way):
    form, _person = filled(make_form, address, windows_side=False)
    choose(form, "Connection to the engine", way)
    assert "This can't work" in form.host()


def test_that_port_and_authority_are_behind_more_settings(make_form):
    form, person = filled(make_form, "tcp://server:2376")
    assert "Port of WinRM" not in person.names(Role.SpinBox)
    assert form.host().winrm.port is None
    person.press_button("More settings: port, CA certificate")
    person.type("CA certificate file of WinRM", "C:/ca.pem")
    spin = person.find(Role.SpinBox, "Port of WinRM").object()
    spin.setValue(45986)
    assert form.host().winrm.port == 45986
    assert form.host().winrm.authority_file == "C:/ca.pem"
    assert person.sees("Port 45986.")


def test_that_more_settings_are_shown_where_one_is_set(make_form):
    _form, person = make_form(STORED)
    assert "Port of WinRM" in person.names(Role.SpinBox)
    assert person.reads("CA certificate file of WinRM") == "authority.pem"


def test_that_a_certificate_takes_its_files_and_https_and_no_password(make_form):
    form, person = filled(make_form, "tcp://server:2376")
    person.type("Account", "admin")
    person.type("Password", "s3cret")
    person.click(Role.CheckBox, "HTTPS")
    choose(form, "Authentication", "Certificate")
    assert "needs the certificate's and the key's file" in form.host()
    assert not person.can(Role.CheckBox, "HTTPS")
    assert "Password" not in person.names(Role.EditableText)
    person.type("Certificate file of the account", "mine.pem")
    person.type("Key file of the account", "mine.key")
    winrm = form.host().winrm
    assert (winrm.tls, winrm.certificate_file, winrm.key_file) == (True, "mine.pem", "mine.key")
    assert (winrm.username, form.password()) == ("", "")
    choose(form, "Authentication", "Kerberos")
    assert person.can(Role.CheckBox, "HTTPS")
    assert form.host().winrm.certificate_file == ""
    assert form.password() == "s3cret"


def test_that_a_windows_side_that_is_taken_off_and_put_on_again_can_be_edited(make_form):
    form, person = make_form(STORED)
    toggle_windows_side(form)
    assert form.host().winrm is None
    toggle_windows_side(form)
    choose(form, "Authentication", "Kerberos")
    assert person.can(Role.CheckBox, "HTTPS")


typed = st.text(max_size=30) | st.sampled_from(
    [
        "tcp://[fe80",
        "tcp://x:99999",
        "ssh://",
        "://",
        "[",
        "tcp://[::1%",
        "tcp://u:p@h",
        "http://ª℀",
        "\ud800",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), way=st.integers(0, 2), kind=st.integers(0, 2), https=st.booleans(), side=st.booleans())
@example(data=None, way=0, kind=0, https=True, side=True)
def test_that_nothing_that_can_be_typed_raises_in_the_form(make_form, data, way, kind, https, side):
    form, _person = make_form(None)
    part(form, QComboBox, "Connection to the engine").setCurrentIndex(way)
    part(form, QComboBox, "Authentication").setCurrentIndex(kind)
    part(form, QCheckBox, "HTTPS").setChecked(https)
    if side:
        toggle_windows_side(form)
    for line in form.findChildren(QLineEdit):
        if line.accessibleName():
            line.setText("tcp://[fe80" if data is None else data.draw(typed))
    host = form.host()
    if not isinstance(host, str):
        assert urlsplit(host.engine_url).scheme
        assert host.windows_side is None or host.windows_side.host
    form.close()
