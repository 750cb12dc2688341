"""Facts in groups, to read and to copy: the summary of one object, or of a whole host."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from console.domain.text import Text
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.widgets.plain_label import made_plain, plain_label

LONGEST_WORD = 24
WIDEST_LINES, HIGHEST_LINES = 36, 24
"""The largest sheet that is asked for, in heights of a line, as Qt has it for its scroll areas."""
EMPTY_SIZE = QSize(256, 192)
"""Qt's own for a scroll area without contents."""


@dataclass(frozen=True)
class Fact:
    """One line of a sheet. ``heading`` is the group it stands in, ``meaning`` what follows from it."""

    heading: Text
    title: Text
    value: str
    meaning: str = ""


class _Value(QLabel):
    """Words that wrap; one that has no place to break in a narrow pane is shown without its middle."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        unbreakable = self.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
        if not unbreakable or self.hasSelectedText() or self.minimumSizeHint().width() <= self.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        whole = " ".join(self.text().split())
        words = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, words)


class FactSheet(QScrollArea):
    """Facts in groups; every value can be selected and copied.

    Labels are made once and take other words: making some forty for each object that a person passes
    with the arrow keys takes longer than a frame.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Summary"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._facts: tuple[Fact, ...] = ()
        self._rows: list[_Row] = []
        self._last = 0
        self._content = QWidget(self)
        self._grid = QGridLayout(self._content)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(18)
        self.setWidget(self._content)

    @override
    def sizeHint(self) -> QSize:
        # As QScrollArea's own, which asks its contents once, when there are none yet.
        if not self._rows:
            return EMPTY_SIZE
        around = 2 * self.frameWidth()
        line = self.fontMetrics().height()
        wanted = self._content.sizeHint() + QSize(around, around)
        return wanted.boundedTo(QSize(WIDEST_LINES * line, HIGHEST_LINES * line))

    def show_facts(self, said: tuple[Fact, ...]) -> None:
        """Show ``said``; nothing moves where it is what is shown already."""
        if said == self._facts:
            return
        self._facts = said
        lines = _lines(said)
        for at, line in enumerate(lines):
            if at == len(self._rows):
                self._rows.append(_made(self._grid, at, type(line)))
            elif not self._rows[at].shows(line):
                self._rows[at].remove(self._grid)
                self._rows[at] = _made(self._grid, at, type(line))
            self._rows[at].show(line)
        for row in self._rows[len(lines) :]:
            row.remove(self._grid)
        self._grid.setRowStretch(self._last, 0)
        self._last = len(lines)
        self._grid.setRowStretch(self._last, 1)
        del self._rows[len(lines) :]
        self.updateGeometry()


@dataclass(frozen=True)
class _Heading:
    words: str
    first: bool


@dataclass(frozen=True)
class _Meaning:
    words: str


_Line = _Heading | _Meaning | Fact


def _lines(said: tuple[Fact, ...]) -> list[_Line]:
    """The lines of a sheet from above: each group's heading and facts, below a fact what follows from it."""
    lines: list[_Line] = []
    for heading in dict.fromkeys(fact.heading for fact in said):
        lines.append(_Heading(shown(heading), first=not lines))
        for fact in said:
            if fact.heading == heading:
                lines.append(fact)
                if fact.meaning:
                    lines.append(_Meaning(fact.meaning))
    return lines


class _Row:
    """The labels of one line, which show another line of the same kind as well."""

    def __init__(self, kind: type[_Line], *labels: QLabel) -> None:
        self._kind = kind
        self._labels = labels

    def shows(self, line: _Line) -> bool:
        """Whether these labels are for such a line."""
        return type(line) is self._kind

    def show(self, line: _Line) -> None:
        """Take the words of ``line``."""
        if isinstance(line, Fact):
            title, value = self._labels
            _show_fact(title, value, line)
            return
        (label,) = self._labels
        if isinstance(line, _Heading):
            label.setContentsMargins(0, 0 if line.first else 10, 0, 2)
        if label.text() != line.words:
            label.setText(line.words)
            if isinstance(line, _Meaning):
                _let_shrink(label)

    def remove(self, grid: QGridLayout) -> None:
        """Take the labels away."""
        for label in self._labels:
            grid.removeWidget(label)
            label.hide()
            label.deleteLater()


def _made(grid: QGridLayout, at: int, kind: type[_Line]) -> _Row:
    if kind is Fact:
        title, value = QLabel(), made_plain(_Value(), stop=True)
        title.setProperty("role", "muted")
        title.setBuddy(value)
        grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, at, 1)
        return _Row(kind, title, value)
    label = QLabel() if kind is _Heading else plain_label(stop=True)
    label.setProperty("role", "heading" if kind is _Heading else "muted")
    if kind is _Heading:
        grid.addWidget(label, at, 0, 1, 2)
    else:
        grid.addWidget(label, at, 1)
    return _Row(kind, label)


def _show_fact(title: QLabel, value: QLabel, fact: Fact) -> None:
    words = shown(fact.title)
    if title.text() != words:
        title.setText(words)
    name = f"{words}: {fact.value}"
    if value.accessibleName() != name:
        value.setAccessibleName(name)
    if value.text() != fact.value:
        value.setText(fact.value)
        _let_shrink(value)


def _let_shrink(label: QLabel) -> None:
    """A word longer than a narrow pane (an id) is shortened, and whole in its tip, instead of widening all.

    Lines break after a hyphen only where no digit follows: an id may have no such place.
    """
    too_long = max(map(len, label.text().split()), default=0) > LONGEST_WORD
    policy = label.sizePolicy()  # with the height for a width, which a label that wraps has
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored if too_long else QSizePolicy.Policy.Preferred)
    label.setSizePolicy(policy)
    label.setToolTip(label.text() if too_long else "")
