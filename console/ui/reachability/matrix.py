"""The matrix: a row for each end that asks, a column for each that is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from console.domain.reachability.model import Party, Prediction
from console.domain.text import N_, verbatim
from console.ui.icons import icon
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.verdicts import MARKS, verdict_text

AnyIndex = QModelIndex | QPersistentModelIndex
COLUMN_WIDTH = 104
WIDEST_COLUMN = 220
TITLE_ROOM = 20
"""Beside the words of a title: its padding."""


@dataclass(frozen=True)
class Matrix:
    """The predictions for each ordered pair of ``ends``, whose ``names`` stand in the same order."""

    ends: tuple[Party, ...]
    names: tuple[str, ...]
    predictions: Mapping[tuple[Party, Party], Prediction]


class MatrixModel(QAbstractTableModel):
    """One matrix as a table; a cell says its verdict in a word, with its sign."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix = Matrix((), (), {})

    def show_matrix(self, matrix: Matrix) -> None:
        """Another matrix. With the same ends only its cells are new, and the place in it stays."""
        if matrix.ends == self.matrix.ends and matrix.names == self.matrix.names:
            self.matrix = matrix
            last = len(matrix.ends) - 1
            if last >= 0:
                self.dataChanged.emit(self.index(0, 0), self.index(last, last))
            return
        self.beginResetModel()
        self.matrix = matrix
        self.endResetModel()

    def pair(self, index: AnyIndex) -> tuple[Party, Party]:
        """The ends of a cell: who asks, who is asked."""
        ends = self.matrix.ends
        return ends[index.row()], ends[index.column()]

    def place_of(self, source: Party, target: Party) -> QModelIndex:
        """The cell of a pair; an invalid index where it is not in the matrix."""
        ends = self.matrix.ends
        if source not in ends or target not in ends:
            return QModelIndex()
        return self.index(ends.index(source), ends.index(target))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many ends there are."""
        return 0 if parent.isValid() else len(self.matrix.ends)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """As many as rows."""
        return 0 if parent.isValid() else len(self.matrix.ends)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The word, the sign, and for screen readers and tips the pair with its reason."""
        if not index.isValid():
            return None
        prediction = self.matrix.predictions.get(self.pair(index))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if prediction is None:
            return "–" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return verdict_text(prediction.verdict)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(*MARKS[prediction.verdict])
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            names = self.matrix.names
            words = self.tr("{source} to {target}: {verdict}. {reason}")
            return words.format(
                source=names[index.row()],
                target=names[index.column()],
                verdict=verdict_text(prediction.verdict),
                reason=reason_of(prediction),
            )
        return None

    def headerData(
        self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The name of an end."""
        names = self.matrix.names
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and section < len(names):
            return names[section]
        return None


def reason_of(prediction: Prediction) -> str:
    """The words of the rule that decides the best way."""
    decisive = prediction.ways[0].decisive if prediction.ways else None
    return shown(decisive.words) if decisive is not None else ""


def export_columns(matrix: Matrix) -> list[Column[Party]]:
    """The matrix as a table to copy and export: who asks, then a column for each end."""
    names = dict(zip(matrix.ends, matrix.names, strict=True))

    def column(target: Party) -> Column[Party]:
        def value(source: Party) -> str:
            prediction = matrix.predictions.get((source, target))
            return verdict_text(prediction.verdict) if prediction is not None else ""

        return Column(names[target], verbatim(names[target]), value)

    first: Column[Party] = Column("from", N_("Reachability", "From"), lambda source: names[source])
    return [first, *(column(target) for target in matrix.ends)]


class MatrixView(QTableView):
    """The matrix on the screen, walked with the arrow keys. ``chosen`` tells of another cell,
    ``opened`` that Enter was pressed on one or it was double-clicked.
    """

    chosen = Signal()
    opened = Signal()

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix_model = model
        self.setModel(model)
        self.setAccessibleName(self.tr("Matrix"))
        self.setAccessibleDescription(
            self.tr("Rows are sources, columns are targets. Enter shows the rules for a pair.")
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        columns, rows = self.horizontalHeader(), self.verticalHeader()
        columns.setDefaultSectionSize(COLUMN_WIDTH)
        columns.setHighlightSections(True)
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows.setHighlightSections(True)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(28, self.fontMetrics().height() + 10))
        rows.setMinimumWidth(120)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        model.modelReset.connect(self._fit_columns)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def _fit_columns(self) -> None:
        """Columns as wide as the names above them, so that these are told apart."""
        bold = self.horizontalHeader().font()
        bold.setBold(True)
        measure = QFontMetrics(bold)
        for at, name in enumerate(self.matrix_model.matrix.names):
            wanted = measure.horizontalAdvance(name) + TITLE_ROOM
            self.setColumnWidth(at, min(max(COLUMN_WIDTH, wanted), WIDEST_COLUMN))

    def current_pair(self) -> tuple[Party, Party] | None:
        """The pair the keyboard is on; None on the diagonal and where there is none."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        source, target = self.matrix_model.pair(index)
        return None if source == target else (source, target)

    def select_pair(self, source: Party, target: Party) -> None:
        """Go to the cell of a pair."""
        index = self.matrix_model.place_of(source, target)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def ends_asking(self) -> Sequence[Party]:
        """The rows, for copying and export."""
        return self.matrix_model.matrix.ends

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the pair."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_pair() is not None:
            self.opened.emit()
        else:
            super().keyPressEvent(event)
