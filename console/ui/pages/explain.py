"""The page that explains what is pasted: error and log texts, docker commands and Compose files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from console.domain.object_ref import ObjectKind, ObjectRef
from console.ui.actions import Context
from console.ui.explain.as_typed import AsTyped, Work
from console.ui.explain.explanations import ExplanationList
from console.ui.explain.verdicts import VerdictList
from console.ui.icons import Icon, icon
from console.ui.loading import loaded
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import Parts
from console.ui.tasks import Tasks
from console.ui.wizards.labels import muted

if TYPE_CHECKING:
    from console.domain.spec import NetworkSpec

SIDE_BY_SIDE = 980
"""From this width on the answers stand beside the text instead of below it."""

SHARES_BESIDE, SHARES_BELOW = (2000, 3000), (1500, 3000)
"""How text and answers share the room; Qt takes the ratio."""


class PastePane(QSplitter):
    """A field for a text, and beside or below it what is said of it as it is typed."""

    def __init__(
        self, name: str, hint: str, example: str, answers: QWidget, work: Work, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(8)
        self.answers = answers
        self.asked = AsTyped(work, tasks, self)
        self.field = QPlainTextEdit(self)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(self.tr("For example:\n{example}").format(example=example))
        self.field.setTabChangesFocus(True)
        self.field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.field.textChanged.connect(lambda: self.asked.take(self.field.toPlainText()))
        entry = self._build_entry(hint)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("Answers"))
        self._area.setWidget(answers)
        self.addWidget(entry)
        self.addWidget(self._area)
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 3)
        self.setSizes(list(SHARES_BELOW))

    def paste(self) -> None:
        """Replace the text by what is on the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text:
            self.take(text)

    def take(self, text: str) -> None:
        """Explain ``text``; what was there can be had back with Undo."""
        self.field.selectAll()
        self.field.insertPlainText(text)
        self.field.setFocus()

    def arrange(self, *, wide: bool) -> None:
        """The answers beside the text, or below it."""
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.orientation() != wanted:
            self.setOrientation(wanted)
            self.setSizes(list(SHARES_BESIDE if wide else SHARES_BELOW))

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self.field, self._area)

    def _build_entry(self, hint: str) -> QWidget:
        entry = QWidget(self)
        paste = QPushButton(icon(Icon.COPY), self.tr("&Paste"), entry)
        paste.clicked.connect(self.paste)
        clear = QPushButton(icon(Icon.CLOSE), self.tr("C&lear"), entry)
        clear.clicked.connect(lambda: self.take(""))
        clear.setEnabled(False)
        self.field.textChanged.connect(lambda: clear.setEnabled(bool(self.field.toPlainText())))
        row = QHBoxLayout()
        row.addWidget(paste)
        row.addWidget(clear)
        row.addStretch(1)
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(muted(hint, entry))
        column.addWidget(self.field, 1)
        column.addLayout(row)
        return entry


class ExplainPage(ContextPage):
    """Two panes: one for error and log texts, one for commands and Compose files."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = parts.session, parts.tasks
        self._diagnosis = parts.session.diagnosis
        self._dialogs: set[QDialog] = set()
        self._tabs = QTabWidget(self)  # made before what it holds: the Tab key goes in the order of making
        self._explanations = ExplanationList(self._diagnosis, self)
        self._verdicts = VerdictList(self)
        self.errors = PastePane(
            self.tr("Error or log text"),
            self.tr("Paste an error or a log as it is: wrapped, quoted, with timestamps or in any language."),
            "docker: Error response from daemon: hnsCall failed in Win32: Element not found. (0x490).",
            self._explanations,
            self._session.explanations,
            self._tasks,
            self,
        )
        self.commands = PastePane(
            self.tr("Commands or Compose file"),
            self.tr(
                "Paste docker commands or a Compose file: see what works on Windows, and what to use instead."
            ),
            "docker network create -d transparent --subnet=10.1.0.0/16 --gateway=10.1.0.1 corp",
            self._verdicts,
            self._judged,
            self._tasks,
            self,
        )
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("What to explain"))
        self._tabs.addTab(self.errors, self.tr("&Errors and logs"))
        self._tabs.addTab(self.commands, self.tr("Co&mmands and Compose files"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.addWidget(self._tabs)
        self._bind()

    def _bind(self) -> None:
        self.errors.asked.answered.connect(self._explanations.show_explanations)
        self.commands.asked.answered.connect(self._verdicts.show_verdicts)
        self._explanations.findingWanted.connect(self._show_finding)
        self._explanations.helpWanted.connect(lambda check: self._session.help.open(f"checks/{check}"))
        self._verdicts.openWanted.connect(self._open_wizard)
        self._tabs.currentChanged.connect(lambda _at: self._front.field.setFocus())
        # What the checks find makes causes likelier, and which Windows it is decides what works.
        self._diagnosis.changed.connect(self._again)

    @property
    def _front(self) -> PastePane:
        return self.commands if self._tabs.currentIndex() else self.errors

    def _again(self) -> None:
        for pane in (self.errors, self.commands):
            if pane.asked.text.strip():
                pane.asked.again()

    async def _judged(self, text: str) -> Any:
        command = await loaded("console.checks.command")
        return await asyncio.to_thread(command.check_paste, text, build=self._build())

    def _build(self) -> int | None:
        """The build of the Windows that is shown; None where none is."""
        snapshot = self._session.snapshot
        engine = snapshot.engine.known() if snapshot is not None else None
        return engine.windows.build if engine is not None and engine.windows is not None else None

    def explain(self, text: str) -> None:
        """Explain an error text that came up elsewhere in the window."""
        self._tabs.setCurrentIndex(0)
        self.errors.take(text)

    def _show_finding(self, check: str) -> None:
        finding = self._diagnosis.finding_of(check)
        if finding is not None:
            self._diagnosis.open(finding)

    def _open_wizard(self, spec: NetworkSpec) -> None:
        self._tasks.start(self._start_wizard(spec), owner=self)

    async def _start_wizard(self, spec: NetworkSpec) -> None:
        wizards = await loaded("console.ui.wizards.network")
        wizard = wizards.NetworkWizard(self._session, self._tasks, self, draft=spec)
        wizard.created.connect(self._show_network)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.add(wizard)
        wizard.finished.connect(lambda _code: self._dialogs.discard(wizard))
        wizard.open()

    def _show_network(self, name_or_id: str) -> None:
        snapshot = self._session.snapshot
        networks = (snapshot.networks.known() or ()) if snapshot is not None else ()
        found = (one.id for one in networks if name_or_id in (one.id, one.name))
        self._session.selection.open(ObjectRef(ObjectKind.NETWORK, next(found, name_or_id)))

    def context(self) -> Context:
        """Nothing is selected here."""
        return Context(page="explain", connected=self._session.connected, snapshot=self._session.snapshot)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self._tabs.tabBar(), *self._front.panes())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Answers beside or below the text, as the width allows."""
        super().resizeEvent(event)
        for pane in (self.errors, self.commands):
            pane.arrange(wide=self.width() >= SIDE_BY_SIDE)
