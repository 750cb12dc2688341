"""The search field of a page, which Ctrl+F leads to."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from console.ui.icons import Icon, icon

USUAL_WIDTH = (140, 320)
"""The least and the most, in pixels."""


class SearchField(QLineEdit):
    """``name`` is what a screen reader calls it; ``width`` its least and its most, in pixels."""

    def __init__(
        self, name: str, parent: QWidget | None = None, *, width: tuple[int, int] = USUAL_WIDTH
    ) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setAccessibleName(name)
        self.setPlaceholderText(self.tr("Search (Ctrl+F)"))
        self.setClearButtonEnabled(True)
        mark = self.addAction(icon(Icon.SEARCH, "muted"), QLineEdit.ActionPosition.LeadingPosition)
        mark.setText(self.tr("Search"))
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(button.text() or self.tr("Clear the search field"))
        self.setMinimumWidth(width[0])
        self.setMaximumWidth(width[1])
