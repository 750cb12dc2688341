"""The page of the help."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.ui.actions import Context
from console.ui.help.view import HelpView
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import Parts


class HelpPage(ContextPage):
    """Shows what the help desk was last asked for."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = parts.session
        self._view = HelpView(parts.tasks, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.addWidget(self._view)
        self.setFocusProxy(self._view.search)
        parts.actions.bind("find", self._view.search.setFocus, page="help")
        parts.session.help.wanted.connect(self._show_wanted)
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._session.help.topic:
            self._view.show_page(self._session.help.topic)

    def context(self) -> Context:
        """Nothing is selected here."""
        return Context(page="help", connected=self._session.connected, snapshot=self._session.snapshot)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return self._view.panes()
