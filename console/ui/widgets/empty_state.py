"""What stands where a list would be while there is nothing to list: why, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.ui.icons import Icon, pixmap

ICON_SIDE = 56
TEXT_WIDTH = 460


class EmptyState(QFrame):
    """An icon, a sentence, what to do next, and the button for it (``chosen``)."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        # It stands in for a table and is out of sight most of the time: its height must not be the least
        # that the table is given.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._which = Icon.NETWORKS
        self._icon = QLabel(self)
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._text = QLabel(self)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self._button = QPushButton(self)
        self._button.clicked.connect(self.chosen)
        self._button.hide()  # until it has a name
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(10)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(self._title)
        layout.addWidget(self._text, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def tell(self, which: Icon, title: str, text: str, button: str = "") -> None:
        """Say ``title`` and ``text``; without ``button`` there is nothing to press."""
        self._which = which
        self._title.setText(title)
        self._text.setText(text)
        # A centred cell gives a word-wrapped label the size Qt guesses, which is too narrow and too low.
        self._text.setFixedSize(TEXT_WIDTH, self._text.heightForWidth(TEXT_WIDTH))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._paint_icon()

    def _paint_icon(self) -> None:
        self._icon.setPixmap(pixmap(self._which, ICON_SIDE, "muted", self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Repaint the icon in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()
