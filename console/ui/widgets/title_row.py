"""The titles of a table, with a sort arrow that covers no letter."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionHeader

from console.ui.overriding import override

TITLE_PADDING = 8
SORT_ARROW = 12
"""The style sheet's own measures of a header."""


class TitleRow(QHeaderView):
    """Titles above their columns: the sort arrow of one to the right stands before its words, as the
    style would draw it over their end.
    """

    @override
    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        if self._arrow_stands_before(section):
            option.sortIndicator = QStyleOptionHeader.SortIndicator.None_

    @override
    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        if not self._arrow_stands_before(section):
            return
        arrow = QStyleOptionHeader()
        arrow.initFrom(self)
        rising = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        kinds = QStyleOptionHeader.SortIndicator
        arrow.sortIndicator = kinds.SortDown if rising else kinds.SortUp
        left = rect.right() - TITLE_PADDING - self.words_width(section) - SORT_ARROW - 4
        top = rect.center().y() - SORT_ARROW // 2
        arrow.rect = QRect(max(rect.left() + 2, left), top, SORT_ARROW, SORT_ARROW)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorHeaderArrow, arrow, painter, self)

    def _arrow_stands_before(self, section: int) -> bool:
        if not self.isSortIndicatorShown() or section != self.sortIndicatorSection():
            return False
        alignment = self.model().headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        return bool(alignment & Qt.AlignmentFlag.AlignRight)

    def words_width(self, section: int) -> int:
        """How wide the title's words are; the style sheet makes them bold."""
        bold = self.font()
        bold.setBold(True)
        return QFontMetrics(bold).horizontalAdvance(self.model().headerData(section, self.orientation()))
