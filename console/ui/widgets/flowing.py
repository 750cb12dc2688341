"""A column of wrapped text to scroll."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from console.ui.overriding import override


class FlowingBody(QWidget):
    """What scrolls in a page: as high as its words are at the width there is.

    A wrapped label's own least height is that of one word a line, which would leave a long empty
    end below; the scroll area asks for the height at its width anyway.
    """

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
