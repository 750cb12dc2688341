"""Labels for what a host or a person said: never taken for markup, wrapped, and selectable."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

Label = TypeVar("Label", bound=QLabel)

_BY_MOUSE = Qt.TextInteractionFlag.TextSelectableByMouse
_BY_KEYBOARD = _BY_MOUSE | Qt.TextInteractionFlag.TextSelectableByKeyboard


def plain_label(
    words: str = "", parent: QWidget | None = None, *, role: str = "", name: str = "", stop: bool = False
) -> QLabel:
    """A label of ``words``. ``role`` is its look in the style sheet, ``name`` what a screen reader calls
    it; with ``stop`` the Tab key stops at it, so that its words can be selected without a mouse.
    """
    label = made_plain(QLabel(words, parent), stop=stop)
    if role:
        label.setProperty("role", role)
    if name:
        label.setAccessibleName(name)
    return label


def made_plain(label: Label, *, stop: bool = False) -> Label:
    """``label`` with the ways of a plain one."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(_BY_KEYBOARD if stop else _BY_MOUSE)
    return label


def heading(words: str) -> QLabel:
    """The title of a part of a pane."""
    return plain_label(words, role="heading")
