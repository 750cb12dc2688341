"""A table with the number of its rows directly below it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

BELOW = 3


class Counted(QWidget):
    """``inside`` and its count, kept together: with details between them it would count something else."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        self._count.setAccessibleName(self.tr("Rows shown"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BELOW)
        column.addWidget(inside, 1)
        column.addWidget(self._count)

    def tell(self, words: str) -> None:
        """Say how many there are; "" where there is nothing to count."""
        self._count.setText(words)

    @property
    def count_height(self) -> int:
        """What the count takes below what it counts."""
        return self._count.sizeHint().height() + BELOW

    def tell_rows(self, visible: int, total: int) -> None:
        """The number of rows, and how many of them are in sight where a search hides some."""
        if not total:
            self.tell("")  # the empty state says why; a zero beside "not known" would be a guess
        elif visible != total:
            self.tell(self.tr("{visible} of {total} rows").format(visible=visible, total=total))
        else:
            self.tell(self.tr("1 row") if total == 1 else self.tr("{total} rows").format(total=total))
