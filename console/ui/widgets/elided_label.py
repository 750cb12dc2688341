"""A line of text that gives way where there is no room for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from console.ui.overriding import override

NARROWEST = 40


class ElidedLabel(QLabel):
    """One line; what does not fit ends in an ellipsis, and the tip has it whole.

    It is fitted when it is painted: fitting at a change of the window misses the changes of what stands
    beside it. ``edge`` is where the line stands, ``margin`` what it keeps free at both ends.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        edge: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
        margin: int = 6,
    ) -> None:
        super().__init__(parent)
        self._edge = edge
        self._margin = margin
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def words_in_sight(self) -> str:
        """What is read of the text in the room there is."""
        room = self.contentsRect().width() - 2 * self._margin
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        inside = self.contentsRect().adjusted(self._margin, 0, -self._margin, 0)
        painter.drawText(inside, self._edge | Qt.AlignmentFlag.AlignVCenter, self.words_in_sight())
