"""What a person is asked before a host is opened: to agree to a connection at risk, a password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from console.domain.connection_risk import ConnectionRisk
from console.domain.text import Text
from console.ui.dialogs.careful import CarefulDialog
from console.ui.icons import Icon, pixmap
from console.ui.texts import shown

SIGN_SIDE = 32


class RiskDialog(CarefulDialog):
    """Says what is wrong with a connection, and what that means; the safe answer is the default."""

    def __init__(self, risk: ConnectionRisk, name: str, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Connect without protection?"))
        sign = QLabel(self)
        sign.setPixmap(pixmap(Icon.WARNING, SIGN_SIDE, "warning", self.devicePixelRatioF()))
        self.column.addWidget(sign)
        lines = {
            ConnectionRisk.UNENCRYPTED: self._unencrypted,
            ConnectionRisk.UNVERIFIED: self._unverified,
        }[risk](name, address)
        self.put(lines, self.tr("Connect this once"))

    def _unencrypted(self, name: str, address: str) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Nothing protects the connection to “{name}”").format(name=name), "title"),
            (
                self.tr(
                    "{address} is plain TCP on another computer. Every request crosses the network "
                    "unencrypted, and anyone who reaches that port controls the host: no account is asked "
                    "for."
                ).format(address=address),
                "",
            ),
            (
                self.tr("Safer: protect the port with TLS (2376), or reach the engine by ssh://user@host."),
                "muted",
            ),
        )

    def _unverified(self, name: str, address: str) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("The certificate of “{name}” is not checked").format(name=name), "title"),
            (
                self.tr(
                    "The connection to {address} is encrypted, but it is set to accept any certificate: "
                    "whoever can redirect it is taken for the engine, and reads and changes every request."
                ).format(address=address),
                "",
            ),
            (
                self.tr(
                    "Safer: give the connection the engine's CA certificate and have its certificate "
                    "checked. For a host of the page Hosts, edit it there; for a docker context, make it "
                    "anew without skip-tls-verify."
                ),
                "muted",
            ),
        )


class PasswordDialog(QDialog):
    """Asks for an account's password, with ``why`` if that is known; :meth:`password` is what was typed.

    ``without`` is what happens if none is given, as the words of a button.
    """

    def __init__(
        self, name: str, account: str, without: str, why: Text | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Password"))
        title = QLabel(self.tr("Sign in to “{name}”").format(name=name), self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("role", "title")
        self._password = QLineEdit(self)
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setAccessibleName(self.tr("Password of {account}").format(account=account))
        note = QLabel(
            self.tr("It is used for the Windows side of the host until the console is closed. ")
            + (
                shown(why)
                if why is not None
                else self.tr(
                    "To keep it in this computer's credential store, edit the host on the page Hosts."
                )
            ),
            self,
        )
        note.setWordWrap(True)
        note.setProperty("role", "muted")
        form = QFormLayout()
        form.addRow(self.tr("&Password of {account}:").format(account=account), self._password)
        buttons = QDialogButtonBox(self)
        sign_in = buttons.addButton(self.tr("Sign in"), QDialogButtonBox.ButtonRole.AcceptRole)
        no_password = buttons.addButton(without, QDialogButtonBox.ButtonRole.RejectRole)
        sign_in.setDefault(True)
        sign_in.clicked.connect(self.accept)
        no_password.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addWidget(buttons)
        self.setMinimumWidth(460)

    def password(self) -> str:
        """What was typed."""
        return self._password.text()
