"""One finding in full: what it rests on, what it breaks, and the ways out, the least disruptive first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from console.checks.check import Crashed, Remedy
from console.checks.remedies import remedies_of
from console.ui.icons import pixmap
from console.ui.models.findings import FindingRow, evidence_words
from console.ui.severities import SIGNS, severity_word
from console.ui.texts import shown
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.flowing import FlowingBody
from console.ui.widgets.plain_label import heading, plain_label
from console.ui.widgets.remedy_card import RemedyCard

if TYPE_CHECKING:
    from console.ui.diagnosis import Diagnosis
    from console.ui.tasks import Tasks

SIGN_SIDE = 24


class FindingDetails(QScrollArea):
    """Shows one row and follows it over refreshes.

    ``fixWanted(FindingRow, int)`` carries the number of the remedy that the person wants, from 0.
    """

    fixWanted = Signal(object, int)

    def __init__(self, diagnosis: Diagnosis, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diagnosis = diagnosis
        self._tasks = tasks
        self._row: FindingRow | None = None
        self._reading: asyncio.Task[None] | None = None
        self._remedies: tuple[Remedy, ...] | Crashed | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Details of the finding"))
        self._sign = QLabel(self)
        self._title = plain_label(role="title")
        self._about = plain_label(role="muted")
        self._evidence = plain_label()
        self._evidence.setAccessibleName(self.tr("Evidence"))
        self._reason = plain_label()
        self._reason.setAccessibleName(self.tr("What it breaks"))
        self._ways = QVBoxLayout()
        self._ways.setSpacing(8)
        self._ways_note = plain_label(role="muted")
        self._arrange()

    def show_row(self, row: FindingRow | None) -> None:
        """Show ``row``; nothing for None."""
        if row is None:
            self._row = None
            return
        same = self._row is not None and self._row == row
        if self._row is None or self._row.key != row.key:
            self._remedies = None
            self._clear_ways()
            self._ways_note.setText(self.tr("Looking for remedies…"))
            self.verticalScrollBar().setValue(0)
        self._row = row
        if not same:
            self._fill(row)
        self._read()

    def remedies(self) -> tuple[Remedy, ...]:
        """The ways out that are shown."""
        return self._remedies if isinstance(self._remedies, tuple) else ()

    def changeEvent(self, event: QEvent) -> None:
        """Paint the sign in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._row is not None:
            self._paint_sign(self._row)

    def _fill(self, row: FindingRow) -> None:
        check = row.finding.check
        self._title.setText(shown(check.title))
        parts = [severity_word(check.severity), shown(row.about), check.id]
        self._about.setText("  ·  ".join(parts))
        self._evidence.setText("\n".join(f"•  {fact}" for fact in evidence_words(row.finding)))
        self._reason.setText(shown(check.reason))
        self._paint_sign(row)

    def _paint_sign(self, row: FindingRow) -> None:
        which, role = SIGNS[row.finding.check.severity]
        self._sign.setPixmap(pixmap(which, SIGN_SIDE, role, self.devicePixelRatioF()))

    def _read(self) -> None:
        if self._reading is None or self._reading.done():
            self._reading = self._tasks.start(self._find_ways(), owner=self)

    async def _find_ways(self) -> None:
        """Work out the remedies off the UI thread, again while another row or host is asked for."""
        done: tuple[object, object] | None = None
        while self._row is not None and (report := self._diagnosis.report) is not None:
            row = self._row
            if done is not None and done[0] is row and done[1] is report:
                return
            found = await asyncio.to_thread(remedies_of, row.finding, report.host)
            done = (row, report)
            if row is self._row and found != self._remedies:
                self._remedies = found
                self._show_ways(row, found)

    def _show_ways(self, row: FindingRow, found: tuple[Remedy, ...] | Crashed) -> None:
        self._clear_ways()
        if isinstance(found, Crashed):
            self._ways_note.setText(self.tr("The remedies could not be worked out: a fault in the console."))
            raw = CodeView(self.tr("What went wrong"), self, lines=4, grows=False)
            raw.show_text(found.error)
            self._ways.addWidget(raw)
            return
        self._ways_note.setText(
            self.tr("The least disruptive first.")
            if len(found) > 1
            else ""
            if found
            else self.tr("The console knows no remedy. The help page says what is known.")
        )
        self._ways_note.setVisible(bool(self._ways_note.text()))
        for at, remedy in enumerate(found):
            card = RemedyCard(at + 1, remedy, self)
            card.chosen.connect(lambda at=at: self.fixWanted.emit(row, at))
            self._ways.addWidget(card)

    def _clear_ways(self) -> None:
        self._ways_note.show()
        while (item := self._ways.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _arrange(self) -> None:
        content = FlowingBody(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(4, 4, 10, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._about)
        head.addLayout(words, 1)
        column.addLayout(head)
        for title, label in (
            (self.tr("What was seen"), self._evidence),
            (self.tr("What it breaks"), self._reason),
        ):
            column.addSpacing(4)
            column.addWidget(heading(title))
            column.addWidget(label)
        column.addSpacing(4)
        column.addWidget(heading(self.tr("Remedies")))
        column.addWidget(self._ways_note)
        column.addLayout(self._ways)
        column.addStretch(1)
        self.setWidget(content)
