"""The host page: a sheet of facts about its Windows, updates, machine and engine."""

from __future__ import annotations

from types import ModuleType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from console.ui.actions import Context
from console.ui.icons import Icon, icon
from console.ui.loading import loaded
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import Parts
from console.ui.widgets.banner import Banner
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.fact_sheet import FactSheet


class HostPage(ContextPage):
    """The facts of the host shown; those that can't be read are told with their reason."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = parts.session
        self._facts: ModuleType | None = None
        self._banner = Banner(self)
        self._banner.chosen.connect(parts.actions["sign-in"].trigger)
        self._empty = EmptyState(self)
        self._sheet = FactSheet(self)
        self._sheet.setAccessibleName(self.tr("Facts of the host"))
        self._sheet.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._copy = QPushButton(icon(Icon.COPY), self.tr("&Copy all"), self)
        self._copy.setToolTip(self.tr("Copy these facts as text, for a report"))
        self._copy.clicked.connect(self._copy_all)
        self._arrange()
        for signal in (
            self._session.snapshotChanged,
            self._session.statusChanged,
            self._session.serviceChanged,
        ):
            signal.connect(lambda _told: self._show())
        self._show()
        parts.tasks.start(self._load(), owner=self)

    async def _load(self) -> None:
        # What knows the Windows side is imported by another thread.
        self._facts = await loaded("console.ui.inventory.host_facts")
        self._show()

    def context(self) -> Context:
        """Nothing is selected here."""
        return Context(page="host", connected=self._session.connected, snapshot=self._session.snapshot)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self._sheet, self._copy)

    def _show(self) -> None:
        snapshot = self._session.snapshot
        known = self._facts is not None and snapshot is not None
        facts = self._facts.host_facts(snapshot) if self._facts is not None and known else ()
        self._sheet.show_facts(facts)
        self._copy.setEnabled(bool(facts))
        self._stack.setCurrentWidget(self._sheet if facts else self._empty)
        if not facts:
            title = self.tr("Looking…") if self._session.service else self.tr("No host is shown")
            self._empty.tell(Icon.HOST, title, self.tr("The facts of the host appear here."))
        unread = self._facts.first_unread(snapshot) if self._facts is not None and known else None
        if unread is None:
            self._banner.hide()
        else:
            button = self.tr("Sign in…") if self._session.sign_in_wanted else ""
            what, how = unread
            self._banner.tell("warning", what, how, button)

    def _copy_all(self) -> None:
        snapshot = self._session.snapshot
        if snapshot is not None and self._facts is not None:
            QGuiApplication.clipboard().setText(self._facts.as_text(self._facts.host_facts(snapshot)))

    def _arrange(self) -> None:
        title = QLabel(self.tr("This host"), self)
        title.setProperty("role", "title")
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self._copy)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._banner)
        column.addWidget(self._stack, 1)
