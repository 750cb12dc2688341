"""The port finder: who holds a port of the host, and which one is free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.port_finder import LAST_PORT, PROTOCOLS, PortAnswer, PortTable
from console.domain.relations import Relations
from console.domain.verdict import Verdict
from console.ui.actions import Context
from console.ui.icons import Icon
from console.ui.inventory.kind import SECTION_TITLES
from console.ui.pages.derived_page import DerivedPage
from console.ui.pages.page import PAGE_EDGES
from console.ui.pages.registry import Parts
from console.ui.ports.rows import HOLD_COLUMNS, held_words, hold_key, ports_text
from console.ui.texts import shown
from console.ui.verdicts import MARKS
from console.ui.widgets.banner import Banner
from console.ui.widgets.number_field import NumberField
from console.ui.widgets.outcome_line import OutcomeLine
from console.ui.widgets.plain_label import plain_label
from console.ui.widgets.problem_card import ProblemCard
from console.ui.widgets.table_panel import TablePanel, bind_tables

if TYPE_CHECKING:
    from console.domain.snapshot import Snapshot
    from console.ui.pages.table_export import Unwritten

PAGE = "ports"
USUAL_PORT = 8080
MOST_SKIPPED = 4
"""So many of the holds before the next free port are named; the table has all."""


class PortsPage(DerivedPage[PortTable]):
    """One port's answer with the next free ones, above all ports that are held."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._ports: PortTable | None = None
        self._problem = ProblemCard(self)
        self._banner = Banner(self)
        self._port = NumberField(self)
        self._protocol = QComboBox(self)
        self._answer = OutcomeLine(self.tr("This port"), self)
        self._next = OutcomeLine(self.tr("Next free"), self)
        self._free_row = QHBoxLayout()
        self._buttons: list[QPushButton] = []
        self._held = TablePanel(parts, "ports-held", self.tr("Held ports"), HOLD_COLUMNS, hold_key, self)
        self._why = plain_label(parent=self, name=self.tr("Why it is held"))
        self._arrange()
        self._port.valueChanged.connect(lambda _value: self._tell())
        self._protocol.currentIndexChanged.connect(lambda _at: self._tell())
        self._held.changed.connect(self._hold_chosen)
        self._held.table.opened.connect(self._open_holder)
        bind_tables(parts, PAGE, self, lambda: self._held, self._unwritten)
        self._tell()

    def _arrange(self) -> None:
        self._port.setRange(1, LAST_PORT)
        self._port.setValue(USUAL_PORT)
        self._port.setAccessibleName(self.tr("Port"))
        self._port.setMinimumWidth(110)
        self._protocol.addItems([one.upper() for one in PROTOCOLS])
        self._protocol.setAccessibleName(self.tr("Protocol"))
        asked = QHBoxLayout()
        for words, field in ((self.tr("&Port"), self._port), (self.tr("P&rotocol"), self._protocol)):
            label = QLabel(words, self)
            label.setBuddy(field)
            asked.addWidget(label)
            asked.addWidget(field)
        asked.addStretch(1)
        answer = QFrame(self)
        sides = QHBoxLayout(answer)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addWidget(self._answer, 1)
        sides.addWidget(self._next, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.setSpacing(6)
        column.addWidget(self._problem)
        column.addWidget(self._banner)
        column.addLayout(asked)
        column.addWidget(answer)
        column.addLayout(self._free_row)
        column.addWidget(self._held, 1)
        column.addWidget(self._why)

    # What there is

    def work_out(self, snapshot: Snapshot, _question: Any, /) -> PortTable:
        """All holds of the host."""
        return PortTable(Relations(snapshot))

    async def show_derived(self, derived: PortTable) -> None:
        """Answer anew, and fill the table."""
        self._ports = derived
        self._tell()
        unread = [shown(SECTION_TITLES[name]) for name in derived.unread]
        if unread and self._session.connected:
            what = self.tr("Not everything that can hold a port could be read.")
            self._banner.tell("warning", what, ", ".join(unread))
        else:
            self._banner.hide()
        await self._held.arrive(derived.holds, self.tr("No port of this host is held."))

    def forget(self) -> None:
        """Another host."""
        self._ports = None
        self._held.clear()
        self._banner.hide()
        self._problem.clear()
        self._tell()

    # The answer

    def _tell(self) -> None:
        if self._ports is None:
            self._answer.tell(Icon.PENDING, "muted", self.tr("Reading the host…"), "")
            self._next.tell(Icon.PENDING, "muted", "", "")
            self._offer(())
            return
        protocol = PROTOCOLS[self._protocol.currentIndex()]
        answer = self._ports.ask(self._port.value(), protocol)
        which, meaning = MARKS[answer.free]
        self._answer.tell(which, meaning, self._answer_text(answer), shown(answer.reason))
        if answer.suggestions:
            words = f"{answer.suggestions[0]}/{protocol}"
            self._next.tell(Icon.OK, "ok", words, self._skipped_text(answer))
        else:
            self._next.tell(Icon.STOP, "error", self.tr("None: all ports are held"), "")
        self._offer(answer.suggestions)

    def _answer_text(self, answer: PortAnswer) -> str:
        words = {
            Verdict.YES: self.tr("{port}/{protocol} is free"),
            Verdict.NO: self.tr("{port}/{protocol} is taken"),
            Verdict.DEPENDS: self.tr("{port}/{protocol} may be free"),
        }
        return words[answer.free].format(port=answer.port, protocol=answer.protocol)

    def _skipped_text(self, answer: PortAnswer) -> str:
        """Why the ports between are not suggested."""
        if not answer.skipped:
            return self.tr("Nothing holds it.")
        told = [
            self.tr("{ports} ({held})").format(ports=ports_text(hold), held=held_words(hold))
            for hold in answer.skipped[:MOST_SKIPPED]
        ]
        more = len(answer.skipped) - len(told)
        words = self.tr("Nothing holds it. Skipped: {holds}.").format(holds="; ".join(told))
        return f"{words} {self.tr('And {count} more.').format(count=more)}" if more else words

    def _offer(self, suggestions: tuple[int, ...]) -> None:
        """A button for each free port; the keyboard stays where it is while they are the same."""
        if [button.property("port") for button in self._buttons] == list(suggestions):
            return
        while (item := self._free_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._buttons = []
        for number in suggestions:
            button = QPushButton(self.tr("Use {port}").format(port=number), self)
            button.setProperty("port", number)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, number=number: self._port.setValue(number))
            self._free_row.addWidget(button)
            self._buttons.append(button)
        self._free_row.addStretch(1)
        QWidget.setTabOrder(self._port, self._protocol)
        before: QWidget = self._protocol
        for button in self._buttons:
            QWidget.setTabOrder(before, button)
            before = button

    # What is selected

    def _hold_chosen(self) -> None:
        hold = self._held.table.current()
        words = self.tr("Select a row to read it in full; Enter opens what holds the port.")
        self._why.setText(shown(hold.words) if hold is not None else words)
        self.contextChanged.emit()

    def _open_holder(self) -> None:
        hold = self._held.table.current()
        if hold is not None and hold.ref is not None:
            self._session.selection.open(hold.ref)

    # What the window asks

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        return self._held.context(PAGE, self._parts)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self._port, *self._held.panes())

    def remember(self) -> None:
        """Columns and sorting of the table."""
        self._held.table.remember()

    def _unwritten(self, unwritten: Unwritten) -> None:
        self._problem.show_problem(unwritten.problem)
