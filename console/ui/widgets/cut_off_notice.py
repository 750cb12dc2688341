"""Says before a plan which connections of the host it interrupts, and asks where ours may be lost."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.domain.plan import Plan
from console.ui.icons import Icon, icon
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.widgets.flowing import FlowingBody
from console.ui.widgets.plain_label import heading, plain_label

SIGN = 16
MOST_LINES = 7
"""So many lines are seen at once; further ones are scrolled to."""


class CutOffNotice(QFrame):
    """Hidden while the plan cuts nothing off. ``title`` stands above what it does.

    ``agreedChanged`` tells that :attr:`agreed` may be another.
    """

    agreedChanged = Signal()

    def __init__(self, parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("block")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._plan: Plan | None = None
        self._words = _Lines(self.tr("What is cut off"), self)
        self._consent = QCheckBox(self)
        self._consent.toggled.connect(self.agreedChanged)
        sign = QLabel(self)
        sign.setPixmap(icon(Icon.WARNING, "warning").pixmap(SIGN, SIGN))
        row = QHBoxLayout()
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        if title:
            column.addWidget(heading(title))
        column.addLayout(row)
        column.addWidget(self._consent)
        self.hide()

    @property
    def agreed(self) -> bool:
        """Whether the plan may be carried out: a person agreed, or does not have to."""
        return self._plan is None or self._plan.consent is None or self._consent.isChecked()

    def show_plan(self, plan: Plan | None) -> None:
        """Tell what ``plan`` cuts off. What was agreed to counts for the same steps only."""
        same = plan is not None and self._plan is not None and plan.steps == self._plan.steps
        self._plan = plan
        cautions = plan.cautions if plan is not None else ()
        consent = plan.consent if plan is not None else None
        self._words.show_lines(shown(text) for text in cautions)
        self._consent.setText(shown(consent) if consent is not None else "")
        self._consent.setVisible(consent is not None)
        if not same or consent is None:
            self._consent.setChecked(False)
        self.setVisible(bool(cautions))


class _Lines(QScrollArea):
    """The sentences: as high as they are, up to a few lines."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = plain_label(name=name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = FlowingBody()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        column.addStretch(1)
        self.setWidget(body)
        # The frame shows through: a scroll area gives its widget the ground of a window.
        body.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_lines(self, lines: Iterable[str]) -> None:
        """Show these in place of what was there."""
        self._words.setText("\n".join(lines))
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        most = MOST_LINES * self.fontMetrics().lineSpacing()
        wanted = self._words.heightForWidth(max(self.viewport().width(), 1))  # negative without words
        self.setFixedHeight(max(min(wanted, most), 0))
