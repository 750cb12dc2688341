"""What programs of a live test wrote, shown on demand in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from console.ui.icons import Icon, icon
from console.ui.widgets.code_view import CodeView


class TranscriptButton(QPushButton):
    """Off until there is something to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("O&utput…"))
        self.setIcon(icon(Icon.COMMAND))
        self.setAutoDefault(False)
        self._text = ""
        self.clicked.connect(self._open)
        self.show_text("")

    def show_text(self, text: str) -> None:
        """Have ``text`` ready; "" for nothing."""
        self._text = text
        self.setEnabled(bool(text))
        self.setToolTip("" if text else self.tr("No live test has been run yet."))

    def _open(self) -> None:
        dialog = QDialog(self.window())
        dialog.setWindowTitle(self.tr("Output of the live test"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.resize(640, 360)
        view = CodeView(self.tr("Output"), dialog, lines=12)
        view.show_text(self._text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
        buttons.rejected.connect(dialog.reject)
        column = QVBoxLayout(dialog)
        column.addWidget(view, 1)
        column.addWidget(buttons)
        dialog.open()
