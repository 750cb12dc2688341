"""Saving a host as a support bundle: where to, with its own names or made-up ones."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.problem import Problem
from console.domain.text import N_
from console.ui.dialogs.bundle_file import SUFFIX, kinds_of_file
from console.ui.icons import Icon, icon
from console.ui.session import Session
from console.ui.tasks import Tasks, ask
from console.ui.widgets.banner import Banner
from console.ui.widgets.problem_card import ProblemCard, problem_of
from console.ui.wizards.labels import muted, sentence

if TYPE_CHECKING:
    from console.backend.journal import JournalEntry
    from console.backend.service import HostService
    from console.domain.pseudonyms import PrivateNames
    from console.domain.snapshot import Snapshot

CONTEXT = "SaveBundle"
WIDTH = 580

# What a file's name can't hold on Windows, and blanks.
_NOT_IN_NAMES = re.compile(r'[\s<>:"/\\|?*\x00-\x1f]+')


class SaveBundleDialog(QDialog):
    """Looks at the host once more and writes what is known of it. Opened with ``open()``.

    The look can be cancelled; the writing is waited for, as it takes a moment.
    """

    def __init__(
        self, service: HostService, session: Session, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._service, self._session, self._tasks = service, session, tasks
        self._run: asyncio.Task[None] | None = None
        self._writing = False
        self._agreed: Path | None = None
        self._began = datetime.now().astimezone()
        self._suggested = ""
        self.setWindowTitle(self.tr("Save support bundle"))
        self._build()
        self._suggest()

    def _build(self) -> None:
        self._file = QLineEdit(self)
        self._file.setAccessibleName(self.tr("File of the bundle"))
        self._file.textChanged.connect(self._typed)
        browse = QPushButton(self.tr("&Browse…"), self)
        browse.clicked.connect(self._tasks.starts(self._browse, owner=self))
        label = QLabel(self.tr("&File"), self)
        label.setBuddy(self._file)
        self._renamed = QCheckBox(self.tr("&Replace names and addresses with made-up ones"), self)
        self._renamed.toggled.connect(self._suggest)
        self._note = sentence("", self)
        self._note.setAccessibleName(self.tr("State of the bundle"))
        self._note.hide()
        self._replacing = Banner(self)
        self._progress = QProgressBar(self)
        self._progress.setAccessibleName(self.tr("Saving"))
        self._progress.setRange(0, 0)
        self._progress.hide()
        self._problem = ProblemCard(self, session=self._session)
        self._save = QPushButton(icon(Icon.EXPORT), self.tr("&Save"), self)
        self._save.setDefault(True)
        self._save.clicked.connect(self._begin)
        self._close = QPushButton(self.tr("Cancel"), self)
        self._close.clicked.connect(self.reject)
        self._questions = (self._file, browse, self._renamed)
        self._lay_out(label, browse)

    def _lay_out(self, label: QLabel, browse: QPushButton) -> None:
        buttons = QDialogButtonBox(self)
        buttons.addButton(self._save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._close, QDialogButtonBox.ButtonRole.RejectRole)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._file, 1)
        row.addWidget(browse)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for words in self._what_is_in_it():
            column.addWidget(sentence(words, self))
        column.addLayout(row)
        column.addWidget(self._renamed)
        column.addWidget(muted(self._about_made_up_names(), self))
        for part in (self._replacing, self._note, self._progress, self._problem):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(buttons)
        self.resize(WIDTH, column.totalHeightForWidth(WIDTH))

    def _what_is_in_it(self) -> tuple[str, str]:
        told = self.tr(
            "One file with everything the console knows about {host}: what its pages show, what the checks "
            "find, what the console did there, and the versions of everything. Whoever gets it can open it "
            "with “Open support bundle…”."
        )
        never = self.tr("Passwords, tokens and keys are never in it.")
        return told.format(host=self._service.identity.name), never

    def _about_made_up_names(self) -> str:
        return self.tr(
            "Each name, address and label is replaced consistently throughout the file, and so is each known "
            "name in messages. Such a bundle can't be compared with others, because theirs use different "
            "names."
        )

    # Where to

    def _suggest(self) -> None:
        """Offer a file; the host's name is not in that of a bundle without names. What was typed stays."""
        before = self._suggested
        name = "host" if self._renamed.isChecked() else _NOT_IN_NAMES.sub("-", self._service.identity.name)
        self._suggested = str(_folder() / f"{name}-{self._began:%Y%m%d-%H%M}.{SUFFIX}")
        if self._file.text() == before:
            self._file.setText(self._suggested)

    async def _browse(self) -> None:
        dialog = QFileDialog(self, self.windowTitle(), self._file.text(), kinds_of_file())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        if await ask(dialog):
            path = Path(dialog.selectedFiles()[0])
            self._file.setText(str(path))  # as the system writes it
            self._agreed = path  # the file dialog has asked about a file that is there

    def _typed(self) -> None:
        self._agreed = None
        self._tell("")
        self._save.setText(self.tr("&Save"))
        self._save.setEnabled(bool(self._file.text().strip()))

    @property
    def _path(self) -> Path:
        path = _folder() / self._file.text().strip()
        return path if path.suffix else path.with_name(f"{path.name}.{SUFFIX}")

    # Saving

    def _begin(self) -> None:
        self._problem.clear()
        self._busy(self.tr("Reading the host…"))
        self._run = self._tasks.start(self._look_and_write(self._path), owner=self)

    async def _look_and_write(self, path: Path) -> None:
        from console.backend.bundle import BundleError
        from console.backend.failures import EngineError
        from console.backend.journal import JournalError

        try:
            if path != self._agreed and await asyncio.to_thread(path.exists):
                self._ask_to_replace(path)
                return
            snapshot = await self._service.examine()
            entries = await self._service.journal_entries()
            self._writing = True
            self._busy(self.tr("Writing…"))
            private = self._service.private_names if self._renamed.isChecked() else None
            await asyncio.to_thread(_write, path, snapshot, entries, private)
        except BundleError as error:
            self._fail(
                Problem(
                    what=N_(CONTEXT, "The support bundle could not be saved."),
                    why=error.reason,
                    do=(N_(CONTEXT, "Choose another folder."),),
                )
            )
        except (EngineError, JournalError) as error:
            self._fail(problem_of(error, self._session))
        except asyncio.CancelledError:
            self._writing = False
            raise
        except BaseException:
            self._give_back()  # what went wrong is told by the window, over a dialog that can be used
            raise
        else:
            self._saved(path)

    def _ask_to_replace(self, path: Path) -> None:
        self._rest()
        self._agreed = path
        self._replacing.tell(
            "warning", self.tr("A file of that name already exists. It is replaced if you continue.")
        )
        self._save.setText(self.tr("Replace &file"))

    def _give_back(self) -> None:
        self._writing = False
        self._rest()

    def _fail(self, problem: Problem) -> None:
        self._give_back()
        self._problem.show_problem(problem)
        self._file.setFocus()

    def _saved(self, path: Path) -> None:
        self._give_back()
        self._tell(self.tr("Saved as {path}").format(path=path))
        for part in (*self._questions, self._save):
            part.setEnabled(False)
        self._close.setText(self.tr("&Close"))
        self._close.setFocus()

    def _busy(self, words: str) -> None:
        self._tell(words)
        self._progress.show()
        for part in (*self._questions, self._save):
            part.setEnabled(False)
        self._close.setEnabled(not self._writing)

    def _rest(self) -> None:
        self._run = None
        self._tell("")
        self._progress.hide()
        for part in (*self._questions, self._save, self._close):
            part.setEnabled(True)

    def _tell(self, words: str) -> None:
        self._replacing.hide()
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def reject(self) -> None:
        """Cancel the look, and stay for another try; without one, close."""
        if self._writing:
            return
        if self._run is not None:
            self._run.cancel()
            self._rest()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's close button does not leave a file half told of."""
        if self._writing:
            event.ignore()
            return
        if self._run is not None:
            self._run.cancel()
        super().closeEvent(event)


def _folder() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _write(
    path: Path, snapshot: Snapshot, entries: tuple[JournalEntry, ...], private: PrivateNames | None
) -> None:
    """On a worker thread. With made-up names where ``private`` is given. Raises BundleError."""
    from console.backend.bundle import bundle_of, new_key, write_bundle

    key = new_key() if private is not None else None
    write_bundle(path, bundle_of(snapshot, entries, findings=_findings, pseudonym_key=key, private=private))


def _findings(snapshot: Snapshot) -> dict[str, Any]:
    from console.checks.document import as_document
    from console.checks.report import run_checks

    return as_document(run_checks(snapshot))
