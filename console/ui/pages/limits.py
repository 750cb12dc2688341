"""The limits page: how much of what this host can carry is used, and what each limit rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from console.domain.limits import Meter, Nearness, meters
from console.ui.actions import Context
from console.ui.icons import Icon
from console.ui.overriding import override
from console.ui.pages.derived_page import DerivedPage
from console.ui.pages.page import PAGE_EDGES
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.meter_sheet import MeterSheet

if TYPE_CHECKING:
    from console.domain.snapshot import Snapshot
    from console.ui.pages.registry import Parts


class LimitsPage(DerivedPage[tuple[Meter, ...]]):
    """A bar and a sentence for each limit."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._title = QLabel(self.tr("Limits of this host"), self)
        self._title.setProperty("role", "title")
        self._summary = QLabel(self)
        self._summary.setWordWrap(True)
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setAccessibleName(self.tr("Summary"))
        self._sheet = MeterSheet(self)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._summary)
        column.addWidget(self._stack, 1)
        self.forget()

    @override
    def work_out(self, snapshot: Snapshot, _question: Any, /) -> tuple[Meter, ...]:
        return meters(snapshot)

    @override
    async def show_derived(self, derived: tuple[Meter, ...]) -> None:
        self._sheet.show_meters(derived)
        self._stack.setCurrentWidget(self._sheet if derived else self._empty)
        self._summary.setText(self._summary_words(derived))
        if not derived:
            self._empty.tell(
                Icon.LIMITS,
                self.tr("No limits are known for this host"),
                self.tr("They appear with its first network that has a subnet."),
            )

    @override
    def forget(self) -> None:
        self._sheet.show_meters(())
        self._summary.setText("")
        self._empty.tell(Icon.LIMITS, self.tr("Looking…"), self.tr("The limits of the host appear here."))
        self._stack.setCurrentWidget(self._empty)

    def _summary_words(self, derived: tuple[Meter, ...]) -> str:
        reached = sum(one.nearness is Nearness.REACHED for one in derived)
        near = sum(one.nearness is Nearness.NEAR for one in derived)
        if reached or near:
            words = self.tr("{reached} reached, {near} near. Each limit names its source.")
            return words.format(reached=reached, near=near)
        return self.tr("Nothing is near its limit. Each limit names its source.")

    def context(self) -> Context:
        """Nothing is selected here."""
        return Context(page="limits", connected=self._session.connected, snapshot=self._session.snapshot)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self._sheet,)
