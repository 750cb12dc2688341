"""A line across a page that says what is wrong with what it shows, and offers the way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.ui.icons import Icon, pixmap

_ICONS = {"ok": Icon.OK, "warning": Icon.WARNING, "error": Icon.ERROR, "accent": Icon.INFO}
ICON_SIDE = 20


class Banner(QFrame):
    """Hidden until :meth:`tell`; announced to screen readers without moving the focus.

    ``chosen`` is emitted when its button is pressed.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._meaning = "warning"
        self._icon = QLabel(self)
        self._what = self._line()
        self._what.setStyleSheet("font-weight: 600;")
        self._how = self._line()
        self._button = QPushButton(self)
        self._button.clicked.connect(self.chosen)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._what)
        lines.addWidget(self._how)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(10)
        layout.addWidget(self._icon)
        layout.addLayout(lines, 1)
        layout.addWidget(self._button)
        self.hide()

    def _line(self) -> QLabel:
        line = QLabel(self)
        line.setWordWrap(True)
        return line

    def tell(self, meaning: str, what: str, how: str = "", button: str = "") -> None:
        """Show ``what`` and the way out, coloured by ``meaning`` (a name of theme.Roles)."""
        said_before = not self.isHidden() and self._what.text() == what
        self._meaning = meaning
        self._what.setText(what)
        self._how.setText(how)
        self._how.setVisible(bool(how))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(what)
        self.setAccessibleDescription(how)
        self.setProperty("meaning", meaning)
        self.style().unpolish(self)
        self.style().polish(self)
        self._paint_icon()
        self.show()
        if not said_before:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{what} {how}"))

    def _paint_icon(self) -> None:
        self._icon.setPixmap(
            pixmap(_ICONS[self._meaning], ICON_SIDE, self._meaning, self.devicePixelRatioF())
        )

    def changeEvent(self, event: QEvent) -> None:
        """Repaint the icon in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()
