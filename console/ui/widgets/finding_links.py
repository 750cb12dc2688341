"""What the checks found of one object, each a link to the finding and its ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from console.ui.icons import icon
from console.ui.severities import SIGNS, severity_word
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.checks.check import Finding
    from console.domain.object_ref import ObjectRef
    from console.ui.diagnosis import Diagnosis


class FindingLinks(QWidget):
    """Hidden while nothing is found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[Finding, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_findings(self, diagnosis: Diagnosis, ref: ObjectRef | None) -> None:
        """Show what was found of ``ref``; nothing for None."""
        found = diagnosis.of(ref)
        if found == self._told:
            return
        self._told = found
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for finding in found:
            self._column.addWidget(self._link(diagnosis, finding))
        self.setVisible(bool(found))

    def _link(self, diagnosis: Diagnosis, finding: Finding) -> QToolButton:
        check = finding.check
        words = self.tr("{severity}: {title}").format(
            severity=severity_word(check.severity), title=shown(check.title)
        )
        link = QToolButton(self)
        link.setText(words.replace("&", "&&"))
        link.setAccessibleName(words)
        link.setToolTip(self.tr("Show it among the checks, with its remedies"))
        link.setIcon(icon(*SIGNS[check.severity]))
        link.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        link.setMinimumHeight(26)
        link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        link.clicked.connect(lambda: diagnosis.open(finding))
        return link
