"""The shape of an editor: the part of a page that edits one field of the draft, or a few together."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from console.domain.field import Field
from console.domain.violation import Violation
from console.ui.wizards.messages import FieldMessages
from console.ui.wizards.state import DraftState


class Editor(QWidget):
    """Edits the fields ``fields`` of the state's draft.

    A page gives it its place; ``label`` is what stands before it in the form, None where the
    editor takes the whole width. Subclasses write to the draft, then call :meth:`edited`.
    """

    def __init__(self, state: DraftState, fields: tuple[Field, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.fields = fields
        self.label: QLabel | None = None

    def load(self) -> None:
        """Show what the draft holds."""
        raise NotImplementedError

    def show_messages(self) -> None:
        """Show what is wrong with the fields now."""
        raise NotImplementedError

    def focus_field(self, field: Field, position: int = 0) -> None:
        """Put the keyboard where ``field`` is typed."""
        raise NotImplementedError

    def edited(self, field: Field) -> None:
        """Tell that a person changed ``field``."""
        self.state.edited(field)


def describe(control: QWidget, messages: FieldMessages, help_text: str) -> None:
    """Let a screen reader say the help and what is wrong with the field it stands on."""
    control.setAccessibleDescription(" ".join(part for part in (messages.text(), help_text) if part))


def at(violations: tuple[Violation, ...], position: int) -> tuple[Violation, ...]:
    """Those of one entry of a field that has several."""
    return tuple(each for each in violations if each.position == position)
