"""Where pages and dialogs ask for a help page: :class:`HelpDesk`."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class HelpDesk(QObject):
    """``wanted()`` tells that a person wants to read a page, which is :attr:`topic`."""

    wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.topic = ""

    def open(self, topic: str) -> None:
        """Show the page of id ``topic``; the contents where there is none of that id."""
        self.topic = topic
        self.wanted.emit()
