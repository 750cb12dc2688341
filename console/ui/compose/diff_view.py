"""A change of a file as a unified diff, with what goes and what comes in colour as well as by sign."""

from __future__ import annotations

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from console.ui import theme
from console.ui.widgets.code_view import CodeView


class _Colours(QSyntaxHighlighter):
    """Colours whole lines by their first sign."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        roles = theme.roles()
        colours = {"+": roles.ok_back, "-": roles.error_back}
        sign = "" if text.startswith(("+++", "---")) else text[:1]
        if sign in colours:
            line = QTextCharFormat()
            line.setBackground(QColor(colours[sign]))
            self.setFormat(0, len(text), line)


class DiffView(CodeView):
    """Shows a unified diff, to read and copy."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, lines=9)
        edit = self.findChild(QPlainTextEdit)
        if edit is not None:
            edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            self._colours = _Colours(edit.document())
