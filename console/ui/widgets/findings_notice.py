"""What the checks say, in the status bar: told to screen readers without moving the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QToolButton, QWidget

from console.ui.icons import Icon, icon
from console.ui.severities import SIGNS, tally

if TYPE_CHECKING:
    from console.checks.report import Report
    from console.ui.diagnosis import Diagnosis

LEAST_HEIGHT = 26
"""What can still be hit with a pointer."""


class FindingsNotice(QToolButton):
    """The findings by severity, and how many checks were not run; pressing it leads to them.

    ``changed``: the number of findings is another one.
    """

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
        self.count = len(report.findings)
        words = self._words(report)
        self.spoken = self.tr("Checks: {words}").format(words=words)
        self.setText(words)
        self.setAccessibleName(self.spoken)
        self.setIcon(icon(*self._sign(report)))
        if self.spoken != self._told:
            self._told = self.spoken
            self._announce()
        self.changed.emit()

    def _words(self, report: Report) -> str:
        if not report.findings and not report.about_windows:
            return self.tr("No check applies")
        words = [tally(one.check.severity for one in report.findings) or self.tr("No findings")]
        silent = len(self._diagnosis.silent)
        # Nothing found by checks that were not run is not good news.
        if silent:
            words.append(self.tr("{count} not checked").format(count=silent))
        return ", ".join(words)

    def _sign(self, report: Report) -> tuple[Icon, str]:
        if report.findings:
            return SIGNS[report.findings[0].check.severity]
        return (
            (Icon.OK, "ok") if report.about_windows and not self._diagnosis.silent else (Icon.INFO, "muted")
        )

    def _announce(self) -> None:
        event = QAccessibleAnnouncementEvent(self, self.spoken)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
