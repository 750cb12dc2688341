"""A file's text with line numbers, and marks beside the lines something is said about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from console.ui import theme
from console.ui.icons import Icon, pixmap

_ICONS = {"error": Icon.ERROR, "warning": Icon.WARNING, "note": Icon.INFO}
_MEANINGS = {"error": "error", "warning": "warning", "note": "accent"}
_SIDE = 14
_MARGIN = 6


@dataclass(frozen=True, slots=True)
class LineMark:
    """What is said about a line: the worst severity, and the words."""

    severity: str
    words: str


class SourceView(QPlainTextEdit):
    """Read-only text in a fixed-width font. Lines count from 1.

    What a mark says is in the problem list beside it; here it is also a tip on the line.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: Mapping[int, LineMark] = {}
        self._shown = ""
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._numbers = _Numbers(self)
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(self._scrolled)
        self.cursorPositionChanged.connect(self._show_lines)
        self._make_room()

    def show_source(self, text: str, marks: Mapping[int, LineMark]) -> None:
        """Show ``text`` and its marks; the scroll position stays where the text is the same."""
        if text != self._shown:
            self._shown = text
            self.setPlainText(text)
        self._marks = dict(marks)
        self._show_lines()
        self._numbers.update()

    def go_to_line(self, line: int) -> None:
        """Put the cursor on a line and show it in the middle."""
        block = self.document().findBlockByNumber(max(line - 1, 0))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()

    @property
    def line(self) -> int:
        """The line the cursor is on."""
        return self.textCursor().blockNumber() + 1

    def _show_lines(self) -> None:
        """Colour the marked lines, and the one the cursor is on."""
        roles = theme.roles()
        selections = [
            self._selection(line, QColor(getattr(roles, f"{_MEANINGS[mark.severity]}_back")))
            for line, mark in self._marks.items()
        ]
        selections.append(self._selection(self.line, self.palette().alternateBase().color()))
        if self.line in self._marks:
            selections.pop()
        self.setExtraSelections(selections)
        self._numbers.update()

    def _selection(self, line: int, colour: QColor) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.format.setBackground(colour)
        selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        selection.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        return selection

    # The margin with numbers and marks

    def number_width(self) -> int:
        """How wide the margin is, for the widest number."""
        digits = max(2, len(str(max(1, self.blockCount()))))
        return 2 * _MARGIN + _SIDE + 4 + self.fontMetrics().horizontalAdvance("9") * digits

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the margin."""
        painter = QPainter(self._numbers)
        painter.fillRect(event.rect(), self.palette().window())
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        muted = QColor(theme.roles().muted)
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            line = block.blockNumber() + 1
            if top + height >= event.rect().top():
                self._paint_line(painter, line, int(top), int(height), muted)
            top += height
            block = block.next()
        painter.end()

    def _paint_line(self, painter: QPainter, line: int, top: int, height: int, muted: QColor) -> None:
        painter.setPen(self.palette().text().color() if line == self.line else muted)
        room = QRect(0, top, self._numbers.width() - _MARGIN, height)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(line))
        mark = self._marks.get(line)
        if mark is not None:
            picture = pixmap(_ICONS[mark.severity], _SIDE, _MEANINGS[mark.severity], self.devicePixelRatioF())
            painter.drawPixmap(_MARGIN, top + (height - _SIDE) // 2, picture)

    def _make_room(self) -> None:
        self.setViewportMargins(self.number_width(), 0, 0, 0)

    def _scrolled(self, area: QRect, by: int) -> None:
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The margin is as high as the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(inside.left(), inside.top(), self.number_width(), inside.height())

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a marked line's mark means."""
        if isinstance(event, QHelpEvent):
            mark = self._marks.get(self.cursorForPosition(event.pos()).blockNumber() + 1)
            if mark is not None:
                QToolTip.showText(event.globalPos(), mark.words, self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The marks have the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_lines()


class _Numbers(QWidget):
    """The margin left of the text."""

    def __init__(self, view: SourceView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self) -> QSize:
        return QSize(self._view.number_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._view.paint_numbers(event)
