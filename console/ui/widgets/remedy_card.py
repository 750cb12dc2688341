"""One way out of a finding: what it is, who does it, what it interrupts, whether it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.checks.remedies import instructions, interruptions, undoable_steps
from console.ui.icons import Icon, icon, pixmap
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.checks.check import Remedy
    from console.domain.plan import Plan

SIGN = 16


CONTEXT = "Remedy"
Line = tuple[Icon, str, str]


def remedy_facts(remedy: Remedy, *, stops: bool = True) -> tuple[tuple[str, str], ...]:
    """What there is to know of a remedy before it is chosen: name and words; first who does it.

    ``stops`` is whether to say what it interrupts.
    """
    say = QCoreApplication.translate
    facts = [(say(CONTEXT, "Done by"), _who(remedy)[2])]
    if stops:
        told = [words for _icon, _role, words in _stops(remedy)]
        facts.append((say(CONTEXT, "Meanwhile"), " ".join(told)))
    if remedy.restart_needed:
        facts.append((say(CONTEXT, "Restart"), _restart()[2]))
    if remedy.plan is not None:
        facts.append((say(CONTEXT, "Undo"), _undo(remedy, remedy.plan)[2]))
    return tuple(facts)


def _lines(remedy: Remedy) -> list[Line]:
    lines = [_who(remedy), *_stops(remedy)]
    if remedy.restart_needed:
        lines.append(_restart())
    if remedy.plan is not None:
        lines.append(_undo(remedy, remedy.plan))
    return lines


def _who(remedy: Remedy) -> Line:
    say = QCoreApplication.translate
    if remedy.plan is None:
        count = len(instructions(remedy))
        words = say(CONTEXT, "Manually, %n step(s)", "", count).replace("(s)", "" if count == 1 else "s")
        return Icon.RENAME, "accent", f"{words}."
    if remedy.plan.elevated:
        return (
            Icon.SHIELD,
            "accent",
            say(CONTEXT, "The console does it; Windows asks for administrator rights."),
        )
    return Icon.RUNNING, "accent", say(CONTEXT, "The console does it.")


def _stops(remedy: Remedy) -> list[Line]:
    told = interruptions(remedy)
    if told:
        return [(Icon.WARNING, "warning", shown(text)) for text in told]
    return [(Icon.OK, "ok", QCoreApplication.translate(CONTEXT, "Nothing else is interrupted."))]


def _restart() -> Line:
    words = QCoreApplication.translate(CONTEXT, "Windows must be restarted before it takes effect.")
    return Icon.REFRESH, "warning", words


def _undo(remedy: Remedy, plan: Plan) -> Line:
    say = QCoreApplication.translate
    steps, back = len(plan.steps), undoable_steps(remedy)
    if back == steps:
        return Icon.UNDO, "ok", say(CONTEXT, "It can be undone.")
    if back:
        words = say(CONTEXT, "{back} of its {steps} steps can be undone.").format(back=back, steps=steps)
        return Icon.UNDO, "warning", words
    return Icon.UNDO, "muted", say(CONTEXT, "It can't be undone.")


class RemedyFacts(QWidget):
    """What there is to know of a remedy before it is chosen, a line with a sign each."""

    def __init__(self, remedy: Remedy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs: list[tuple[QLabel, Icon, str]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        for which, role, words in _lines(remedy):
            self._add(which, role, words)
        self._paint()

    def words(self) -> str:
        """All lines, for an accessible description."""
        labels = (self._grid.itemAtPosition(row, 1) for row in range(self._grid.rowCount()))
        found = (item.widget() for item in labels if item is not None)
        return " ".join(label.text() for label in found if isinstance(label, QLabel))

    def changeEvent(self, event: QEvent) -> None:
        """Paint the signs in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()

    def _add(self, which: Icon, role: str, words: str) -> None:
        row = self._grid.rowCount()
        sign = QLabel(self)
        label = QLabel(self)
        label.setText(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self._signs.append((sign, which, role))
        self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(label, row, 1)

    def _paint(self) -> None:
        for sign, which, role in self._signs:
            sign.setPixmap(pixmap(which, SIGN, role, self.devicePixelRatioF()))


class RemedyCard(QFrame):
    """A numbered remedy with its button. ``chosen()``: the person wants to go this way."""

    chosen = Signal()

    def __init__(self, number: int, remedy: Remedy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("block")
        words = shown(remedy.title)
        title = QLabel(self)
        title.setText(self.tr("{number}. {title}").format(number=number, title=words))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        title.setProperty("role", "heading")
        facts = RemedyFacts(remedy, self)
        shield = remedy.plan is not None and remedy.plan.elevated
        go = QPushButton(icon(Icon.FIX, elevated=shield), self.tr("Fix…"), self)
        go.setAccessibleName(self.tr("Fix: {title}").format(title=words))
        go.setAccessibleDescription(facts.words())
        go.clicked.connect(self.chosen)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(facts)
        self.setAccessibleName(title.text())
