"""Why one check says nothing, and what would make it speak."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from console.checks.check import Crashed
from console.ui.models.findings import SilentRow, why_silent
from console.ui.texts import shown
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.plain_label import plain_label


class SilentDetails(QScrollArea):
    """Shows one row: what the check looks for, why it could not be asked, and the raw error of one that
    failed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Why it was not checked"))
        self._title = plain_label(role="title")
        self._reason = plain_label(role="muted")
        self._why = plain_label()
        self._remedy = plain_label()
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
