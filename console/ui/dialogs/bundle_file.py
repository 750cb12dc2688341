"""Choosing a support bundle, and being told that a file is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QVBoxLayout, QWidget

from console.domain.problem import Problem
from console.domain.text import N_
from console.ui.widgets.problem_card import ProblemCard

if TYPE_CHECKING:
    from console.domain.text import Text

CONTEXT = "BundleFile"
SUFFIX = "wcnbundle.zip"
WIDTH = 540


def kinds_of_file() -> str:
    """The filter of file dialogs for bundles; people's programs may have taken the first suffix away."""
    return QCoreApplication.translate(CONTEXT, "Support bundles (*.wcnbundle.zip *.zip)")


def open_bundle_dialog(parent: QWidget) -> QFileDialog:
    """Asks for the file of a bundle; to be opened with ``ask``."""
    title = QCoreApplication.translate(CONTEXT, "Open support bundle")
    dialog = QFileDialog(parent, title, "", kinds_of_file())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def unread(reason: Text) -> Problem:
    """A file that can't be used as a bundle, in the shape in which people meet problems."""
    return Problem(
        what=N_(CONTEXT, "The support bundle could not be opened."),
        why=reason,
        do=(N_(CONTEXT, "Choose another file, or have the bundle saved and sent again."),),
    )


class UnreadBundleDialog(QDialog):
    """Says why a file was not opened; accepted: another one shall be chosen."""

    def __init__(self, reason: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open support bundle"))
        problem = ProblemCard(self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(self.tr("&Choose another file…"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(problem)
        column.addStretch(1)
        column.addWidget(buttons)
        problem.show_problem(unread(reason))
        self.resize(WIDTH, column.totalHeightForWidth(WIDTH))
