"""Limits as bars with words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.domain.limits import Basis, Meter, Nearness
from console.ui.icons import Icon, icon
from console.ui.texts import shown
from console.ui.wizards.labels import muted, sentence

MOST = 60
"""So many meters are drawn, the fullest ones; a host can have thousands of networks."""

BAR_WIDTH = 220
SIGN = 16
STEPS = 1000

_SIGNS = {
    Nearness.FAR: (Icon.OK, "ok"),
    Nearness.NEAR: (Icon.WARNING, "warning"),
    Nearness.REACHED: (Icon.ERROR, "error"),
    Nearness.UNKNOWN: (Icon.HELP, "muted"),
}


class MeterSheet(QScrollArea):
    """One block for each meter; built anew only where something is said differently."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Limits"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._meters: tuple[Meter, ...] | None = None

    def show_meters(self, meters: tuple[Meter, ...]) -> None:
        """Show them, in their order."""
        if meters == self._meters:
            return
        self._meters = meters
        position = self.verticalScrollBar().value()
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for meter in meters[:MOST]:
            column.addWidget(self._block(meter))
        if len(meters) > MOST:
            more = self.tr("… and {count} more networks with more room").format(count=len(meters) - MOST)
            column.addWidget(muted(more))
        column.addStretch(1)
        self.setWidget(content)
        self.verticalScrollBar().setValue(position)

    def _block(self, meter: Meter) -> QWidget:
        block = QFrame()
        block.setObjectName("block")
        grid = QGridLayout(block)
        grid.setColumnStretch(1, 1)
        sign = QLabel()
        sign.setPixmap(icon(*_SIGNS[meter.nearness]).pixmap(SIGN, SIGN))
        sign.setAccessibleName(self._nearness_words(meter.nearness))
        title = sentence(self._title(meter))
        title.setProperty("role", "heading")
        grid.addWidget(sign, 0, 0)
        grid.addWidget(title, 0, 1)
        grid.addLayout(self._bar_row(meter), 1, 1)
        grid.addWidget(sentence(shown(meter.meaning)), 2, 1)
        grid.addWidget(muted(self._source_words(meter)), 3, 1)
        return block

    def _bar_row(self, meter: Meter) -> QHBoxLayout:
        bar = QProgressBar()
        bar.setRange(0, STEPS)
        bar.setValue(min(round(meter.share * STEPS), STEPS))
        bar.setTextVisible(False)
        bar.setFixedSize(BAR_WIDTH, 12)
        bar.setProperty("nearness", meter.nearness.value)
        words = self._words(meter)
        bar.setAccessibleName(f"{self._title(meter)}: {words}")
        said = sentence(words)
        said.setAccessibleName(self.tr("Used: {title}").format(title=self._title(meter)))
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(bar)
        row.addWidget(said, 1)
        return row

    def _title(self, meter: Meter) -> str:
        title = shown(meter.title)
        if not meter.subject:
            return title
        return self.tr("{title}: {subject}").format(title=title, subject=meter.subject)

    def _words(self, meter: Meter) -> str:
        if meter.used is None:
            return self.tr("Not known: {reason}").format(reason=shown(meter.unknown))
        words = self.tr("{used} of {limit}, {left} left")
        if meter.nearness is Nearness.REACHED:
            words = self.tr("{used} of {limit}: the limit is reached")
        return words.format(used=f"{meter.used:n}", limit=f"{meter.limit:n}", left=f"{meter.left or 0:n}")

    def _source_words(self, meter: Meter) -> str:
        words = {
            Basis.DOCUMENTED: self.tr("Documented: {source}"),
            Basis.REPORTED: self.tr("Reported, no official limit: {source}"),
            Basis.SOURCE: self.tr("From the engine's source: {source}"),
            Basis.COMPUTED: self.tr("Calculated from the subnet ({source})"),
        }
        return words[meter.basis].format(source=meter.source)

    def _nearness_words(self, nearness: Nearness) -> str:
        words = {
            Nearness.FAR: self.tr("Far from the limit"),
            Nearness.NEAR: self.tr("Near the limit"),
            Nearness.REACHED: self.tr("At the limit"),
            Nearness.UNKNOWN: self.tr("Not known"),
        }
        return words[nearness]
