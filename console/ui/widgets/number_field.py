"""A field for a number."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

INSET = 5


class NumberField(QSpinBox):
    """A spin box whose number stands as far from the edge as the words of other fields.

    Qt 6.11 passes over the style sheet's left padding of a spin box.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(INSET, 0, 0, 0)
