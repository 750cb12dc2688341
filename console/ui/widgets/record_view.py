"""A record table that says why it is empty, for detail panes and pages."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui.models.records import RecordModel
from console.ui.widgets.record_table import RecordTable
from console.ui.window_state import WindowState


class RecordView(RecordTable[Any]):
    """A :class:`RecordTable` with words where there are no rows.

    Without ``state`` its columns are remembered only while it lives.
    """

    def __init__(
        self,
        model: RecordModel[Any],
        name: str,
        parent: QWidget | None = None,
        *,
        state: WindowState | None = None,
        state_id: str = "",
    ) -> None:
        super().__init__(model, name, state or WindowState(None), state_id, parent)
        self._empty_text = ""

    def show_empty_text(self, words: str) -> None:
        """Say ``words`` while there are no rows."""
        self._empty_text = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or the words that say why there are none."""
        super().paintEvent(event)
        if self._empty_text and self.records.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            area = self.viewport().rect().adjusted(16, 16, -16, -16)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty_text)
