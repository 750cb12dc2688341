"""The first page of a fix: what was found, what it breaks, and the ways out to choose from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from console.checks.check import Remedy
from console.ui.icons import pixmap
from console.ui.models.findings import FindingRow, evidence_words
from console.ui.severities import SIGNS, severity_word
from console.ui.texts import shown
from console.ui.widgets.flowing import FlowingBody
from console.ui.widgets.remedy_card import remedy_facts
from console.ui.wizards.cards import ChoiceCard
from console.ui.wizards.labels import muted, sentence, strong

SIGN_SIDE = 24


class ChoosePage(QScrollArea):
    """``chosen(int)`` tells which remedy is chosen, from 0."""

    chosen = Signal(int)

    def __init__(self, row: FindingRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._row = row
        self._sign = QLabel(self)
        self._group = QButtonGroup(self)
        self._cards: list[ChoiceCard] = []
        self._content = FlowingBody(self)
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 8, 8)
        self._column.setSpacing(8)
        self._explain(row)
        self._note = muted(self.tr("Looking for remedies…"), self._content)
        self._column.addWidget(strong(self.tr("Remedies, the least disruptive first"), self._content))
        self._column.addWidget(self._note)
        self._column.addStretch(1)
        self.setWidget(self._content)
        self._paint_sign()

    def show_remedies(self, remedies: tuple[Remedy, ...], chosen: int) -> None:
        """Offer ``remedies`` with one of them chosen; without any, say so."""
        self._note.setVisible(not remedies)
        self._note.setText(self.tr("The console knows no remedy for this."))
        for at, remedy in enumerate(remedies):
            title = self.tr("{number}. {title}").format(number=at + 1, title=shown(remedy.title))
            summary, *facts = remedy_facts(remedy)
            card = ChoiceCard(title, summary[1], tuple(facts), self._content)
            card.toggled.connect(lambda on, at=at: self.chosen.emit(at) if on else None)
            self._group.addButton(card)
            self._cards.append(card)
            self._column.insertWidget(self._column.count() - 1, card)
        if remedies:
            self.choose(min(chosen, len(remedies) - 1))

    def choose(self, at: int) -> None:
        """Choose one remedy and put the keyboard on it."""
        self._cards[at].setChecked(True)
        self._cards[at].setFocus()
        self.ensureWidgetVisible(self._cards[at], 0, 30)

    def changeEvent(self, event: QEvent) -> None:
        """Paint the sign in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_sign()

    def _explain(self, row: FindingRow) -> None:
        check = row.finding.check
        head = QHBoxLayout()
        head.setSpacing(10)
        self._sign.setAccessibleName(severity_word(check.severity))
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(strong(shown(check.title), self._content, scale=1.1))
        words.addWidget(muted(shown(row.about), self._content))
        for fact in evidence_words(row.finding):
            words.addWidget(sentence(fact, self._content))
        head.addLayout(words, 1)
        self._column.addLayout(head)
        self._column.addWidget(strong(self.tr("What it breaks"), self._content))
        self._column.addWidget(sentence(shown(check.reason), self._content))
        self._column.addSpacing(4)

    def _paint_sign(self) -> None:
        which, role = SIGNS[self._row.finding.check.severity]
        self._sign.setPixmap(pixmap(which, SIGN_SIDE, role, self.devicePixelRatioF()))
