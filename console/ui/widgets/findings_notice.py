"""How many findings there are, in the status bar: told to screen readers without moving the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QToolButton, QWidget

from console.ui.icons import Icon, icon
from console.ui.severities import RANKS, SIGNS, counted

if TYPE_CHECKING:
    from console.ui.diagnosis import Diagnosis

LEAST_HEIGHT = 26
"""What can still be hit with a pointer."""


class FindingsNotice(QToolButton):
    """The number of findings by severity; pressing it leads to them. ``changed``: it is another one."""

    changed = Signal()

    def __init__(self, diagnosis: Diagnosis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diagnosis = diagnosis
        self._told = ""
        self.count = 0
        self.spoken = ""
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setToolTip(self.tr("Show what the checks found"))
        diagnosis.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        report = self._diagnosis.report
        self.setVisible(report is not None)
        if report is None:
            self.count, self.spoken, self._told = 0, "", ""
            self.changed.emit()
            return
        findings = report.findings
        self.count = len(findings)
        counts = [
            counted(severity, number)
            for severity in RANKS
            if (number := sum(one.check.severity is severity for one in findings))
        ]
        words = ", ".join(counts) or self.tr("No findings")
        self.spoken = self.tr("Checks: {words}").format(words=words)
        self.setText(words)
        self.setAccessibleName(self.spoken)
        self.setIcon(icon(*SIGNS[findings[0].check.severity]) if findings else icon(Icon.OK, "ok"))
        if self.spoken != self._told:
            self._told = self.spoken
            self._announce()
        self.changed.emit()

    def _announce(self) -> None:
        event = QAccessibleAnnouncementEvent(self, self.spoken)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
