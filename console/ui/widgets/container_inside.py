"""The Inside tab of a container: what it reports of its own network, beside what the engine says."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from console.domain.inside.comparison import Agreement, Comparison, compare
from console.domain.text import N_
from console.ui.icons import Icon, icon
from console.ui.models.records import Column, RecordModel
from console.ui.texts import shown
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.object_details import DetailTab
from console.ui.widgets.problem_card import ProblemCard, problem_of
from console.ui.widgets.record_view import RecordView

if TYPE_CHECKING:
    from console.backend.inside import InsideReport
    from console.domain.relations import Relations
    from console.domain.snapshot import Container
    from console.ui.inventory.kinds.containers import ContainerRow
    from console.ui.pages.registry import Parts

CONTEXT = "ContainerInside"


def _key(row: Comparison) -> str:
    return f"{row.network}|{row.fact}|{row.reported if not row.network else ''}"


def _agreement_words(agreement: str) -> str:
    say = QCoreApplication.translate
    words = {
        Agreement.SAME: say(CONTEXT, "Same"),
        Agreement.DIFFERENT: say(CONTEXT, "Different"),
        Agreement.ONE_SIDED: say(CONTEXT, "One side only"),
    }
    return words[Agreement(agreement)]


def _mark(row: Comparison) -> tuple[Icon, str]:
    marks = {
        Agreement.SAME: (Icon.OK, "ok"),
        Agreement.DIFFERENT: (Icon.WARNING, "warning"),
        Agreement.ONE_SIDED: (Icon.INFO, "muted"),
    }
    return marks[row.agreement]


COLUMNS: tuple[Column[Comparison], ...] = (
    Column("network", N_(CONTEXT, "Network"), lambda row: row.network, width=14),
    Column("fact", N_(CONTEXT, "What"), lambda row: shown(row.fact), width=14),
    Column("configured", N_(CONTEXT, "Engine and HNS"), lambda row: row.configured, width=20),
    Column("reported", N_(CONTEXT, "The container"), lambda row: row.reported, width=20),
    Column(
        "agreement", N_(CONTEXT, "Compared"), lambda row: row.agreement.value, text=_agreement_words,
        mark=_mark, width=15,
    ),
    Column(
        "why", N_(CONTEXT, "Why"), lambda row: shown(row.why), tip=lambda row: shown(row.why), width=60
    ),
)  # fmt: skip


class InsideTab(DetailTab):
    """Asks the container when a person wants it, and compares. A program is run in it, nothing is changed."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("&Inside")
        self._session, self._tasks = parts.session, parts.tasks
        self._container: Container | None = None
        self._relations: Relations | None = None
        self._report: InsideReport | None = None
        self._asking: asyncio.Task[None] | None = None
        self._model: RecordModel[Comparison] = RecordModel(COLUMNS, _key, self)
        self._ask = QPushButton(icon(Icon.SEARCH), self.tr("Loo&k inside"), self)
        self._ask.setAutoDefault(False)
        self._ask.clicked.connect(self.ask)
        self._cancel = QPushButton(icon(Icon.STOP), self.tr("Ca&ncel"), self)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.cancel)
        self._words = QPushButton(icon(Icon.COMMAND), self.tr("Sho&w output"), self)
        self._words.setCheckable(True)
        self._words.setAutoDefault(False)
        self._words.toggled.connect(lambda _on: self._show())
        self._state = QLabel(self)
        self._state.setAccessibleName(self.tr("State of looking inside"))
        self._problem = ProblemCard(self)
        self._table = RecordView(self._model, self.tr("Engine and container compared"), self)
        self._code = CodeView(self.tr("The container's output"), self, lines=5)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._code)
        self._arrange()

    def show_row(self, row: ContainerRow, relations: Relations) -> None:
        """Speak of this container; what another one said is dropped, and so is what one said before it
        was stopped.
        """
        before = self._container
        self._container, self._relations = row.container, relations
        if before is None or before.id != row.container.id or before.running != row.container.running:
            self.cancel()
            self._report = None
            self._problem.clear()
            self._state.setText("")
        self._show()

    def ask(self) -> None:
        """Run the program in the container."""
        if self._container is None:
            return
        self.cancel()
        self._problem.clear()
        self._state.setText(self.tr("Asking the container…"))
        self._asking = self._tasks.start(self._read(self._container), owner=self)
        self._show()

    def cancel(self) -> None:
        """Stop waiting for the container's answer."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
            self._state.setText(self.tr("Cancelled."))
            self._show()

    async def _read(self, container: Container) -> None:
        from console.backend.failures import EngineError

        service = self._session.service
        try:
            self._report = await service.look_inside(container.id) if service is not None else None
            self._state.setText("")
        except EngineError as error:
            self._report = None
            self._state.setText(self.tr("It could not be asked."))
            self._problem.show_problem(problem_of(error, self._session))
        self._asking = None
        self._show()

    def _show(self) -> None:
        asking, container = self._asking is not None, self._container
        running = container is not None and container.running
        focused = self._ask.hasFocus() or self._cancel.hasFocus()
        self._ask.setVisible(not asking)
        self._ask.setEnabled(running and not self._session.bundle)
        self._cancel.setVisible(asking)
        if focused:  # a button that hides itself would send the keyboard anywhere
            (self._cancel if asking else self._ask).setFocus()
        report = self._report
        self._words.setVisible(report is not None)
        worded = report is not None and self._words.isChecked()
        self._stack.setCurrentWidget(self._code if worded else self._table)
        self._code.show_text(report.text if report is not None else "")
        if report is not None and container is not None and self._relations is not None:
            self._model.set_records(compare(container, report.view, self._relations))
        else:
            self._model.set_records(())
        self._table.show_empty_text(self._empty_words(running=running, asking=asking))

    def _empty_words(self, *, running: bool, asking: bool) -> str:
        if asking:
            return ""
        if self._session.bundle:
            return self.tr("The host is shown from a support bundle: its containers can't be asked.")
        if not running:
            return self.tr("Only a running container can be asked. Start it first.")
        return self.tr(
            "The console runs ipconfig /all (on Linux ip addr) in the container and compares its output "
            "with what the engine and HNS report. Nothing is changed."
        )

    def looked_at(self) -> None:
        """Nothing is run in somebody's container unless a person asks for it."""

    def _arrange(self) -> None:
        lead = QHBoxLayout()
        for part in (self._ask, self._cancel, self._words, self._state):
            lead.addWidget(part)
        lead.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(lead)
        column.addWidget(self._problem)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self._ask)
        self._show()
