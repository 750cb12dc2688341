"""Fields of a form that tell of each change by one signal of the form's own."""

from __future__ import annotations

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QLineEdit, QWidget

from console.ui.widgets.certificate_field import CertificateField


def line_field(name: str, example: str, changed: SignalInstance, parent: QWidget) -> QLineEdit:
    """A line to type in, with its accessible name and what could stand there."""
    line = QLineEdit(parent)
    line.setAccessibleName(name)
    line.setPlaceholderText(example)
    line.textChanged.connect(lambda _text: changed.emit())
    return line


def file_field(name: str, example: str, changed: SignalInstance, parent: QWidget) -> CertificateField:
    """A certificate's file, to be typed or chosen."""
    field = CertificateField(name, example, parent)
    field.changed.connect(changed)
    return field
