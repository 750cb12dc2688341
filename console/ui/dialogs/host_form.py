"""The fields of a host: name, engine, Windows side, tags, mode. They know the record, no dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from console.backend.hosts.stored import StoredHost

SSH, TLS, PLAIN = "ssh", "tls", "plain"


class HostForm(QWidget):
    """``changed`` tells of every edit; :meth:`host` is what they say, or why they say no host."""

    changed = Signal()

    def __init__(self, host: StoredHost | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = host
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._build_names())
        layout.addWidget(self._build_engine())
        layout.addWidget(self._build_windows_side())
        _align(self._engine_form, self._windows_form)
        if host is not None:
            self._fill(host)
        self._show_ways()

    # What the person sees

    def _build_names(self) -> QFormLayout:
        self._name = self._line(self.tr("Name"))
        self._tags = self._line(self.tr("Tags"), self.tr("e.g. production, berlin"))
        self._read_only = QCheckBox(self.tr("&Read-only: look, and change nothing"), self)
        self._read_only.toggled.connect(self.changed)
        form = QFormLayout()
        form.addRow(self.tr("&Name:"), self._name)
        form.addRow(self.tr("&Tags:"), self._tags)
        form.addRow("", self._read_only)
        return form

    def _build_engine(self) -> QGroupBox:
        self._way = QComboBox(self)
        self._way.setAccessibleName(self.tr("Connection to the engine"))
        for words, way in (
            (self.tr("TCP with TLS"), TLS),
            (self.tr("SSH"), SSH),
            (self.tr("Plain TCP or a local socket"), PLAIN),
        ):
            self._way.addItem(words, way)
        self._way.currentIndexChanged.connect(self._show_ways)
        self._address = self._line(self.tr("Engine address"))
        self._authority = self._line(self.tr("CA certificate file"), "ca.pem")
        self._certificate = self._line(self.tr("Client certificate file"), "cert.pem")
        self._key = self._line(self.tr("Client key file"), "key.pem")
        self._check_engine = QCheckBox(self.tr("Check the engine's certi&ficate"), self)
        # Without one it would have the name of the box it stands in.
        self._check_engine.setAccessibleName(self.tr("Check the engine's certificate"))
        self._check_engine.setChecked(True)
        self._check_engine.toggled.connect(self._show_ways)
        self._engine_note = self._note()
        box = QGroupBox(self.tr("Docker Engine"), self)
        self._engine_form = QFormLayout(box)
        self._engine_form.addRow(self.tr("Connect b&y:"), self._way)
        self._engine_form.addRow(self.tr("&Address:"), self._address)
        self._engine_form.addRow(self.tr("&CA certificate:"), self._authority)
        self._engine_form.addRow(self.tr("Client c&ertificate:"), self._certificate)
        self._engine_form.addRow(self.tr("Client &key:"), self._key)
        self._engine_form.addRow("", self._check_engine)
        self._engine_form.addRow("", self._engine_note)
        return box

    def _build_windows_side(self) -> QGroupBox:
        self._windows_side = QGroupBox(self.tr("Windows side, over &WinRM"), self)
        self._windows_side.setCheckable(True)
        self._windows_side.setChecked(False)
        self._windows_side.toggled.connect(self.changed)
        self._computer = self._line(self.tr("Computer"), self.tr("as the engine's, if empty"))
        self._authentication = QComboBox(self)
        self._authentication.setAccessibleName(self.tr("Authentication"))
        for words, kind in (
            (self.tr("Negotiate (Kerberos or NTLM)"), "negotiate"),
            (self.tr("Kerberos only"), "kerberos"),
        ):
            self._authentication.addItem(words, kind)
        self._authentication.currentIndexChanged.connect(self.changed)
        self._user = self._line(self.tr("Account"), self.tr("your own, if empty"))
        self._password = self._line(self.tr("Password"), self.tr("unchanged, if empty"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._https = QCheckBox(self.tr("&HTTPS (port 5986)"), self)
        self._https.setAccessibleName(self.tr("HTTPS (port 5986)"))
        self._https.setChecked(True)
        self._https.toggled.connect(self._show_ways)
        self._winrm_note = self._note()
        self._windows_form = QFormLayout(self._windows_side)
        self._windows_form.addRow(self.tr("C&omputer:"), self._computer)
        self._windows_form.addRow(self.tr("A&uthentication:"), self._authentication)
        self._windows_form.addRow(self.tr("Acco&unt:"), self._user)
        self._windows_form.addRow(self.tr("&Password:"), self._password)
        self._windows_form.addRow("", self._https)
        self._windows_form.addRow("", self._winrm_note)
        return self._windows_side

    def _line(self, name: str, example: str = "") -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setPlaceholderText(example)
        line.textChanged.connect(lambda _text: self.changed.emit())
        return line

    def _note(self) -> QLabel:
        note = QLabel(self)
        note.setWordWrap(True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setProperty("role", "muted")
        return note

    def _show_ways(self) -> None:
        way = self._way.currentData()
        for field in (self._authority, self._certificate, self._key):
            self._engine_form.setRowVisible(field, way == TLS)
        self._engine_form.setRowVisible(self._check_engine, way == TLS and self._came_unchecked)
        examples = {
            TLS: "tcp://server:2376",
            SSH: "ssh://user@server",
            PLAIN: "npipe:////./pipe/docker_engine",
        }
        self._address.setPlaceholderText(self.tr("e.g. {address}").format(address=examples[way]))
        self._engine_note.setText({
            TLS: self._tls_note(),
            SSH: self.tr("Uses this computer's ssh program, its keys and known hosts."),
            PLAIN: self.tr(
                "Plain TCP to another computer is unprotected: you will be asked each time."
            ),
        }[way])  # fmt: skip
        self._winrm_note.setText(
            self.tr("The host's certificate is always checked. The password goes into the credential store.")
            if self._https.isChecked()
            else self.tr(
                "Port 5985. Every message is encrypted with the sign-in key; nothing is sent in clear text."
            )
        )
        self.changed.emit()

    @property
    def _came_unchecked(self) -> bool:
        """Whether the host was set to accept any certificate: only that can be taken back here."""
        return self._before is not None and self._before.tls is not None and not self._before.tls.verify

    def _tls_note(self) -> str:
        if self._check_engine.isChecked():
            return self.tr("The engine's certificate is always checked.")
        return self.tr(
            "Any certificate is accepted, an impostor's too: you will be asked each time. Give the CA "
            "certificate of the engine, and have its certificate checked."
        )

    def _fill(self, host: StoredHost) -> None:
        self._name.setText(host.name)
        self._tags.setText(", ".join(host.tags))
        self._read_only.setChecked(host.read_only)
        way = SSH if host.connection.scheme == "ssh" else TLS if host.tls is not None else PLAIN
        self._way.setCurrentIndex(self._way.findData(way))
        self._address.setText(host.engine_url)
        if host.tls is not None:
            self._authority.setText(host.tls.ca)
            self._certificate.setText(host.tls.certificate)
            self._key.setText(host.tls.key)
            self._check_engine.setChecked(host.tls.verify)
        if host.winrm is not None:
            self._windows_side.setChecked(True)
            self._computer.setText(host.winrm.host)
            self._authentication.setCurrentIndex(self._authentication.findData(host.winrm.authentication))
            self._user.setText(host.winrm.username)
            self._https.setChecked(host.winrm.tls)

    # What they say

    def password(self) -> str:
        """The password that was typed; "" where the one that is kept shall stay."""
        return self._password.text()

    def host(self) -> StoredHost | str:
        """The host, or in words why there is none yet."""
        from pydantic import ValidationError

        from console.backend.hosts.stored import StoredHost

        if not self._name.text().strip():
            return self.tr("Give the host a name.")
        if not self._address.text().strip():
            return self.tr("Specify where its engine is.")
        if self._windows_side.isChecked() and self.password() and not self._user.text().strip():
            return self.tr("Enter the account that the password belongs to, or leave both empty.")
        identity = {} if self._before is None else {"id": self._before.id}
        try:
            return StoredHost(
                **identity,
                name=self._name.text(),
                engine_url=self._url(),
                tls=self._tls(),
                winrm=self._winrm(),
                tags=tuple(self._tags.text().split(",")),
                read_only=self._read_only.isChecked(),
            )
        except ValidationError as error:
            return self.tr("This can't work: {reason}").format(reason=error.errors()[0]["msg"])

    def _url(self) -> str:
        text = self._address.text().strip()
        return f"ssh://{text}" if self._way.currentData() == SSH and "://" not in text else text

    def _tls(self) -> object:
        from console.backend.connection import TlsFiles

        if self._way.currentData() != TLS:
            return None
        return TlsFiles(
            ca=self._authority.text().strip(),
            certificate=self._certificate.text().strip(),
            key=self._key.text().strip(),
            verify=self._check_engine.isChecked(),
        )

    def _winrm(self) -> object:
        from urllib.parse import urlsplit

        from console.backend.powershell.endpoint import WinRmEndpoint

        if not self._windows_side.isChecked():
            return None
        computer = self._computer.text().strip() or urlsplit(self._url()).hostname or ""
        before = self._before.winrm if self._before is not None else None
        kept = {} if before is None else {"port": before.port, "authority_file": before.authority_file}
        return WinRmEndpoint(
            **kept,
            host=computer,
            tls=self._https.isChecked(),
            authentication=self._authentication.currentData(),
            username=self._user.text().strip(),
        )


def _align(*forms: QFormLayout) -> None:
    """Let the fields of ``forms``, which stand below each other, begin at one place."""
    items = [
        form.itemAt(row, QFormLayout.ItemRole.LabelRole) for form in forms for row in range(form.rowCount())
    ]
    labels = [label for item in items if item is not None and (label := item.widget()) is not None]
    widest = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(widest)
