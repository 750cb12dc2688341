"""The matrix with what it is of, its legend, copying and export."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.domain.reachability.model import Party
from console.ui.icons import Icon, icon
from console.ui.pages.registry import Parts
from console.ui.pages.table_export import export_table
from console.ui.reachability.choose_ends import ChooseEnds
from console.ui.reachability.ends import ask_text
from console.ui.reachability.matrix import MatrixModel, MatrixView, export_columns, reason_of
from console.ui.reachability.work import Reach
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.ui.pages.table_export import Unwritten


class MatrixTab(QWidget):
    """``chosen(source, target)``: another pair is looked at; ``opened``: its rules are wanted;
    ``asked(network, ends)``: the matrix is to be of other ends.
    """

    chosen = Signal(object, object)
    opened = Signal()
    asked = Signal(str, object)

    def __init__(
        self, parts: Parts, unwritten: Callable[[Unwritten], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._unwritten = unwritten
        self._reach: Reach | None = None
        self._networks: tuple[tuple[str, str], ...] = ()
        self._filling = False
        self._dialogs: set[QDialog] = set()
        self._model = MatrixModel(self)
        self._view = MatrixView(self._model, self)
        self._of = QComboBox(self)
        self._of.setAccessibleName(self.tr("Containers in the matrix"))
        self._of.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._of.setMinimumContentsLength(18)
        self._choose = QPushButton(self.tr("Pic&k ends…"), self)
        self._copy = QPushButton(icon(Icon.COPY), self.tr("Cop&y matrix"), self)
        self._export = QPushButton(icon(Icon.EXPORT), self.tr("E&xport…"), self)
        self._words = QLabel(self)
        self._words.setAccessibleName(self.tr("The chosen pair"))
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._arrange()
        self._of.activated.connect(self._choose_network)
        self._choose.clicked.connect(self._open_choice)
        self._copy.clicked.connect(self._copy_all)
        self._export.clicked.connect(parts.tasks.starts(self._write, owner=self))
        self._view.chosen.connect(self._cell_chosen)
        self._view.opened.connect(self.opened)
        self._enable(there=False)

    def _arrange(self) -> None:
        label = QLabel(self.tr("Conta&iners"), self)
        label.setBuddy(self._of)
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self._of)
        top.addWidget(self._choose)
        top.addStretch(1)
        for button in (self._choose, self._copy, self._export):
            button.setAutoDefault(False)
        top.addWidget(self._copy)
        top.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.addLayout(top)
        column.addWidget(self._view, 1)
        column.addWidget(self._words)

    def show_reach(self, reach: Reach) -> None:
        """Another answer: the cells, the networks to choose from, and the pair that is looked at."""
        self._reach = reach
        self._enable(there=True)
        self._filling = True
        try:
            self._fill_networks(reach)
            self._model.show_matrix(reach.matrix)
            self._view.select_pair(reach.source, reach.target)
        finally:
            self._filling = False
        self._tell_pair()

    def _fill_networks(self, reach: Reach) -> None:
        snapshot = reach.kept.snapshot
        networks = tuple((one.id, one.name) for one in snapshot.networks.known() or ())
        if networks != self._networks or not self._of.count():
            self._networks = networks
            self._of.clear()
            self._of.addItem(self.tr("All running"))
            self._of.addItems([self.tr("On {network}").format(network=name) for _id, name in networks])
        ids = [identifier for identifier, _name in networks]
        wanted = reach.question.network
        self._of.setCurrentIndex(ids.index(wanted) + 1 if wanted in ids else 0)

    def forget(self) -> None:
        """Another host."""
        from console.ui.reachability.matrix import Matrix

        self._reach, self._networks = None, ()
        self._enable(there=False)
        self._of.clear()
        self._model.show_matrix(Matrix((), (), {}))
        self._words.setText("")

    def _enable(self, *, there: bool) -> None:
        for button in (self._choose, self._copy, self._export):
            button.setEnabled(there)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self._of, self._view)

    def _choose_network(self, at: int) -> None:
        self.asked.emit(self._networks[at - 1][0] if at > 0 else "", ())

    def _cell_chosen(self) -> None:
        pair = self._view.current_pair()
        if pair is not None and not self._filling:
            self.chosen.emit(*pair)

    def _tell_pair(self) -> None:
        reach = self._reach
        if reach is None:
            return
        names = dict(zip(reach.matrix.ends, reach.matrix.names, strict=True))
        if reach.source in names and reach.target in names:
            way = shown(reach.prediction.ways[0].title) if reach.prediction.ways else ""
            words = self.tr("{source} to {target}, {what}: {way}. {reason}")
            self._words.setText(
                words.format(
                    source=names[reach.source],
                    target=names[reach.target],
                    what=ask_text(reach.question.ask),
                    way=way,
                    reason=reason_of(reach.prediction),
                )
            )

    # Choosing ends

    def _open_choice(self) -> None:
        if self._reach is None:
            return
        dialog = ChooseEnds(self._reach.kept.ends, self._reach.matrix.ends, self._reach.kept.view, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._take_chosen(dialog.chosen()))
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    def _take_chosen(self, ends: tuple[Party, ...]) -> None:
        self.asked.emit("", ends)

    # Copying and export

    def _copy_all(self) -> None:
        matrix = self._model.matrix
        columns = export_columns(matrix)
        lines = [[shown(column.title) for column in columns]]
        lines += [[column.cell(source) for column in columns] for source in matrix.ends]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    async def _write(self) -> None:
        matrix = self._model.matrix
        unwritten = await export_table(self, "reachability", "csv", export_columns(matrix), matrix.ends)
        if unwritten is not None:
            self._unwritten(unwritten)
