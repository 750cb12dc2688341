"""The page that compares two hosts, now or out of support bundles: what appeared, went and changed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.domain.comparison import compare
from console.ui.actions import Context
from console.ui.dialogs.bundle_file import open_bundle_dialog, unread
from console.ui.icons import Icon, icon
from console.ui.models.differences import (
    DIFFERENCE_COLUMNS,
    DifferenceRow,
    What,
    difference_facts,
    difference_key,
    difference_rows,
)
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.table_export import Unwritten
from console.ui.tasks import ask
from console.ui.texts import moment
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.fact_sheet import FactSheet
from console.ui.widgets.problem_card import ProblemCard
from console.ui.widgets.table_panel import TablePanel, bind_tables

if TYPE_CHECKING:
    from console.domain.snapshot import Snapshot
    from console.ui.pages.registry import Parts

PAGE = "compare"
BEFORE, AFTER = 0, 1


@dataclass(frozen=True)
class Side:
    """One that can be compared. ``snapshot`` is None while nothing is known of it."""

    key: str
    title: str
    snapshot: Snapshot | None


class ComparePage(ContextPage):
    """Two choices and a table. Hosts that are open can be chosen, as can files of bundles."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._session, self._tasks = parts.session, parts.tasks
        self._files: dict[str, Side] = {}
        self._run: asyncio.Task[None] | None = None
        self._wanted = False
        self._build()
        self._bind()
        self._offer()

    def _build(self) -> None:
        self._choices = (self._chooser(self.tr("Before")), self._chooser(self.tr("After")))
        self._openers = (
            self._opener(self.tr("Bundle file for “Before”…")),
            self._opener(self.tr("Bundle file for “After”…")),
        )
        self._swap = QPushButton(self.tr("&Swap"), self)
        self._again = QPushButton(icon(Icon.REFRESH), self.tr("Compare &again"), self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        for at, words in enumerate((self.tr("&Before"), self.tr("Afte&r"))):
            label = QLabel(words, self)
            label.setBuddy(self._choices[at])
            grid.addWidget(label, at, 0)
            grid.addWidget(self._choices[at], at, 1)
            grid.addWidget(self._openers[at], at, 2)
        grid.addWidget(self._swap, BEFORE, 3)
        grid.addWidget(self._again, AFTER, 3)
        grid.setColumnStretch(1, 1)
        self._problem = ProblemCard(self)
        self._summary = QLabel(self)
        self._summary.setAccessibleName(self.tr("Summary"))
        self._summary.setProperty("role", "heading")
        self._summary.setWordWrap(True)
        self._panel = TablePanel(
            self._parts, "differences", self.tr("Differences"), DIFFERENCE_COLUMNS, difference_key, self
        )
        self._row = FactSheet(self)
        self._row.setAccessibleName(self.tr("The difference in full"))
        self._row.hide()
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        self._splitter.addWidget(self._panel)
        self._splitter.addWidget(self._row)
        self._splitter.setSizes([300, 130])
        self._splitter.setStretchFactor(0, 1)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(self._problem)
        column.addWidget(self._summary)
        column.addWidget(self._stack, 1)

    def _chooser(self, name: str) -> QComboBox:
        choice = QComboBox(self)
        choice.setAccessibleName(name)
        choice.setPlaceholderText(self.tr("Choose a host or a bundle"))
        choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        choice.setMinimumContentsLength(12)
        return choice

    def _opener(self, name: str) -> QPushButton:
        button = QPushButton(icon(Icon.BUNDLE), self.tr("Bundle file…"), self)
        button.setAccessibleName(name)
        return button

    def _bind(self) -> None:
        for at, opener in enumerate(self._openers):
            opener.clicked.connect(self._tasks.starts(partial(self._choose_file, at), owner=self))
        for choice in self._choices:
            choice.activated.connect(lambda _at: self._begin())
        self._swap.clicked.connect(self._exchange)
        self._again.clicked.connect(self._begin)
        self._panel.changed.connect(self._show_row)
        self._parts.actions["show-details"].toggled.connect(lambda _on: self._show_row())
        self._session.hostsChanged.connect(self._offer)
        self._session.snapshotChanged.connect(self._host_changed)
        bind_tables(self._parts, PAGE, self, self._current_panel, self._tell_unwritten)

    def _show_row(self) -> None:
        """The selected difference below the table, with values as long as they are."""
        row = self._panel.table.current()
        if row is not None:
            self._row.show_facts(difference_facts(row))
        self._row.setVisible(row is not None and self._parts.actions["show-details"].isChecked())
        self.contextChanged.emit()

    # What can be compared

    def _sides(self) -> tuple[Side, ...]:
        hosts = []
        for service in self._session.hosts:
            snapshot = service.snapshot
            words = self.tr("{host}, now")
            when = ""
            if service.identity.bundle and snapshot is not None:
                words, when = self.tr("Bundle of {moment}: {host}"), moment(snapshot.taken_at)
            title = words.format(host=service.identity.name, moment=when)
            hosts.append(Side(service.connection.id, title, snapshot))
        opened = {side.key for side in hosts}
        return (*hosts, *(side for side in self._files.values() if side.key not in opened))

    def _offer(self) -> None:
        """Bring the two choices up to date; what is chosen stays chosen."""
        sides, before = self._sides(), self._chosen()
        for choice in self._choices:
            chosen = choice.currentData()
            if [side.key for side in sides] != [choice.itemData(at) for at in range(choice.count())]:
                choice.clear()
                for side in sides:
                    choice.addItem("", side.key)
                choice.setCurrentIndex(choice.findData(chosen) if chosen is not None else -1)
            for at, side in enumerate(sides):
                choice.setItemText(at, side.title)
                choice.setItemData(at, side.title, Qt.ItemDataRole.ToolTipRole)
        self._suggest()
        if self._chosen() == before:
            self._can()
        elif self.isVisible():
            self._begin()

    def _host_changed(self, _snapshot: object) -> None:
        self._offer()
        if self.isVisible():
            self._begin()

    def _chosen(self) -> tuple[str | None, ...]:
        return tuple(choice.currentData() for choice in self._choices)

    def _suggest(self) -> None:
        """What most people want, where nothing was chosen: a bundle before, the host shown after."""
        shown_one = self._session.service
        after, before = self._choices[AFTER], self._choices[BEFORE]
        if after.currentIndex() < 0 and shown_one is not None:
            after.setCurrentIndex(after.findData(shown_one.connection.id))
        others = [at for at in range(before.count()) if before.itemData(at) != after.currentData()]
        if before.currentIndex() < 0 and others:
            before.setCurrentIndex(others[-1])

    def _can(self) -> None:
        chosen = all(choice.currentIndex() >= 0 for choice in self._choices)
        self._swap.setEnabled(chosen)
        self._again.setEnabled(chosen)
        if not chosen:
            self._panel.clear()
            self._say_nothing(
                self.tr("Choose two to compare"),
                self.tr(
                    "A host that is open, as it is now, or the file of a support bundle: what was added, "
                    "removed and changed from one to the other is listed here."
                ),
            )

    async def _choose_file(self, at: int) -> None:
        if self._parts.hosts is None:
            return
        dialog = open_bundle_dialog(self)
        if not await ask(dialog):
            return
        from console.backend.bundle import BundleError

        path = Path(dialog.selectedFiles()[0])
        try:
            opened = await self._parts.hosts.open_bundle(path)
        except BundleError as error:
            self._problem.show_problem(unread(error.reason))
            return
        self._problem.clear()
        service = opened.service
        snapshot = await service.observe()
        await opened.close()
        words = self.tr("Bundle of {moment}: {host} ({file})")
        title = words.format(host=snapshot.host.name, moment=moment(snapshot.taken_at), file=path.name)
        self._files[service.connection.id] = Side(service.connection.id, title, snapshot)
        self._offer()
        choice = self._choices[at]
        choice.setCurrentIndex(choice.findData(service.connection.id))
        self._suggest()
        self._begin()

    def _exchange(self) -> None:
        first, second = (choice.currentIndex() for choice in self._choices)
        self._choices[BEFORE].setCurrentIndex(second)
        self._choices[AFTER].setCurrentIndex(first)
        self._begin()

    # Comparing

    def _begin(self) -> None:
        """Compare; what is wanted meanwhile becomes one more comparison."""
        self._can()
        self._wanted = all(choice.currentIndex() >= 0 for choice in self._choices)
        if self._wanted and (self._run is None or self._run.done()):
            self._run = self._tasks.start(self._compare_wanted(), owner=self)

    async def _compare_wanted(self) -> None:
        while self._wanted:
            self._wanted = False
            await self._compare()

    async def _compare(self) -> None:
        sides = {side.key: side for side in self._sides()}
        before, after = (sides[choice.currentData()] for choice in self._choices)
        unknown = next((side for side in (before, after) if side.snapshot is None), None)
        if unknown is not None or before.snapshot is None or after.snapshot is None:
            title = unknown.title if unknown is not None else ""
            self._say_nothing(
                self.tr("Nothing is known about {host} yet").format(host=title),
                self.tr("Compare again once it has been read."),
            )
            return
        rows = await asyncio.to_thread(_compared, before.snapshot, after.snapshot)
        if self._wanted or None in self._chosen():
            return  # what is chosen is something else by now
        await self._panel.arrive(rows, "")
        self._summary.setText(self._summary_words(rows))
        self._summary.setVisible(bool(rows))
        if rows:
            self._stack.setCurrentWidget(self._splitter)
        else:
            self._say_nothing(
                self.tr("No differences"),
                self.tr("Everything known is the same on both sides, apart from what changes all the time."),
            )
        self.contextChanged.emit()

    def _summary_words(self, rows: tuple[DifferenceRow, ...]) -> str:
        def objects(what: What) -> int:
            return len({(row.part, row.name) for row in rows if row.what is what})

        appeared, went = (sum(row.what is what for row in rows) for what in (What.APPEARED, What.WENT))
        words = [
            self.tr("{appeared} added, {went} removed, {changed} changed.").format(
                appeared=appeared, went=went, changed=objects(What.CHANGED)
            )
        ]
        untold = objects(What.NOT_COMPARED)
        if untold == 1:
            words.append(self.tr("One kind was not read on both sides."))
        elif untold:
            words.append(self.tr("{untold} kinds were not read on both sides.").format(untold=untold))
        return " ".join(words)

    def _say_nothing(self, title: str, text: str) -> None:
        self._summary.hide()
        self._empty.tell(Icon.COMPARE, title, text)
        self._stack.setCurrentWidget(self._empty)
        self.contextChanged.emit()

    def _tell_unwritten(self, unwritten: Unwritten) -> None:
        self._problem.show_problem(unwritten.problem)

    # What the window asks

    def showEvent(self, event: QShowEvent) -> None:
        """A page that comes into sight compares what is chosen, as the hosts are now."""
        super().showEvent(event)
        self._begin()

    def _current_panel(self) -> TablePanel | None:
        return self._panel if self._stack.currentWidget() is self._splitter else None

    def context(self) -> Context:
        """The table, where there is one."""
        panel = self._current_panel()
        if panel is not None:
            return panel.context(PAGE, self._parts)
        return Context(page=PAGE, connected=self._session.connected, snapshot=self._session.snapshot)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        panel = self._current_panel()
        row = (self._row,) if self._row.isVisible() else ()
        return (self._choices[BEFORE], *(panel.panes() if panel is not None else ()), *row)

    def remember(self) -> None:
        """Columns and sorting of the table."""
        self._panel.table.remember()


def _compared(before: Snapshot, after: Snapshot) -> tuple[DifferenceRow, ...]:
    """On a worker thread."""
    return difference_rows(compare(before, after))
