"""The frame of a question whose safe answer is the default."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

WIDTH = 460


class CarefulDialog(QDialog):
    """Lines to read, and a deed that nobody does by pressing Enter."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.setMinimumWidth(WIDTH)

    def put(self, lines: Iterable[tuple[str, str]], deed: str) -> QPushButton:
        """Fill the dialog with ``lines``, each with its role, and the button of the ``deed``."""
        for words, role in lines:
            label = QLabel(words, self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("role", role)
            self.column.addWidget(label)
        buttons = QDialogButtonBox(self)
        done = buttons.addButton(deed, QDialogButtonBox.ButtonRole.DestructiveRole)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        done.setAutoDefault(False)
        done.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        cancel.setDefault(True)
        cancel.setFocus()
        self.column.addWidget(buttons)
        return done
