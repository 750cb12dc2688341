"""What Windows makes of pasted commands and Compose files, as cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.domain.severity import Severity
from console.ui.explain.explanations import Said
from console.ui.icons import Icon, icon, pixmap
from console.ui.severities import SIGNS, severity_word
from console.ui.texts import shown
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.flowing import FlowingBody
from console.ui.wizards.labels import muted, sentence, strong

if TYPE_CHECKING:
    from console.checks.command.verdict import Trouble, Verdict

CONTEXT = "Verdicts"
SIGN = 16
MOST_LINES = 10
LONG_LINE = 50
"""So many characters of a command stand in one line where there is little room."""


def verdict_words(verdict: Verdict) -> tuple[Icon, str, str]:
    """Sign, meaning and words of what is made of a command."""
    say = QCoreApplication.translate
    if not verdict.supported:
        return Icon.ERROR, "error", say(CONTEXT, "It asks for something Windows does not support.")
    severities = {trouble.severity for trouble in verdict.troubles}
    if Severity.ERROR in severities:
        return Icon.ERROR, "error", say(CONTEXT, "It needs correcting.")
    if severities:
        return Icon.WARNING, "warning", say(CONTEXT, "It works on Windows; read the notes.")
    return Icon.OK, "ok", say(CONTEXT, "It works on Windows.")


class VerdictCard(QFrame):
    """One command. ``openWanted()``: the person wants to go on with its network in the wizard."""

    openWanted = Signal()

    def __init__(self, number: int, verdict: Verdict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("block")
        what = f"{verdict.kind} {verdict.name or ''}".strip()
        title = self.tr("{number}. {command}").format(number=number, command=what)
        self.setAccessibleName(title)
        self._signs: list[tuple[QLabel, Icon, str]] = []
        self._said = Said(self)
        self._said.tell(*verdict_words(verdict))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(strong(title, self, scale=1.05), 1)
        if verdict.spec is not None:
            head.addWidget(self._opener(title), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._said)
        if facts := self._facts(verdict):
            column.addWidget(muted(facts, self))
        if verdict.troubles:
            column.addLayout(self._troubles(verdict.troubles))
        if verdict.rewritten:
            self._add_rewritten(column, number, verdict.rewritten)
            if verdict.left_out:
                words = self.tr("Without {flags}: what that was meant for, this does not do.")
                column.addWidget(muted(words.format(flags=", ".join(verdict.left_out)), self))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        """Paint the signs in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()

    def _facts(self, verdict: Verdict) -> str:
        told = [
            (self.tr("driver {name}"), verdict.driver or ""),
            (self.tr("subnet {name}"), ", ".join(verdict.subnets)),
            (self.tr("gateway {name}"), ", ".join(verdict.gateways)),
        ]
        return "  ·  ".join(words.format(name=value) for words, value in told if value)

    def _troubles(self, troubles: tuple[Trouble, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, trouble in enumerate(troubles):
            sign = QLabel(self)
            sign.setAccessibleName(severity_word(trouble.severity))
            self._signs.append((sign, *SIGNS[trouble.severity]))
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(sentence(self._words(trouble), self))
            if trouble.alternative is not None:
                words.addWidget(muted(shown(trouble.alternative), self))
            grid.addLayout(words, row, 1)
        return grid

    def _words(self, trouble: Trouble) -> str:
        words = self.tr("{severity}: {message}")
        return words.format(severity=severity_word(trouble.severity), message=shown(trouble.message))

    def _add_rewritten(self, column: QVBoxLayout, number: int, rewritten: str) -> None:
        column.addWidget(strong(self.tr("What works"), self))
        lines = min(rewritten.count("\n") + 1 + len(rewritten) // LONG_LINE, MOST_LINES)
        code = CodeView(
            self.tr("What works instead of {number}").format(number=number), self, lines=lines, grows=False
        )
        code.show_text(rewritten)
        column.addWidget(code)

    def _opener(self, title: str) -> QPushButton:
        button = QPushButton(icon(Icon.NETWORK_NEW), self.tr("Open in the wizard…"), self)
        button.setAccessibleName(self.tr("Open in the wizard: {command}").format(command=title))
        button.setAutoDefault(False)
        button.clicked.connect(self.openWanted)
        return button

    def _paint(self) -> None:
        for sign, which, role in self._signs:
            sign.setPixmap(pixmap(which, SIGN, role, self.devicePixelRatioF()))


class VerdictList(FlowingBody):
    """The verdicts on all that a paste holds. ``openWanted(NetworkSpec)`` asks for the wizard."""

    openWanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Said(self)
        self._cards: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 8)
        self._column.setSpacing(8)
        self._column.addWidget(self._said)
        self._column.addStretch(1)
        self.show_verdicts(None)

    def show_verdicts(self, found: tuple[Verdict, ...] | None) -> None:
        """Show what was found; for None what is going to be."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []
        if found is None:
            words = self.tr("What works on Windows and what does not, and what works instead, stands here.")
            self._said.tell(Icon.INFO, "muted", words)
            return
        if found:
            words = self.tr("%n command(s) or network(s) found.", "", len(found))
            self._said.tell(Icon.OK, "ok", words.replace("(s)", "" if len(found) == 1 else "s"))
        else:
            self._said.tell(
                Icon.HELP,
                "muted",
                self.tr("There is no docker command or Compose file in this text that concerns networks."),
            )
        for number, verdict in enumerate(found, start=1):
            card = VerdictCard(number, verdict, self)
            card.openWanted.connect(lambda spec=verdict.spec: self.openWanted.emit(spec))
            self._column.insertWidget(self._column.count() - 1, card)
            self._cards.append(card)
