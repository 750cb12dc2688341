"""The page of added hosts and the form of one, in both colours and with little room."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QGroupBox

from console.backend.connection import TlsFiles
from console.backend.hosts.book import HostBook
from console.backend.hosts.stored import StoredHost
from console.backend.powershell.endpoint import WinRmEndpoint
from tests.person import Role

HOSTS = (
    StoredHost(
        name="build-01", engine_url="tcp://build-01.corp.example:2376", tags=("production", "berlin"),
        tls=TlsFiles(ca="C:\\docker\\ca.pem", certificate="C:\\docker\\cert.pem", key="C:\\docker\\key.pem"),
        winrm=WinRmEndpoint(host="", username="CORP\\admin"), read_only=True,
    ),
    StoredHost(
        name="lab", engine_url="ssh://admin@lab.example", tags=("lab",),
        winrm=WinRmEndpoint(
            host="lab-mgmt.example", port=45986, authentication="certificate",
            authority_file="C:\\certificates\\corp-ca.cer",
            certificate_file="C:\\certificates\\admin.pem", key_file="C:\\certificates\\admin.key",
        ),
    ),
    StoredHost(name="open door", engine_url="tcp://192.0.2.1:2375"),
)  # fmt: skip


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)], ids=["wide", "small"])
def test_that_hosts_are_listed_added_tried_and_edited(visit, profile, run, practice, size):
    here = practice().service.connection.url
    for host in (*HOSTS, StoredHost(name="here", engine_url=here)):
        run(asyncio.to_thread(HostBook(profile.hosts).put, host))
    visitor = visit(f"hosts-{size[0]}", size=size)
    visitor.go_to("Hosts")
    visitor.wait(lambda: visitor.all(Role.Table, "Hosts") and len(visitor.rows("Hosts")) == 4)
    visitor.picture("list")
    visitor.press_button("Add host")
    visitor.waits_for(Role.EditableText, "Engine address")
    visitor.picture("add")
    visitor.type("Name", "new")
    visitor.type("Engine address", here)
    choose(visitor, "Connection to the engine", 2)
    side = next(one for one in visitor.in_front.findChildren(QGroupBox) if one.isCheckable())
    side.setFocus()
    QTest.keyClick(side, Qt.Key.Key_Space)
    visitor.press_button("More settings: port, CA certificate")
    visitor.find(Role.SpinBox, "Port of WinRM").object().setValue(1)
    visitor.picture("more")
    visitor.press_button("Test connection")
    visitor.wait(lambda: visitor.sees("The Windows side does not work."))
    visitor.picture("tried")
    visitor.press_button("Cancel")
    visitor.click_row("Hosts", "lab")
    visitor.press_button("Edit host")
    visitor.waits_for(Role.EditableText, "Engine address")
    visitor.picture("edit")
    choose(visitor, "Authentication", 0)
    visitor.picture("edit-account")
    visitor.press_button("Cancel")
    visitor.double_click_row("Hosts", "here")
    visitor.wait(lambda: {row["Name"]: row for row in visitor.rows("Hosts")}["here"]["State"] == "Open")
    visitor.click_row("Hosts", "here")
    visitor.press_button("Edit host")
    visitor.waits_for(Role.EditableText, "Engine address")
    visitor.type("Engine address", practice(os_build=14393).service.connection.url)
    visitor.press_button("Save host")
    visitor.wait(lambda: visitor.sees("still connected as before the change"))
    visitor.picture("reconnect")


def choose(visitor, name, at):
    boxes = visitor.in_front.findChildren(QComboBox)
    next(one for one in boxes if one.accessibleName() == name).setCurrentIndex(at)
