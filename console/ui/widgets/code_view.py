"""Text to copy: a read-only view in a fixed-width font with its Copy button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from console.ui.icons import Icon, icon
from console.ui.overriding import override

FRAME = 2
"""The edge with the keyboard, in pixels; without it is one less."""

MOST_LINES = 10
"""A view that does not grow shows so many lines at once, where no other number is given."""


class _Text(QPlainTextEdit):
    """Tells when its lines may be wrapped elsewhere: with its width, as with its text."""

    laidOut = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.laidOut.emit())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.laidOut.emit()


class CodeView(QWidget):
    """Shows text as it is, never interpreted, and copies it.

    ``name`` is what a screen reader calls it. ``lines`` is how many lines are wanted in sight;
    ``grows`` is False where it takes no more room than its text needs, up to ``most`` lines.
    """

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        lines: int = 4,
        grows: bool = True,
        most: int = MOST_LINES,
    ) -> None:
        super().__init__(parent)
        # Kept beside the view, which turns no-break spaces into spaces.
        self._shown = ""
        self._text = _Text(self)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(name)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._lines, self._most = lines, most
        self._text.setMinimumHeight(self._height_of(lines))
        if not grows:
            self._text.laidOut.connect(self._fit)
            self._fit()
        self._copy = QPushButton(icon(Icon.COPY), self.tr("Cop&y"), self)
        self._copy.setAccessibleName(self.tr("Copy: {name}").format(name=name))
        self._copy.setAutoDefault(False)
        self._copy.setEnabled(False)  # until there is a text
        self._copy.clicked.connect(self.copy)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._row)
        column.addWidget(self._text, 1)

    def _height_of(self, lines: int) -> int:
        around = 2 * (int(self._text.document().documentMargin()) + FRAME)
        return self._text.fontMetrics().lineSpacing() * lines + around

    def _fit(self) -> None:
        """As high as the lines the text is wrapped into, within bounds."""
        wrapped = int(self._text.document().size().height())  # a plain text's height is told in lines
        self._text.setMaximumHeight(self._height_of(min(max(self._lines, wrapped), self._most)))

    def text(self) -> str:
        """What is shown."""
        return self._shown

    def show_text(self, text: str, *, copyable: bool = True) -> None:
        """Show ``text``; the scroll position stays where the text is the same.

        ``copyable`` is False for words that stand where a text to copy can't be.
        """
        if text != self._shown:
            self._shown = text
            self._text.setPlainText(text)
        self._copy.setEnabled(bool(text) and copyable)

    def lead_with(self, widget: QWidget) -> None:
        """Put ``widget`` at the start of the row that ends in the Copy button."""
        self._row.insertWidget(self._row.count() - 2, widget)

    def copy(self) -> None:
        """Put all of the text on the clipboard."""
        QGuiApplication.clipboard().setText(self._shown)
