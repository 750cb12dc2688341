"""The service discovery page: which names are known on which network, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from console.domain.discovery.names import NameKind
from console.ui.actions import Context
from console.ui.discovery.live_lookup import LiveLookup
from console.ui.discovery.nameless import Nameless
from console.ui.discovery.rows import (
    DRIVER_COLUMNS,
    NAME_COLUMNS,
    NAMELESS_COLUMNS,
    DiscoveryRows,
    discovery_rows,
    driver_key,
    name_key,
    nameless_key,
)
from console.ui.icons import Icon, icon
from console.ui.pages.derived_page import DerivedPage
from console.ui.pages.page import PAGE_EDGES
from console.ui.pages.registry import Parts
from console.ui.texts import shown
from console.ui.widgets.banner import Banner
from console.ui.widgets.plain_label import plain_label
from console.ui.widgets.problem_card import ProblemCard
from console.ui.widgets.table_panel import TablePanel, bind_tables

if TYPE_CHECKING:
    from console.domain.discovery.names import KnownName
    from console.domain.snapshot import Snapshot
    from console.ui.pages.table_export import Unwritten

PAGE = "discovery"


class DiscoveryPage(DerivedPage[DiscoveryRows]):
    """Names, drivers, containers nobody finds, and a live test."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._rows: DiscoveryRows | None = None
        self._problem = ProblemCard(self, session=self._session)
        self._clashes = Banner(self)
        self._tabs = QTabWidget(self)  # made before what it holds: the Tab key goes in the order of making
        self._names = TablePanel(
            parts, "discovery-names", self.tr("Names"), NAME_COLUMNS, name_key, self,
            narrowing=self.tr("Short &ids too"),
        )  # fmt: skip
        self._drivers = TablePanel(
            parts, "discovery-drivers", self.tr("Drivers"), DRIVER_COLUMNS, driver_key, self
        )
        self._nameless = TablePanel(
            parts, "discovery-nameless", self.tr("Without names"), NAMELESS_COLUMNS, nameless_key, self
        )
        self._why = plain_label(parent=self, name=self.tr("Why: names"))
        self._why_driver = plain_label(parent=self, name=self.tr("Why: drivers"))
        self._instead = Nameless(self)
        self._lookup = LiveLookup(parts, self._problem, self)
        self._arrange()
        self._names.changed.connect(self._name_chosen)
        self._names.bar.narrowed.connect(lambda _on: self._parts.tasks.start(self._show_names(), owner=self))
        self._drivers.changed.connect(self._driver_chosen)
        self._nameless.changed.connect(self._nameless_chosen)
        self._tabs.currentChanged.connect(lambda _at: self.contextChanged.emit())
        bind_tables(parts, PAGE, self, self._panel, self._tell_unwritten)

    def _arrange(self) -> None:
        for why in (self._why, self._why_driver):
            why.hide()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Service discovery"))
        for panel, below, which, title in (
            (self._names, self._why, Icon.NETWORKS, self.tr("N&ames")),
            (self._drivers, self._why_driver, Icon.INFO, self.tr("&Drivers")),
            (self._nameless, self._instead, Icon.WARNING, self.tr("&Without names")),
        ):
            tab = QWidget(self)
            column = QVBoxLayout(tab)
            column.setContentsMargins(0, 0, 0, 4)
            column.addWidget(panel, 1)
            column.addWidget(below)
            self._tabs.addTab(tab, icon(which), title)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.addWidget(self._problem)
        column.addWidget(self._clashes)
        column.addWidget(self._tabs, 1)
        column.addWidget(self._lookup)

    # What there is

    def work_out(self, snapshot: Snapshot, _question: Any, /) -> DiscoveryRows:
        """The three tables of a snapshot."""
        return discovery_rows(snapshot)

    async def show_derived(self, derived: DiscoveryRows) -> None:
        """Fill the tables; the live test predicts anew."""
        self._rows = derived
        self._lookup.show_rows(derived)  # first: a row that is chosen puts its name in there
        await self._show_names()
        self._tell_clashes(derived)
        await self._drivers.arrive(derived.drivers, "")
        await self._nameless.arrive(
            derived.nameless, self.tr("Every running container is on a network with name resolution.")
        )

    async def _show_names(self) -> None:
        if self._rows is None:
            return
        everything = self._names.bar.narrowing.isChecked()
        rows = [row for row in self._rows.names if everything or row.kind is not NameKind.SHORT_ID]
        none = self.tr("No container is running: start one, and its names appear here.")
        await self._names.arrive(rows, none)

    def _tell_clashes(self, rows: DiscoveryRows) -> None:
        clashing = [row for row in rows.names if row.clash is not None]
        if not clashing:
            self._clashes.hide()
            return
        words = self.tr("{count} names clash") if len(clashing) > 1 else self.tr("1 name clashes")
        some = ", ".join(f"{row.name} ({row.network.name})" for row in clashing[:5])
        self._clashes.tell("warning", words.format(count=len(clashing)), some)

    def forget(self) -> None:
        """Another host."""
        self._rows = None
        for panel in (self._names, self._drivers, self._nameless):
            panel.clear()
        self._lookup.forget()
        self._clashes.hide()
        self._problem.clear()

    # What is selected

    def _name_chosen(self) -> None:
        row = self._names.table.current()
        if row is None:
            self._why.hide()
        else:
            words = [shown(row.reason)] + ([shown(row.clash)] if row.clash is not None else [])
            self._why.setText(" ".join(words))
            self._why.show()
            if self._names.table.hasFocus():
                self._lookup.ask_for(row.name, _somebody_else(row))
        self.contextChanged.emit()

    def _driver_chosen(self) -> None:
        row = self._drivers.table.current()
        if row is not None:
            lines = [
                self.tr("On this host: {why}").format(why=shown(row.local.reason)),
                self.tr("Across hosts: {why}").format(why=shown(row.across.reason)),
            ]
            if row.changed is not None:
                lines.append(self.tr("What changed: {what}").format(what=shown(row.changed)))
            self._why_driver.setText("\n".join(lines))
        self._why_driver.setVisible(row is not None)
        self.contextChanged.emit()

    def _nameless_chosen(self) -> None:
        row = self._nameless.table.current()
        rows = self._rows
        if row is None or rows is None:
            self._instead.tell_nothing(rows=bool(rows and rows.nameless))
        else:
            self._instead.tell(row.names.network, rows.relations)
        self.contextChanged.emit()

    # What the window asks

    def _panel(self) -> TablePanel:
        return (self._names, self._drivers, self._nameless)[self._tabs.currentIndex()]

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        return self._panel().context(PAGE, self._parts)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        further = self._instead.panes() if self._panel() is self._nameless else ()
        return (self._tabs.tabBar(), *self._panel().panes(), *further, self._lookup.first_field())

    def remember(self) -> None:
        """Columns and sorting of the tables."""
        for panel in (self._names, self._drivers, self._nameless):
            panel.table.remember()

    def _tell_unwritten(self, unwritten: Unwritten) -> None:
        self._problem.show_problem(unwritten.problem)


def _somebody_else(row: KnownName) -> str:
    """The id of a container that can ask for a name, rather not the one that has it."""
    owners = [ref.id for ref in row.owners]
    others = [one.id for one in row.askers if one.id not in owners]
    return next(iter([*others, *owners]), "")
