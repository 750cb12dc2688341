"""The dialog in which the ends of the matrix are ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.reachability.model import Party
from console.domain.reachability.view import HostView
from console.ui.icons import icon
from console.ui.reachability.ends import ICONS, MOST_CONTAINERS, end_name
from console.ui.widgets.plain_table import RowsOfTables


class ChooseEnds(QDialog):
    """All ends there are, those of the matrix ticked. At least two have to be."""

    def __init__(
        self,
        ends: tuple[Party, ...],
        ticked: tuple[Party, ...],
        view: HostView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Matrix endpoints"))
        self.resize(380, 460)
        self._ends = ends
        self._search = QLineEdit(self)
        self._search.setAccessibleName(self.tr("Find an end"))
        self._search.setPlaceholderText(self.tr("Name"))
        self._search.setClearButtonEnabled(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Ends"))
        self._list.setItemDelegate(RowsOfTables(self._list))
        for one in ends:
            item = QListWidgetItem(icon(ICONS[one.kind]), end_name(one, view))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one in ticked else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._hint = QLabel(self)
        self._hint.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._search, self._list, self._hint, self._buttons):
            column.addWidget(widget)
        self._search.textChanged.connect(self._filter)
        self._list.itemChanged.connect(lambda _item: self._judge())
        self._judge()

    def chosen(self) -> tuple[Party, ...]:
        """The ticked ends, in their order."""
        checked = Qt.CheckState.Checked
        return tuple(one for at, one in enumerate(self._ends) if self._list.item(at).checkState() == checked)

    def _filter(self, text: str) -> None:
        for at in range(self._list.count()):
            item = self._list.item(at)
            item.setHidden(text.casefold() not in item.text().casefold())

    def _judge(self) -> None:
        count = len(self.chosen())
        fits = 2 <= count <= 2 * MOST_CONTAINERS
        words = self.tr("{count} ends selected.") if fits else self.tr("Select 2 to {most} ends.")
        self._hint.setText(words.format(count=count, most=2 * MOST_CONTAINERS))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(fits)
