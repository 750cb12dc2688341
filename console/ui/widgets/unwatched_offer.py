"""Offers to go on where no watchdog can be armed: consent, after plain words of what it means."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from console.ui.icons import Icon, icon


class UnwatchedOffer(QWidget):
    """Hidden until it is offered; ``agreed`` tells that the person wants the change unwatched."""

    agreed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(
            self.tr(
                "No watchdog could be armed, so the next step was not begun. Without one, nobody reverts "
                "it if it cuts the host off: you then need the host's own screen, such as the console of the "
                "virtual machine, to revert it by hand."
            ),
            self,
        )
        words.setWordWrap(True)
        words.setAccessibleName(self.tr("What it means to go on without a watchdog"))
        words.setAccessibleDescription(words.text())
        go_on = QPushButton(icon(Icon.WARNING), self.tr("&Go on without a watchdog"), self)
        # Never by Enter: it is agreed to on purpose.
        go_on.setAutoDefault(False)
        go_on.clicked.connect(self.agreed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(words)
        column.addWidget(go_on)
        self.hide()
