"""What the engine itself says about an object: the Raw JSON tab."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.ui.icons import Icon, icon
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.problem_card import ProblemCard, problem_of

if TYPE_CHECKING:
    from console.backend.service import HostService
    from console.domain.snapshot import Container, Network


class RawJson(QWidget):
    """Fetches ``docker inspect`` of one network or container when asked, and shows it unchanged.

    ``read`` asks the service for the JSON of the object of an id; it raises EngineError.
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        read: Callable[[HostService, str], Awaitable[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._ask = read
        self._object: Network | Container | None = None
        self._fetched_of: Network | Container | None = None
        self._fetch: asyncio.Task[None] | None = None
        self._state = QLabel(self)
        self._state.setAccessibleName(self.tr("State of the raw JSON"))
        self._again = QPushButton(icon(Icon.REFRESH), self.tr("Read a&gain"), self)
        self._again.clicked.connect(self.fetch)
        self._cancel = QPushButton(icon(Icon.STOP), self.tr("Ca&ncel"), self)
        self._cancel.clicked.connect(self.cancel)
        self._problem = ProblemCard(self, session=session)
        self._code = CodeView(self.tr("Raw JSON"), self, lines=6)
        self._arrange()
        self._busy(busy=False)

    def show_object(self, item: Network | Container | None) -> None:
        """Speak of ``item`` from now on; what was fetched of another one is dropped."""
        other = item is None or self._object is None or item.id != self._object.id
        self._object = item
        if other:
            self.cancel()
            self._fetched_of = None
            self._problem.clear()
            self._code.show_text("")
            self._state.setText("")
        elif self._fetched_of is not None and item is not self._fetched_of:
            self._state.setText(self.tr("It changed since this was read."))

    def fetch_once(self) -> None:
        """Fetch if nothing of this object was fetched yet (called when the tab is shown)."""
        if self._fetched_of is None and self._fetch is None and self._problem.problem is None:
            self.fetch()

    def fetch(self) -> None:
        """Ask the engine again."""
        if self._object is None or self._session.service is None:
            return
        self.cancel()
        self._problem.clear()
        self._busy(busy=True)
        self._state.setText(self.tr("Reading…"))
        self._fetch = self._tasks.start(self._read(self._object), owner=self)

    def cancel(self) -> None:
        """Stop waiting for the engine's answer."""
        if self._fetch is not None:
            self._fetch.cancel()
            self._fetch = None
            self._busy(busy=False)
            self._state.setText(self.tr("Cancelled."))

    async def _read(self, item: Network | Container) -> None:
        from console.backend.failures import EngineError

        service = self._session.service
        assert service is not None  # noqa: S101 (fetch() starts this only with a service)
        try:
            text = await self._ask(service, item.id)
        except EngineError as error:
            self._settle("")
            self._problem.show_problem(problem_of(error, self._session))
            return
        self._fetched_of = item
        bundled = self.tr("As the console recorded it in the support bundle, not in the engine's own words.")
        self._settle(bundled if self._session.bundle else "")
        self._code.show_text(text)

    def _settle(self, words: str) -> None:
        self._fetch = None
        self._busy(busy=False)
        self._state.setText(words)

    def _busy(self, *, busy: bool) -> None:
        self._cancel.setVisible(busy)
        self._again.setVisible(not busy)

    def _arrange(self) -> None:
        lead = QWidget(self)
        row = QHBoxLayout(lead)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self._again, self._cancel, self._state):
            row.addWidget(part)
        self._code.lead_with(lead)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self._problem)
        column.addWidget(self._code, 1)
