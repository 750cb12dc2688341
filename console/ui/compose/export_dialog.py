"""The selected networks as a Compose file: to read, to copy, to write."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.compose.export import exported
from console.ui.dialogs.plan_dialog import instruction
from console.ui.icons import Icon, icon
from console.ui.loading import loaded
from console.ui.tasks import Tasks, ask
from console.ui.texts import shown
from console.ui.widgets.code_view import CodeView

if TYPE_CHECKING:
    from console.domain.snapshot import Network


class ExportDialog(QDialog):
    """Shows the networks as Compose text, which can be copied or written to a file."""

    def __init__(self, tasks: Tasks, networks: Sequence[Network], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._networks = tuple(networks)
        self.setWindowTitle(self.tr("Export as Compose"))
        self._make = QRadioButton(self.tr("Networks that Compose &creates, with these settings"), self)
        self._use = QRadioButton(self.tr("Networks that exist and are &used (external)"), self)
        group = QButtonGroup(self)
        for choice in (self._make, self._use):
            group.addButton(choice)
            choice.toggled.connect(lambda _on: self._show_text())
        self._code = CodeView(self.tr("Compose text"), self, lines=12)
        self._result = QLabel(self)
        self._result.setWordWrap(True)
        self._result.setAccessibleName(self.tr("Result"))
        self._result.hide()
        save = QPushButton(icon(Icon.EXPORT), self.tr("&Save…"), self)
        save.setAutoDefault(False)
        save.clicked.connect(tasks.starts(self._save, owner=self))
        close = QPushButton(self.tr("Close"), self)
        buttons = QDialogButtonBox(self)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(instruction(self.tr("Export as Compose")))
        for widget in (self._make, self._use):
            column.addWidget(widget)
        column.addWidget(self._code, 1)
        column.addWidget(self._result)
        column.addWidget(buttons)
        self._make.setChecked(True)
        self.resize(620, 480)

    def _show_text(self) -> None:
        self._code.show_text(exported(self._networks, external=self._use.isChecked()))

    async def _save(self) -> None:
        dialog = QFileDialog(self, self.tr("Save"), "networks.yaml", self.tr("Compose files (*.yaml *.yml)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("yaml")
        if not await ask(dialog):
            return
        files = await loaded("console.backend.compose_files")
        path = Path(dialog.selectedFiles()[0])
        try:
            await asyncio.to_thread(files.write_new, path, self._code.text())
        except files.ComposeFileError as error:
            self._tell(shown(error.text))
            return
        self._tell(self.tr("{path} was written.").format(path=path))

    def _tell(self, words: str) -> None:
        self._result.setText(words)
        self._result.show()
