"""One answer with its sign: a title, what it is, and why."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from console.ui.icons import Icon, pixmap
from console.ui.widgets.plain_label import plain_label

SIGN_SIDE = 20


class OutcomeLine(QFrame):
    """``title`` is what the answer is to; a new answer is announced without moving the focus."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._look = (Icon.PENDING, "muted")
        heading = QLabel(title, self)
        heading.setProperty("role", "muted")
        heading.setAccessibleName(self.tr("{title}: heading").format(title=title))
        self._sign = QLabel(self)
        self._words = plain_label(parent=self, role="heading", name=title)
        self._why = plain_label(parent=self, name=self.tr("{title}: why").format(title=title))
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 2, 4, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(heading, 0, 0, 1, 2)
        grid.addWidget(self._sign, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._words, 1, 1)
        grid.addWidget(self._why, 2, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3, 1)

    def tell(self, which: Icon, meaning: str, words: str, why: str) -> None:
        """Show an answer; ``meaning`` is the name of a colour of the theme's roles."""
        news = words != self._words.text()
        self._look = (which, meaning)
        self._words.setText(words)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._paint_sign()
        if news and self.isVisible():
            event = QAccessibleAnnouncementEvent(self, f"{self._title}: {words}. {why}")
            QAccessible.updateAccessibility(event)

    def _paint_sign(self) -> None:
        which, meaning = self._look
        self._sign.setPixmap(pixmap(which, SIGN_SIDE, meaning, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Paint the sign in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_sign()
