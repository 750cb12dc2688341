"""The bar above a table: what can be done, a tick box that narrows, the search, the columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from console.ui.actions import ActionSet
from console.ui.widgets.action_bar import ActionBar, columns_button
from console.ui.widgets.search_field import SearchField

BESIDE_BAR = 220
"""What search field and column chooser need beside the tool bar."""


class TableBar(QWidget):
    """``searched(text)`` and ``narrowed(bool)`` tell what the person wants to see."""

    searched = Signal(str)
    narrowed = Signal(bool)

    def __init__(
        self,
        actions: ActionSet,
        action_ids: tuple[str, ...],
        title: str,
        narrowing: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``title`` is what is listed; ``narrowing`` the words of the tick box, "" for none."""
        super().__init__(parent)
        self._bar = ActionBar(actions, action_ids, self.tr("{title}: actions").format(title=title), self)
        self.search = SearchField(self.tr("Search {title}").format(title=title.lower()), self)
        self.search.textChanged.connect(self.searched)
        self.narrowing = QCheckBox(narrowing, self)
        self.narrowing.setVisible(bool(narrowing))
        self.narrowing.toggled.connect(self.narrowed)
        self._columns = columns_button(actions, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._bar)
        row.addStretch(1)
        row.addWidget(self.narrowing)
        row.addWidget(self.search, 2)
        row.addWidget(self._columns)

    def columns_place(self) -> QPoint:
        """Where on the screen the column chooser opens."""
        return self._columns.mapToGlobal(QPoint(0, self._columns.height()))

    def start_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tool bar has words as far as there is room for them."""
        super().resizeEvent(event)
        beside = BESIDE_BAR + (self.narrowing.sizeHint().width() if self.narrowing.text() else 0)
        self._bar.fit(self.width() - beside)
