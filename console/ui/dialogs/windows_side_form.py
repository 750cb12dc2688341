"""The fields of a host's Windows side: the computer, the account, and how WinRM is reached there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QGroupBox, QLineEdit, QToolButton, QWidget

from console.ui.widgets.certificate_field import CertificateField
from console.ui.widgets.form_fields import file_field, line_field
from console.ui.widgets.number_field import NumberField
from console.ui.wizards.labels import muted

if TYPE_CHECKING:
    from console.backend.powershell.endpoint import WinRmEndpoint

CERTIFICATE = "certificate"
LAST_PORT = 65535
USUAL_PORT = 0
"""What the field of the port has where the usual one is meant."""


class WindowsSideForm(QGroupBox):
    """Ticked where a host has a Windows side. ``changed`` tells of every edit.

    What few need (another port, an authority that this computer does not know) is shown on request, where
    something of it is set, and by :meth:`show_more`.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Windows side, over &WinRM"))
        self.setCheckable(True)
        self.setChecked(False)
        self._connect_seconds: int | None = None
        self.form = QFormLayout(self)
        self._build_account()
        self._build_way()
        self._show_kind()
        self.toggled.connect(self._show_kind)

    def fill(self, side: WinRmEndpoint, engine_computer: str) -> None:
        """Show ``side``. A computer that is the engine's is left out: it goes where the engine goes."""
        self.setChecked(True)
        own = side.host if side.host.casefold() != engine_computer.casefold() else ""
        self._computer.setText(own)
        self._authentication.setCurrentIndex(self._authentication.findData(side.authentication))
        self._user.setText(side.username)
        self._certificate.set_path(side.certificate_file)
        self._key.set_path(side.key_file)
        self._https.setChecked(side.tls)
        self._port.setValue(side.port or USUAL_PORT)
        self._authority.set_path(side.authority_file)
        self._connect_seconds = side.connect_seconds
        self._password.setPlaceholderText(self.tr("unchanged, if empty"))
        if side.port is not None or side.authority_file:
            self.show_more()

    def follow_engine(self, computer: str) -> None:
        """Say which computer is meant where none is named; "" where the engine's address has none."""
        words = self.tr("{computer}, as the engine") if computer else self.tr("e.g. server")
        self._computer.setPlaceholderText(words.format(computer=computer))

    def show_more(self) -> None:
        """Show the settings that few need."""
        self._more.setChecked(True)

    def password(self) -> str:
        """The password that was typed; "" where the one that is kept shall stay, or none is needed."""
        return "" if self._by_certificate else self._password.text()

    @property
    def lacks_account(self) -> bool:
        """Whether a password was typed, and not whose it is."""
        return self.isChecked() and bool(self.password()) and not self._user.text().strip()

    def endpoint(self, engine_computer: str) -> WinRmEndpoint | None:
        """What they say; None where the host has no Windows side. Raises ValueError, with the reason."""
        from console.backend.powershell.endpoint import WinRmEndpoint, checked_computer

        if not self.isChecked():
            return None
        computer = checked_computer(self._computer.text())
        if not computer and not engine_computer:
            raise ValueError(self.tr("name the computer of the Windows side: the engine's address has none"))
        kept = {} if self._connect_seconds is None else {"connect_seconds": self._connect_seconds}
        return WinRmEndpoint(
            **kept,
            host=computer,
            port=self._port.value() or None,
            tls=self._https.isChecked(),
            authentication=self._authentication.currentData(),
            username="" if self._by_certificate else self._user.text().strip(),
            authority_file=self._authority.path(),
            certificate_file=self._certificate.path() if self._by_certificate else "",
            key_file=self._key.path() if self._by_certificate else "",
        )

    # What the person sees

    @property
    def _by_certificate(self) -> bool:
        return bool(self._authentication.currentData() == CERTIFICATE)

    def _build_account(self) -> None:
        self._computer = self._line(self.tr("Computer"))
        self._authentication = QComboBox(self)
        self._authentication.setAccessibleName(self.tr("Authentication"))
        for words, kind in (
            (self.tr("Negotiate (Kerberos or NTLM)"), "negotiate"),
            (self.tr("Kerberos only"), "kerberos"),
            (self.tr("Certificate"), CERTIFICATE),
        ):
            self._authentication.addItem(words, kind)
        self._authentication.currentIndexChanged.connect(self._show_kind)
        self._user = self._line(self.tr("Account"), self.tr("your own, if empty"))
        self._password = self._line(self.tr("Password"), self.tr("asked for later, if empty"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._certificate = self._file(self.tr("Certificate file of the account"), "account.pem")
        self._key = self._file(self.tr("Key file of the account"), "account.key")
        self.form.addRow(self.tr("C&omputer:"), self._computer)
        self.form.addRow(self.tr("A&uthentication:"), self._authentication)
        self.form.addRow(self.tr("Acco&unt:"), self._user)
        self.form.addRow(self.tr("&Password:"), self._password)
        self.form.addRow(self.tr("Certificate &file:"), self._certificate)
        self.form.addRow(self.tr("Key fi&le:"), self._key)

    def _build_way(self) -> None:
        self._https = QCheckBox(self.tr("&HTTPS"), self)
        self._https.setAccessibleName(self.tr("HTTPS"))  # without one it has that of the box it stands in
        self._https.setChecked(True)
        self._https.toggled.connect(self._show_kind)
        self._note = muted("", self)
        self._more = QToolButton(self)
        self._more.setCheckable(True)
        self._more.setAutoRaise(True)
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.setIconSize(QSize(12, 12))
        self._more.toggled.connect(self._show_kind)
        self._port = NumberField(self)
        self._port.setRange(USUAL_PORT, LAST_PORT)
        self._port.setAccessibleName(self.tr("Port of WinRM"))
        self._port.valueChanged.connect(self._show_kind)
        self._authority = self._file(
            self.tr("CA certificate file of WinRM"), self.tr("ca.pem; empty: as this computer trusts")
        )
        self._authority_note = muted(
            self.tr(
                "Of the authority that issued the host's certificate, or that certificate itself. Empty: the "
                "authorities in this computer's certificate store are trusted."
            ),
            self,
        )
        self.form.addRow("", self._https)
        self.form.addRow("", self._note)
        self.form.addRow("", self._more)
        self.form.addRow(self.tr("Port:"), self._port)
        self.form.addRow(self.tr("CA certificate:"), self._authority)
        self.form.addRow("", self._authority_note)

    def _line(self, name: str, example: str = "") -> QLineEdit:
        return line_field(name, example, self.changed, self)

    def _file(self, name: str, example: str) -> CertificateField:
        return file_field(name, example, self.changed, self)

    def _show_kind(self) -> None:
        """Show the fields that count for this authentication and this way."""
        for field in (self._user, self._password):
            self.form.setRowVisible(field, not self._by_certificate)
        for file in (self._certificate, self._key):
            self.form.setRowVisible(file, self._by_certificate)
        if self._by_certificate:
            self._https.setChecked(True)
        if self.isChecked():  # else the box keeps everything in it disabled
            self._https.setEnabled(not self._by_certificate)
        self._note.setText(self._said_of_way())
        self._show_more_settings()
        self.changed.emit()

    def _show_more_settings(self) -> None:
        more, https = self._more.isChecked(), self._https.isChecked()
        self._more.setArrowType(Qt.ArrowType.DownArrow if more else Qt.ArrowType.RightArrow)
        words = self.tr("Fewer settin&gs") if more else self.tr("More settin&gs: port, CA certificate")
        self._more.setText(words)
        self._more.setAccessibleName(words.replace("&", ""))
        self.form.setRowVisible(self._port, more)
        for part in (self._authority, self._authority_note):
            self.form.setRowVisible(part, more and https)
        usual = self.tr("{port} (usual)").format(port=self._usual_port)
        self._port.setSpecialValueText(usual)

    @property
    def _usual_port(self) -> int:
        from console.backend.powershell.endpoint import HTTP_PORT, HTTPS_PORT

        return HTTPS_PORT if self._https.isChecked() else HTTP_PORT

    def _said_of_way(self) -> str:
        port = self._port.value() or self._usual_port
        if self._by_certificate:
            words = self.tr(
                "Port {port}. The host must map the certificate to one of its accounts. Certificate and key "
                "are PEM files; the key has no password."
            )
        elif self._https.isChecked():
            words = self.tr(
                "Port {port}. The host's certificate is always checked. The password goes into the "
                "credential store."
            )
        else:
            words = self.tr(
                "Port {port}. Every message is encrypted with the sign-in key; nothing is sent in clear "
                "text. The password goes into the credential store."
            )
        return words.format(port=port)
