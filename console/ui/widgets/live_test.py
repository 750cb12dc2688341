"""The frame of a live test: what is asked, a button that starts and stops it, prediction beside result."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.ui.icons import Icon, icon
from console.ui.pages.registry import Parts
from console.ui.widgets.outcome_line import OutcomeLine
from console.ui.widgets.problem_card import ProblemCard, problem_of
from console.ui.widgets.transcript import TranscriptButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.domain.probes.probe import Attempt

T = TypeVar("T")


class LiveTest(QFrame):
    """Subclasses put their fields in, and say what is asked (:meth:`ready`, :meth:`run_test`)."""

    def __init__(self, title: str, parts: Parts, problem: ProblemCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.tasks, self.problem = parts.session, parts.tasks, problem
        self._test: asyncio.Task[None] | None = None
        self._fields: list[QWidget] = []
        heading = QLabel(title, self)
        heading.setProperty("role", "heading")
        self.button = QPushButton(self)
        self.button.setAutoDefault(False)
        self.transcript = TranscriptButton(self)
        self.asked = QHBoxLayout()
        self.predicted = OutcomeLine(self.tr("Prediction"), self)
        self.found = OutcomeLine(self.tr("Live test"), self)
        sides = QGridLayout()
        sides.addWidget(self.predicted, 0, 0)
        sides.addWidget(self.found, 0, 1)
        sides.setColumnStretch(0, 1)
        sides.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addLayout(self.asked)
        column.addLayout(sides)
        self.button.clicked.connect(self.toggle)

    def add_field(self, words: str, field: QWidget, stretch: int = 1) -> None:
        """One field of what is asked, with its label."""
        label = QLabel(words, self)
        label.setBuddy(field)
        self.asked.addWidget(label)
        self.asked.addWidget(field, stretch)
        self._fields.append(field)

    def add_buttons(self) -> None:
        """Start, and the programs' output; after the fields, as they are read and walked."""
        self.asked.addWidget(self.button)
        self.asked.addWidget(self.transcript)
        chain = (*self._fields, self.button, self.transcript)
        for one, following in pairwise(chain):
            QWidget.setTabOrder(one, following)
        self.show_button()

    def ready(self) -> bool:
        """Whether there is something to test."""
        raise NotImplementedError

    async def run_test(self) -> None:
        """Do it and show what came. EngineError is told by this class."""
        raise NotImplementedError

    def show_button(self) -> None:
        """Start or stop, as it is now."""
        running = self._test is not None
        self.button.setText(self.tr("S&top") if running else self.tr("&Test now"))
        self.button.setIcon(icon(Icon.STOP if running else Icon.START))
        askable = self.session.connected and not self.session.bundle
        self.button.setEnabled(running or (self.ready() and askable))

    def toggle(self) -> None:
        """Start it, or stop the one under way."""
        if self._test is not None:
            self.stop()
            self.found.tell(Icon.SKIPPED, "muted", self.tr("Stopped"), "")
        elif self.button.isEnabled():
            self._test = self.tasks.start(self._test_now(), owner=self)
        self.show_button()

    def stop(self) -> None:
        """End the one under way, if there is one."""
        if self._test is not None:
            self._test.cancel()
            self._test = None

    def nothing_found_yet(self) -> None:
        """Another question: what came of the one before says nothing of it."""
        self.stop()
        if self.session.bundle:
            why = self.tr("The host is shown from a support bundle: nothing can be tested on it.")
            self.found.tell(Icon.SKIPPED, "muted", self.tr("Not possible"), why)
        else:
            self.found.tell(Icon.PENDING, "muted", self.tr("Not tested yet"), "")
        self.transcript.show_text("")

    async def _test_now(self) -> None:
        from console.backend.failures import EngineError
        from console.domain.probes.probe import UnsafeWordError

        self.problem.clear()
        self.found.tell(Icon.RUNNING, "accent", self.tr("Testing…"), "")
        try:
            await self.run_test()
        except UnsafeWordError:
            why = self.tr("A name has letters, digits, dots, hyphens and underscores only.")
            self.found.tell(Icon.ERROR, "error", self.tr("Not a host name"), why)
        except EngineError as error:
            self.found.tell(Icon.ERROR, "error", self.tr("The test could not be run"), "")
            self.problem.show_problem(problem_of(error, self.session))
        self._test = None
        self.show_button()

    async def first_answer(self, container: str, attempts: Sequence[Attempt[T]]) -> T | None:
        """Run ``attempts`` in a container; what they wrote is kept for the output button."""
        from console.backend.live_test import first_answer

        service = self.session.service
        if service is None:
            return None
        tried = await first_answer(service, container, attempts)
        self.transcript.show_text(tried.transcript)
        return tried.value
