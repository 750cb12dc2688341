"""Adding a host by hand, or editing one, and trying both of its halves before it is kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.ui.dialogs.consent import RiskDialog
from console.ui.dialogs.host_form import HostForm
from console.ui.icons import Icon, icon
from console.ui.session import Session
from console.ui.tasks import Tasks, ask
from console.ui.texts import shown
from console.ui.widgets.flowing import FlowingBody
from console.ui.widgets.problem_card import ProblemCard

if TYPE_CHECKING:
    from console.backend.hosts.directory import HostDirectory
    from console.backend.hosts.stored import StoredHost
    from console.backend.hosts.trial import HalfTrial


FIRST_SIZE = QSize(640, 720)
FRAME = QSize(16, 40)
"""What a window manager puts around a window, at most."""


class _Half(QWidget):
    """What trying one half of a host showed: one line, and the problem below it where it failed."""

    def __init__(self, name: str, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._session = session
        self._line = QLabel(self)
        self._line.setWordWrap(True)
        self._line.setAccessibleName(name)
        self._card = ProblemCard(self, session=session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._line)
        column.addWidget(self._card)
        self.hide()

    def tell(self, trial: HalfTrial, address: str) -> None:
        """Say what was found, or what failed and what to do about it."""
        if trial.failure is None:
            self._card.hide()
            found = "" if trial.found is None else shown(trial.found)
            self._line.setText(self.tr("{half} works: {found}").format(half=self._name, found=found))
        else:
            self._line.setText(self.tr("{half} does not work.").format(half=self._name))
            self._card.show_problem(self._session.explain_at(trial.failure, address))
        self.show()


class HostDialog(QDialog):
    """``saved(str, bool)`` carries the id of the host that was kept, and whether a password was given."""

    saved = Signal(str, bool)

    def __init__(
        self,
        directory: HostDirectory,
        session: Session,
        tasks: Tasks,
        host: StoredHost | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._tasks = tasks
        self._trial: asyncio.Task[None] | None = None
        self.setWindowTitle(self.tr("Edit host") if host else self.tr("Add a host"))
        self._form = HostForm(host, self)
        self._form.changed.connect(self._judge)
        self._engine = _Half(self.tr("The engine"), session, self)
        self._windows_side = _Half(self.tr("The Windows side"), session, self)
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.hide()
        self._reason = QLabel(self)
        self._reason.setWordWrap(True)
        self._reason.setProperty("role", "reason")
        self._reason.setAccessibleName(self.tr("Why the host can't be saved yet"))
        self._try = QPushButton(icon(Icon.CONNECT), self.tr("Test connect&ion"), self)
        self._try.setAutoDefault(False)
        self._try.clicked.connect(self._start_trial)
        self._arrange(self.tr("&Save host") if host else self.tr("Add ho&st"))
        self._judge()

    def _arrange(self, deed: str) -> None:
        inner = FlowingBody(self)
        column = QVBoxLayout(inner)
        column.addWidget(self._form)
        column.addWidget(self._busy)
        column.addWidget(self._engine)
        column.addWidget(self._windows_side)
        column.addStretch(1)
        self._area = area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        buttons = QDialogButtonBox(self)
        self._keep = buttons.addButton(deed, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._keep.setDefault(True)
        self._keep.clicked.connect(self._tasks.starts(self._save, owner=self))
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self._try)
        row.addStretch(1)
        row.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(self._reason)
        layout.addLayout(row)
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize() - FRAME))

    def _judge(self) -> None:
        host = self._form.host()
        self._reason.setText(host if isinstance(host, str) else "")
        self._reason.setVisible(isinstance(host, str))
        self._keep.setEnabled(not isinstance(host, str))
        self._try.setEnabled(not isinstance(host, str) and not self._busy.isVisible())

    def _start_trial(self) -> None:
        if self._trial is None or self._trial.done():
            self._trial = self._tasks.start(self._try_out(), owner=self)

    async def _try_out(self) -> None:
        from pydantic import SecretStr

        host = self._form.host()
        if isinstance(host, str):
            return
        risk = host.connection.risk
        if risk is not None and not await ask(RiskDialog(risk, host.name, host.engine_url, self)):
            return
        typed = self._form.password()
        self._set_busy(busy=True)
        try:
            trial = await self._directory.try_out(host, SecretStr(typed) if typed else None, risk)
        finally:
            self._set_busy(busy=False)
        self._engine.tell(trial.engine, host.engine_url)
        self._windows_side.setVisible(trial.windows_side is not None)
        if trial.windows_side is not None:
            self._windows_side.tell(trial.windows_side, host.engine_url)
            self._offer_more(trial.windows_side)
        # Laid out a turn later: only then there is a place to go to.
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self._last_half()))

    def _offer_more(self, trial: HalfTrial) -> None:
        """Show the settings that would help where the certificate is not trusted or nothing answers."""
        from console.domain.failure import FailureKind

        helped = {FailureKind.TLS, FailureKind.UNREACHABLE}
        if trial.failure is not None and trial.failure.kind in helped:
            self._form.show_more()

    def _last_half(self) -> QWidget:
        return self._windows_side if self._windows_side.isVisible() else self._engine

    def _set_busy(self, *, busy: bool) -> None:
        self._busy.setVisible(busy)
        self._judge()

    async def _save(self) -> None:
        from pydantic import SecretStr

        from console.backend.json_file import DocumentError

        host = self._form.host()
        if isinstance(host, str):
            return
        typed = self._form.password()
        try:
            warning = await self._directory.put(host, SecretStr(typed) if typed else None)
        except DocumentError as error:
            self._reason.setText(shown(error.reason))
            self._reason.show()
            return
        self.saved.emit(host.id, bool(typed))
        if warning is not None:
            self._reason.setText(shown(warning))
            self._reason.show()
            self._keep.setText(self.tr("Close"))
            self._keep.clicked.disconnect()
            self._keep.clicked.connect(self.accept)
            return
        self.accept()
