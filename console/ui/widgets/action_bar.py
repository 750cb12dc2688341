"""A tool bar whose buttons have words as far as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from console.ui.actions import SEPARATOR, ActionSet
from console.ui.overriding import override

TOOL_ICON = 20
SMALLEST_BUTTON = 30
BETWEEN = 3
"""The style sheet's spacing of a tool bar."""

SEPARATOR_WIDTH = 10

_ICON = Qt.ToolButtonStyle.ToolButtonIconOnly
_WORDS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


class ActionBar(QToolBar):
    """Where the room ends, buttons show icons only; their names stay in tips and for screen readers.

    The first ones keep their words longest: what is done most stands at the left.
    """

    def __init__(
        self, actions: ActionSet, action_ids: Sequence[str], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._buttons: list[QToolButton] = []
        self._widths: list[tuple[int, int]] = []
        self._separators = 0
        self.setAccessibleName(name)
        self.setIconSize(QSize(TOOL_ICON, TOOL_ICON))
        self.setToolButtonStyle(_WORDS)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for action_id in action_ids:
            if action_id == SEPARATOR:
                self.addSeparator()
                self._separators += 1
                continue
            self.addAction(actions[action_id])
            button = cast("QToolButton", self.widgetForAction(actions[action_id]))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setMinimumSize(SMALLEST_BUTTON, SMALLEST_BUTTON)
            self._buttons.append(button)

    def fit(self, room: int) -> None:
        """Let as many buttons have words as ``room`` pixels allow, from the left."""
        self._widths = self._widths or [self._measured(button) for button in self._buttons]
        gaps = BETWEEN * (len(self._buttons) + self._separators) + SEPARATOR_WIDTH * self._separators
        spare = room - gaps - sum(icon for icon, _words in self._widths)
        for button, (icon, words) in zip(self._buttons, self._widths, strict=True):
            spare -= words - icon
            button.setToolButtonStyle(_WORDS if spare >= 0 else _ICON)

    def _measured(self, button: QToolButton) -> tuple[int, int]:
        """How wide a button is as an icon, and with its words."""
        widths = []
        for style in (_ICON, _WORDS):
            button.setToolButtonStyle(style)
            widths.append(max(SMALLEST_BUTTON, button.sizeHint().width()))
        return widths[0], widths[1]

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Another font has other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widths = []


def columns_button(actions: ActionSet, parent: QWidget) -> QToolButton:
    """The button at the end of a table's bar, below which the columns are chosen."""
    button = QToolButton(parent)
    button.setDefaultAction(actions["columns"])
    button.setAccessibleName(QCoreApplication.translate("TableBar", "Columns"))
    button.setToolButtonStyle(_ICON)
    button.setIconSize(QSize(TOOL_ICON, TOOL_ICON))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setMinimumSize(SMALLEST_BUTTON, SMALLEST_BUTTON)
    button.setAutoRaise(True)
    return button
