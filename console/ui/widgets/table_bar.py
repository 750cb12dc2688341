"""The bar above a table: what can be done, a tick box that narrows, the search, the columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from console.ui.actions import ActionSet
from console.ui.icons import Icon, icon
from console.ui.widgets.action_bar import TOOL_ICON, ActionBar

SEARCH_WIDTH = (140, 320)
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
        self.search = self._build_search(title)
        self.narrowing = QCheckBox(narrowing, self)
        self.narrowing.setVisible(bool(narrowing))
        self.narrowing.toggled.connect(self.narrowed)
        self._columns = QToolButton(self)
        self._columns.setDefaultAction(actions["columns"])
        self._columns.setAccessibleName(self.tr("Columns"))
        self._columns.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._columns.setIconSize(QSize(TOOL_ICON, TOOL_ICON))
        self._columns.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._columns.setMinimumSize(30, 30)
        self._columns.setAutoRaise(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._bar)
        row.addStretch(1)
        row.addWidget(self.narrowing)
        row.addWidget(self.search, 2)
        row.addWidget(self._columns)

    def _build_search(self, title: str) -> QLineEdit:
        search = QLineEdit(self)
        search.setObjectName("search")
        search.setAccessibleName(self.tr("Search {title}").format(title=title.lower()))
        search.setPlaceholderText(self.tr("Search (Ctrl+F)"))
        search.setClearButtonEnabled(True)
        mark = search.addAction(icon(Icon.SEARCH, "muted"), QLineEdit.ActionPosition.LeadingPosition)
        mark.setText(self.tr("Search"))
        for button in search.findChildren(QToolButton):
            button.setAccessibleName(button.text() or self.tr("Clear the search field"))
        search.setMinimumWidth(SEARCH_WIDTH[0])
        search.setMaximumWidth(SEARCH_WIDTH[1])
        search.textChanged.connect(self.searched)
        return search

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
