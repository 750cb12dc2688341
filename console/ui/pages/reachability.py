"""The reachability page: what reaches what and by which rules, as a pair, as a matrix, and tried live."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from console.domain.reachability.model import ANY, PING, Ask, Party, Protocol
from console.ui.actions import Context
from console.ui.icons import Icon, icon
from console.ui.pages.derived_page import DerivedPage
from console.ui.pages.page import PAGE_EDGES
from console.ui.pages.registry import Parts
from console.ui.reachability.ends import ICONS, end_name
from console.ui.reachability.live_reach import LiveReach
from console.ui.reachability.matrix_tab import MatrixTab
from console.ui.reachability.rules import RULE_COLUMNS, rule_key
from console.ui.reachability.work import Kept, Question, Reach, answered, kept_of
from console.ui.texts import shown
from console.ui.widgets.number_field import NumberField
from console.ui.widgets.plain_label import plain_label
from console.ui.widgets.problem_card import ProblemCard
from console.ui.widgets.table_panel import TablePanel, bind_tables

if TYPE_CHECKING:
    from console.domain.snapshot import Snapshot
    from console.ui.pages.table_export import Unwritten

PAGE = "reachability"
USUAL_PORT = 80


class ReachabilityPage(DerivedPage[Reach]):
    """A pair with its rules and a live test; beside it the matrix."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._question = Question()
        self._kept: Kept | None = None
        self._ends: tuple[Party, ...] = ()
        self._problem = ProblemCard(self)
        self._source = self._end_box(self.tr("From"))
        self._target = self._end_box(self.tr("To"))
        self._swap = QPushButton(icon(Icon.REFRESH), self.tr("&Swap"), self)
        self._what = QComboBox(self)
        self._port = NumberField(self)
        self._tabs = QTabWidget(self)  # made before what it holds: the Tab key goes in the order of making
        self._rules = TablePanel(parts, "reachability-rules", self.tr("Rules"), RULE_COLUMNS, rule_key, self)
        self._rule = plain_label(parent=self, name=self.tr("The rule in full"))
        self._map = QPushButton(icon(Icon.MAP), self.tr("Sho&w on the map"), self)
        self._live = LiveReach(parts, self._problem, self)
        self._matrix = MatrixTab(parts, self._unwritten, self)
        self._arrange()
        self._bind()

    def _end_box(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setMinimumContentsLength(9)
        box.setMaxVisibleItems(20)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def _arrange(self) -> None:
        self._what.setAccessibleName(self.tr("What is sent"))
        self._what.addItems([self.tr("Any TCP"), self.tr("Ping"), self.tr("TCP port")])
        self._port.setRange(1, 65535)
        self._port.setValue(USUAL_PORT)
        self._port.setAccessibleName(self.tr("TCP port"))
        self._port.setEnabled(False)
        top = QHBoxLayout()
        for words, box in ((self.tr("&From:"), self._source), (self.tr("T&o:"), self._target)):
            label = QLabel(words, self)
            label.setBuddy(box)
            label.setContentsMargins(0, 0, 2, 0)
            top.addWidget(label)
            top.addWidget(box, 1)
        top.addWidget(self._swap)
        top.addWidget(self._what)
        top.addWidget(self._port)
        for button in (self._swap, self._map):
            button.setAutoDefault(False)
        path = QWidget(self)
        below = QHBoxLayout()
        below.addWidget(self._rule, 1)
        below.addWidget(self._map)
        column = QVBoxLayout(path)
        column.setContentsMargins(0, 0, 0, 4)
        column.addWidget(self._rules, 1)
        column.addLayout(below)
        column.addWidget(self._live)
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Reachability"))
        self._tabs.addTab(path, icon(Icon.PATH), self.tr("P&ath"))
        self._tabs.addTab(self._matrix, icon(Icon.REACHABILITY), self.tr("Mat&rix"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*PAGE_EDGES)
        whole.addLayout(top)
        whole.addWidget(self._problem)
        whole.addWidget(self._tabs, 1)

    def _bind(self) -> None:
        self._source.activated.connect(lambda _at: self._choose_pair())
        self._target.activated.connect(lambda _at: self._choose_pair())
        self._swap.clicked.connect(self._swap_ends)
        self._what.currentIndexChanged.connect(lambda _at: self._choose_ask())
        self._port.valueChanged.connect(lambda _value: self._choose_ask())
        self._map.clicked.connect(self._show_on_map)
        self._rules.changed.connect(self._rule_chosen)
        self._rules.table.opened.connect(self._open_object)
        self._matrix.chosen.connect(self._take_pair)
        self._matrix.opened.connect(self._open_path)
        self._matrix.asked.connect(self._take_set)
        self._tabs.currentChanged.connect(lambda _at: self.contextChanged.emit())
        bind_tables(self._parts, PAGE, self, self._panel, self._unwritten)

    # What is asked

    def question(self) -> Question:
        """The pair, what is sent, and the set of the matrix."""
        return self._question

    def _ask_anew(self, question: Question) -> None:
        if question != self._question:
            self._question = question
            self.derive_soon()

    def _pair(self) -> tuple[Party, Party] | None:
        """The ends that stand in the boxes; the answer for them may still be on its way."""
        at, to = self._source.currentIndex(), self._target.currentIndex()
        if 0 <= at < len(self._ends) and 0 <= to < len(self._ends):
            return self._ends[at], self._ends[to]
        return None

    def _choose_pair(self) -> None:
        pair = self._pair()
        if pair is not None:
            self._take_pair(*pair)

    def _take_pair(self, source: Party, target: Party) -> None:
        self._ask_anew(replace(self._question, source=source, target=target))

    def _swap_ends(self) -> None:
        pair = self._pair()
        if pair is not None:
            self._take_pair(pair[1], pair[0])

    def _choose_ask(self) -> None:
        by_port = self._what.currentIndex() == 2
        self._port.setEnabled(by_port)
        ask = Ask(Protocol.TCP, self._port.value()) if by_port else (ANY, PING)[self._what.currentIndex()]
        self._ask_anew(replace(self._question, ask=ask))

    def _take_set(self, network: str, chosen: tuple[Party, ...]) -> None:
        self._ask_anew(replace(self._question, network=network, chosen=chosen))

    # What is answered

    def work_out(self, snapshot: Snapshot, question: Any, /) -> Reach:
        """The pair's prediction and the matrix."""
        kept = self._kept if self._kept is not None and self._kept.snapshot is snapshot else kept_of(snapshot)
        return answered(kept, question)

    async def show_derived(self, derived: Reach) -> None:
        """Put it into the boxes, the rules, the live test and the matrix."""
        self._kept = derived.kept
        self._fill_ends(derived)
        self._live.show_pair(
            (derived.source, derived.target, derived.question.ask), derived.prediction, derived.kept.view
        )
        self._matrix.show_reach(derived)
        self._map.setEnabled(any(one.container for one in (derived.source, derived.target)))
        await self._rules.arrive(derived.rules, "")

    def _fill_ends(self, reach: Reach) -> None:
        view, ends = reach.kept.view, reach.kept.ends
        names = [end_name(one, view) for one in ends]
        for box, chosen in ((self._source, reach.source), (self._target, reach.target)):
            if ends != self._ends or [box.itemText(at) for at in range(box.count())] != names:
                box.clear()
                for one, name in zip(ends, names, strict=True):
                    box.addItem(icon(ICONS[one.kind]), name)
            box.setCurrentIndex(ends.index(chosen) if chosen in ends else -1)
        self._ends = ends

    def forget(self) -> None:
        """Another host."""
        self._question = replace(Question(), ask=self._question.ask)
        self._kept = None
        self._ends = ()
        for box in (self._source, self._target):
            box.clear()
        self._rules.clear()
        self._live.forget()
        self._matrix.forget()
        self._problem.clear()

    # What is selected

    def _rule_chosen(self) -> None:
        row = self._rules.table.current()
        words = self.tr("Select a rule to read it in full; Enter opens the object it is based on.")
        if row is not None:
            words = self.tr("{rule} Source: {source}.").format(
                rule=shown(row.hop.words), source=row.hop.source
            )
        self._rule.setText(words)
        self.contextChanged.emit()

    def _open_object(self) -> None:
        row = self._rules.table.current()
        if row is not None and row.ref is not None:
            self._session.selection.open(row.ref)

    def _open_path(self) -> None:
        self._tabs.setCurrentIndex(0)
        self._rules.table.setFocus()

    def _show_on_map(self) -> None:
        ends = self._pair() or ()
        self._session.selection.show_path(frozenset(one.container for one in ends if one.container))

    # What the window asks

    def _panel(self) -> TablePanel | None:
        return self._rules if self._tabs.currentIndex() == 0 else None

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        panel = self._panel()
        if panel is not None:
            return panel.context(PAGE, self._parts)
        return Context(page=PAGE, connected=self._session.connected, snapshot=self._session.snapshot)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        if self._tabs.currentIndex() == 0:
            return (self._source, self._tabs.tabBar(), *self._rules.panes(), self._live.first_field())
        return (self._source, self._tabs.tabBar(), *self._matrix.panes())

    def remember(self) -> None:
        """Columns and sorting of the rules."""
        self._rules.table.remember()

    def _unwritten(self, unwritten: Unwritten) -> None:
        self._problem.show_problem(unwritten.problem)
