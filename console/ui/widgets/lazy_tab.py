"""A page of a tab widget whose contents are made when somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class LazyTab(QWidget, Generic[W]):
    """Empty until :meth:`made` is called: tables and editors take their time to make, and most of
    them are never looked at. ``make`` gives the contents, for this widget as their parent.
    """

    def __init__(self, make: Callable[[QWidget], W], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._contents: W | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def contents(self) -> W | None:
        """What was made, None before :meth:`made`."""
        return self._contents

    def made(self) -> W:
        """The contents, made now where they were not yet."""
        if self._contents is None:
            self._contents = self._make(self)
            self._column.addWidget(self._contents)
            self._contents.show()  # else the layout does it, a turn of the event loop later
            self.setFocusProxy(self._contents)
        return self._contents
