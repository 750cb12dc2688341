"""All that an error may mean, beside the one explanation that stands on its card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from console.ui.explain.explanations import ExplanationList
from console.ui.session import Session
from console.ui.widgets.code_view import CodeView
from console.ui.wizards.labels import strong


class ExplanationsDialog(QDialog):
    """Opened with ``open()``."""

    def __init__(self, session: Session, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Explanations"))
        self._list = ExplanationList(session.diagnosis, self)
        self._list.findingWanted.connect(self._show_finding)
        self._list.helpWanted.connect(lambda check: session.help.open(f"checks/{check}"))
        raw = CodeView(self.tr("Original message"), self, lines=3, grows=False)
        raw.show_text(text)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("Explanations"))
        area.setWidget(self._list)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(strong(self.tr("What this error may mean"), self, scale=1.3))
        column.addWidget(raw)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        self.resize(680, 560)
        session.tasks.start(self._explain(text), owner=self)

    async def _explain(self, text: str) -> None:
        self._list.show_explanations(await self._session.explanations(text))

    def _show_finding(self, check: str) -> None:
        """Show it on the page of the checks, where no other dialog stands in front of that."""
        finding = self._session.diagnosis.finding_of(check)
        if finding is not None:
            self._session.diagnosis.open(finding)
            self.reject()
