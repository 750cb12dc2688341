"""What the window asks of a page whose actions depend on what is selected in it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.ui.actions import Context
from console.ui.session import Session

PAGE_EDGES = (12, 8, 12, 8)
"""Left, above, right and below what stands on a page: the same on all of them."""


def with_host(context: Context, session: Session) -> Context:
    """``context`` with what holds on all pages: what may be done with the host, and how many are open."""
    service = session.service
    return replace(
        context,
        read_only=service is not None and service.read_only,
        restartable=service is not None and service.restarts_windows,
        signed_out=session.sign_in_wanted,
        open_hosts=len(session.hosts),
    )


class ContextPage(QWidget):
    """A page with a say in which actions can be done. ``contextChanged``: they must be judged anew."""

    contextChanged = Signal()

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        return Context()

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round, in reading order."""
        return (self,)

    def remember(self) -> None:
        """Put what should be the same next time into the window's state."""
