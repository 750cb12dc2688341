"""The second page of a fix by hand: what to do, step by step, with the commands to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from console.checks.check import Remedy
from console.checks.remedies import command_in
from console.ui.dialogs.host_plan import Consequences
from console.ui.texts import shown
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.flowing import FlowingBody
from console.ui.wizards.labels import muted, sentence

MOST_LINES = 6


class HandPage(QScrollArea):
    """The steps of a remedy that the console can't carry out; every command has its Copy button."""

    def __init__(self, remedy: Remedy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("What to do"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = FlowingBody(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(8)
        for number, step in enumerate(remedy.steps, start=1):
            words = self.tr("{number}. {step}").format(number=number, step=shown(step))
            column.addWidget(sentence(words, content))
            command = command_in(step)
            if command:
                name = self.tr("Command of step {number}").format(number=number)
                code = CodeView(name, content, lines=min(command.count("\n") + 1, MOST_LINES), grows=False)
                code.show_text(command)
                column.addWidget(code)
        if remedy.interrupts:
            consequences = Consequences(content)
            consequences.show_interruptions(remedy.interrupts)
            column.addWidget(consequences)
        column.addWidget(
            muted(
                self.tr("The console changes nothing. When you are done, it reads the host again."),
                content,
            )
        )
        column.addStretch(1)
        self.setWidget(content)

    def start(self) -> None:
        """Put the keyboard on the steps."""
        self.setFocus()
