"""A field for the file of a certificate or a key, to be typed or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget


class CertificateField(QWidget):
    """``name`` is what a screen reader calls it. ``changed`` tells of every edit."""

    changed = Signal()

    def __init__(self, name: str, example: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._line = QLineEdit(self)
        self._line.setAccessibleName(name)
        self._line.setPlaceholderText(example)
        self._line.textChanged.connect(lambda _text: self.changed.emit())
        self._choose = QPushButton(self.tr("Browse…"), self)
        self._choose.setAutoDefault(False)
        self._choose.setAccessibleName(self.tr("Browse for: {file}").format(file=name))
        self._choose.clicked.connect(self._open_dialog)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._line, 1)
        row.addWidget(self._choose)
        self.setFocusProxy(self._line)

    def path(self) -> str:
        """What stands in it, without white space around; "" for no file."""
        return self._line.text().strip()

    def set_path(self, path: str) -> None:
        """Show a path."""
        self._line.setText(path)

    def _open_dialog(self) -> None:
        kinds = self.tr("Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)")
        dialog = QFileDialog(self, self._name, self.path(), kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.set_path(str(Path(path))))  # as the system writes it
        dialog.open()
