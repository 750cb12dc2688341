"""Why one check says nothing, and what would make it speak."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from console.checks.check import Crashed
from console.ui.models.findings import SilentRow, why_silent
from console.ui.texts import shown
from console.ui.widgets.code_view import CodeView


class SilentDetails(QScrollArea):
    """Shows one row: what the check looks for, why it could not be asked, and the raw error of one that
    failed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Why it was not checked"))
        self._title = _line("title")
        self._reason = _line("muted")
        self._why = _line("")
        self._remedy = _line("")
        self._raw = CodeView(self.tr("What went wrong"), self, lines=5, grows=False)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(4, 4, 10, 8)
        column.setSpacing(6)
        for label in (self._title, self._reason, self._why, self._remedy):
            column.addWidget(label)
        column.addWidget(self._raw)
        column.addStretch(1)
        self.setWidget(content)

    def show_row(self, row: SilentRow | None) -> None:
        """Show ``row``; what was shown stays for None."""
        if row is None:
            return
        said = row.said
        self._title.setText(shown(said.check.title))
        self._reason.setText(shown(said.check.reason))
        self._why.setText(why_silent(said))
        remedy = None if isinstance(said, Crashed) else said.remedy
        self._remedy.setText("" if remedy is None else shown(remedy))
        self._remedy.setVisible(remedy is not None)
        self._raw.show_text(said.error if isinstance(said, Crashed) else "")
        self._raw.setVisible(isinstance(said, Crashed))


def _line(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
