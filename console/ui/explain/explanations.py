"""Ranked explanations of a text as cards: what it means, how to tell, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.ui.icons import Icon, icon, pixmap
from console.ui.texts import shown
from console.ui.widgets.flowing import FlowingBody
from console.ui.wizards.labels import muted, sentence, strong

if TYPE_CHECKING:
    from console.checks.explain.ranking import Match
    from console.checks.explain.ranking import Report as Explanations
    from console.ui.diagnosis import Diagnosis

CONTEXT = "Explanations"
SIGN = 16
LIKELY, POSSIBLE = 0.7, 0.4


def likelihood(confidence: float) -> str:
    """A confidence from 0 to 1 in words, with its percentage."""
    say = QCoreApplication.translate
    word = (
        say(CONTEXT, "Likely")
        if confidence >= LIKELY
        else say(CONTEXT, "Possible")
        if confidence >= POSSIBLE
        else say(CONTEXT, "Not excluded")
    )
    return say(CONTEXT, "{word} ({percent} %)").format(word=word, percent=round(confidence * 100))


class ExplanationCard(QFrame):
    """One explanation. ``findingWanted()``: the person wants to see that the check finds it here.

    ``helpWanted()`` asks for the help page of the check.
    """

    findingWanted = Signal()
    helpWanted = Signal()

    def __init__(
        self, number: int, match: Match, *, found_here: bool, has_help: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("block")
        title = self.tr("{number}. {title}").format(number=number, title=shown(match.title))
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(5)
        head = strong(title, self, scale=1.05)
        column.addWidget(head)
        column.addWidget(muted(f"{likelihood(match.confidence)}  ·  {match.check}", self))
        column.addWidget(sentence(shown(match.why), self))
        column.addLayout(self._links(title, found_here=found_here, has_help=has_help))
        if match.look is not None:
            column.addWidget(strong(self.tr("How to tell"), self))
            column.addWidget(sentence(shown(match.look), self))
        if match.remedies:
            column.addWidget(strong(self.tr("What you can do"), self))
            for remedy in match.remedies:
                column.addWidget(sentence(f"•  {shown(remedy)}", self))
        column.addWidget(muted(self.tr("Found in the text: {words}").format(words=match.evidence), self))

    def _links(self, title: str, *, found_here: bool, has_help: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        if found_here:
            sign = QLabel(self)
            sign.setPixmap(pixmap(Icon.CHECKS, SIGN, "accent", self.devicePixelRatioF()))
            row.addWidget(sign)
            row.addWidget(sentence(self.tr("The checks find it on this host now."), self), 1)
            go = QPushButton(icon(Icon.CHECKS), self.tr("Show the finding"), self)
            go.setAccessibleName(self.tr("Show the finding: {title}").format(title=title))
            go.setAutoDefault(False)
            go.clicked.connect(self.findingWanted)
            row.addWidget(go)
        if has_help:
            page = QPushButton(icon(Icon.HELP), self.tr("Help page"), self)
            page.setAccessibleName(self.tr("Help page: {title}").format(title=title))
            page.setAutoDefault(False)
            page.clicked.connect(self.helpWanted)
            row.addWidget(page)
        if not found_here:
            row.addStretch(1)
        return row


class ExplanationList(FlowingBody):
    """The explanations of one text, or that there are none.

    ``findingWanted(str)`` and ``helpWanted(str)`` carry the id of a check.
    """

    findingWanted = Signal(str)
    helpWanted = Signal(str)

    def __init__(self, diagnosis: Diagnosis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diagnosis = diagnosis
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 8)
        self._column.setSpacing(8)
        self._said = Said(self)
        self._column.addWidget(self._said)
        self._column.addStretch(1)
        self._cards: list[QWidget] = []
        self.show_explanations(None)

    def show_explanations(self, found: Explanations | None) -> None:
        """Show what was found; for None what is going to be."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []
        if found is None:
            words = self.tr("What the text means, how to tell the causes apart, and what to do, stands here.")
            self._said.tell(Icon.INFO, "muted", words)
            return
        self._said.tell(*self._summary(found))
        for number, match in enumerate(found.matches, start=1):
            here = self._diagnosis.finding_of(match.check) is not None
            card = ExplanationCard(
                number, match, found_here=here, has_help=match.check in self._diagnosis.checks, parent=self
            )
            card.findingWanted.connect(lambda check=match.check: self.findingWanted.emit(check))
            card.helpWanted.connect(lambda check=match.check: self.helpWanted.emit(check))
            self._column.insertWidget(self._column.count() - 1, card)
            self._cards.append(card)

    def _summary(self, found: Explanations) -> tuple[Icon, str, str]:
        if found.unknown:
            return (
                Icon.HELP,
                "muted",
                self.tr(
                    "Unknown: nothing in this text is a container networking error that the console knows. "
                    "It would rather say so than guess."
                ),
            )
        count = len(found.matches)
        if count == 1:
            return Icon.OK, "ok", self.tr("One explanation.")
        words = self.tr("{count} explanations, the likeliest first.").format(count=count)
        return Icon.OK, "ok", words


class Said(QWidget):
    """A sentence with its sign; a new one is read as the widget's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = (Icon.OK, "ok")
        self._sign = QLabel(self)
        self._words = sentence("", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def tell(self, which: Icon, role: str, words: str) -> None:
        """Say ``words`` with the sign ``which``."""
        self._look = (which, role)
        self._words.setText(words)
        self.setAccessibleName(words)
        self._paint()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Paint the sign in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()

    def _paint(self) -> None:
        which, role = self._look
        self._sign.setPixmap(pixmap(which, SIGN, role, self.devicePixelRatioF()))
