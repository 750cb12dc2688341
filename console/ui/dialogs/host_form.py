"""The fields of a host: name, tags, mode, engine and Windows side. They know the record, no dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from console.ui.dialogs.windows_side_form import WindowsSideForm
from console.ui.widgets.certificate_field import CertificateField
from console.ui.widgets.form_fields import file_field, line_field
from console.ui.wizards.labels import muted

if TYPE_CHECKING:
    from console.backend.hosts.stored import StoredHost

SSH, TLS, PLAIN = "ssh", "tls", "plain"
REACHED_BY = {SSH: {"ssh"}, TLS: {"tcp", "http", "https"}, PLAIN: {"tcp", "http", "npipe", "unix"}}
"""The transports of each way to connect."""


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
        self._windows_side = WindowsSideForm(self)
        self._windows_side.changed.connect(self.changed)
        layout.addWidget(self._windows_side)
        inside = self._engine_form.contentsMargins()
        edge = 1  # of a box, by the style sheet
        self._names_form.setContentsMargins(inside.left() + edge, 0, inside.right() + edge, 0)
        _align(self._names_form, self._engine_form, self._windows_side.form)
        if host is not None:
            self._fill(host)
        self._show_ways()

    # What the person sees

    def _build_names(self) -> QFormLayout:
        self._name = self._line(self.tr("Name"))
        self._tags = self._line(self.tr("Tags"), self.tr("e.g. production, berlin"))
        self._read_only = QCheckBox(self.tr("&Read-only: look, and change nothing"), self)
        self._read_only.setToolTip(
            self.tr(
                "Counts at once, also where the host is open: a plan that runs there stops after its step."
            )
        )
        self._read_only.toggled.connect(self.changed)
        self._names_form = form = QFormLayout()
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
        self._address.textChanged.connect(self._follow_engine)
        self._authority = self._file(
            self.tr("CA certificate file"), self.tr("ca.pem; empty: as this computer trusts")
        )
        self._certificate = self._file(self.tr("Client certificate file"), "cert.pem")
        self._key = self._file(self.tr("Client key file"), "key.pem")
        self._check_engine = QCheckBox(self.tr("Check the engine's certi&ficate"), self)
        # Without one it would have the name of the box it stands in.
        self._check_engine.setAccessibleName(self.tr("Check the engine's certificate"))
        self._check_engine.setChecked(True)
        self._check_engine.toggled.connect(self._show_ways)
        self._engine_note = muted("", self)
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

    def _line(self, name: str, example: str = "") -> QLineEdit:
        return line_field(name, example, self.changed, self)

    def _file(self, name: str, example: str) -> CertificateField:
        return file_field(name, example, self.changed, self)

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
        self._follow_engine()
        self.changed.emit()

    def _follow_engine(self) -> None:
        from console.backend.hosts.stored import engine_computer

        self._windows_side.follow_engine(engine_computer(self._url()))

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
        from console.backend.hosts.stored import engine_computer

        self._name.setText(host.name)
        self._tags.setText(", ".join(host.tags))
        self._read_only.setChecked(host.read_only)
        scheme = host.connection.scheme
        way = SSH if scheme == "ssh" else TLS if host.tls is not None or scheme == "https" else PLAIN
        self._way.setCurrentIndex(self._way.findData(way))
        self._address.setText(host.engine_url)
        if host.tls is not None:
            self._authority.set_path(host.tls.ca)
            self._certificate.set_path(host.tls.certificate)
            self._key.set_path(host.tls.key)
            self._check_engine.setChecked(host.tls.verify)
        if host.winrm is not None:
            self._windows_side.fill(host.winrm, engine_computer(host.engine_url))

    # What they say

    def password(self) -> str:
        """The password that was typed; "" where the one that is kept shall stay."""
        return self._windows_side.password()

    def show_more(self) -> None:
        """Show the settings of the Windows side that few need."""
        self._windows_side.show_more()

    def host(self) -> StoredHost | str:
        """The host, or in words why there is none yet."""
        from console.backend.connection import checked_url
        from console.backend.hosts.stored import StoredHost, engine_computer

        if not self._name.text().strip():
            return self.tr("Give the host a name.")
        if not self._address.text().strip():
            return self.tr("Specify where its engine is.")
        if self._windows_side.lacks_account:
            return self.tr("Enter the account that the password belongs to, or leave both empty.")
        identity = {} if self._before is None else {"id": self._before.id}
        try:
            address = checked_url(self._url())
            host = StoredHost(
                **identity,
                name=self._name.text(),
                engine_url=address,
                tls=self._tls(),
                winrm=self._windows_side.endpoint(engine_computer(address)),
                tags=tuple(self._tags.text().split(",")),
                read_only=self._read_only.isChecked(),
            )
        except ValueError as error:
            return self.tr("This can't work: {reason}.").format(reason=_reason(error))
        scheme = host.connection.scheme
        if scheme in REACHED_BY[self._way.currentData()]:
            return host
        words = self.tr("This can't work: an address with {scheme}:// is not reached by “{way}”.")
        return words.format(scheme=scheme, way=self._way.currentText())

    def _url(self) -> str:
        text = self._address.text().strip()
        return f"ssh://{text}" if self._way.currentData() == SSH and "://" not in text else text

    def _tls(self) -> object:
        from console.backend.connection import TlsFiles

        if self._way.currentData() != TLS:
            return None
        return TlsFiles(
            ca=self._authority.path(),
            certificate=self._certificate.path(),
            key=self._key.path(),
            verify=self._check_engine.isChecked(),
        )


def _reason(error: ValueError) -> str:
    """What is wrong, in the words of who found it: pydantic puts its own before them."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    return str(first.get("ctx", {}).get("error", first["msg"]))


def _align(*forms: QFormLayout) -> None:
    """Let the fields of ``forms``, which stand below each other, begin at one place."""
    items = [
        form.itemAt(row, QFormLayout.ItemRole.LabelRole) for form in forms for row in range(form.rowCount())
    ]
    labels = [label for item in items if item is not None and (label := item.widget()) is not None]
    widest = max(label.sizeHint().width() for label in labels)
    for form in forms:
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for label in labels:
        label.setMinimumWidth(widest)
