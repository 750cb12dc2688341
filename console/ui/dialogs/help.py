"""The help in front of a dialog that is open: the window behind can't be used meanwhile."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from console.ui.help.view import HelpView
from console.ui.tasks import Tasks


class HelpDialog(QDialog):
    """Opened with ``open()``."""

    def __init__(self, tasks: Tasks, topic: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self._view = HelpView(tasks, self)
        self._view.show_page(topic)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._view, 1)
        column.addWidget(buttons)
        self.resize(760, 560)
