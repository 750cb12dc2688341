"""Cards to choose one of: they behave like radio buttons and say all that is needed to choose."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from console.ui import theme
from console.ui.overriding import override
from console.ui.wizards.labels import muted, sentence

MARK_SIDE = 16
LEFT = 40


class ChoiceCard(QRadioButton):
    """One thing to choose: a title, what it is, a few facts, and why it can't be chosen.

    In an exclusive button group the arrow keys go from card to card, as with radio buttons.
    """

    def __init__(
        self, title: str, summary: str, facts: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self._spoken = ". ".join([summary, *(f"{name}: {words}" for name, words in facts)])
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT, 10, 14, 12)
        column.setSpacing(4)
        self._reason = sentence("", self)
        self._reason.setAccessibleName(self.tr("Why {driver} can't be used").format(driver=title))
        font = QFont(self._reason.font())
        font.setBold(True)
        self._reason.setFont(font)
        column.addWidget(_title(title, self))
        column.addWidget(self._reason)
        column.addWidget(sentence(summary, self))
        column.addLayout(_facts(facts, self))
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_reason("")

    def show_reason(self, reason: str) -> None:
        """Say why the card can't be chosen; "" for one that can."""
        self.setEnabled(not reason)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.setAccessibleDescription(f"{reason} {self._spoken}".strip())
        self._keep_readable()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, roles = self.palette(), theme.roles()
        chosen = self.isChecked()
        edge = QColor(roles.accent) if chosen else palette.color(QPalette.ColorRole.Mid)
        if self.underMouse() and self.isEnabled() and not chosen:
            edge = QColor(roles.border)
        width = 2.0 if chosen or self.hasFocus() else 1.0
        inside = QColor(roles.accent_back) if chosen else palette.color(QPalette.ColorRole.Base)
        if not self.isEnabled():
            inside = palette.color(QPalette.ColorRole.Window)
        painter.setPen(QPen(edge, width))
        painter.setBrush(inside)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 4, 4)
        self._paint_mark(painter, chosen=chosen)

    def _paint_mark(self, painter: QPainter, *, chosen: bool) -> None:
        roles = theme.roles()
        if not self.isEnabled():
            return
        centre = QPointF(14 + MARK_SIDE / 2, 12 + MARK_SIDE / 2)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(QPen(QColor(roles.accent if chosen else roles.border), 1.5))
        painter.drawEllipse(centre, MARK_SIDE / 2 - 1, MARK_SIDE / 2 - 1)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(roles.accent))
            painter.drawEllipse(centre, MARK_SIDE / 4, MARK_SIDE / 4)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.totalSizeHint() if layout is not None else super().sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.totalMinimumSize() if layout is not None else super().minimumSizeHint()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else super().heightForWidth(width)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._keep_readable()
            self.update()
        super().changeEvent(event)

    def _keep_readable(self) -> None:
        """The words of a card that can't be chosen are there to be read, the reason above all."""
        palette = QPalette()
        words = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText)
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, words)
        self._reason.setPalette(palette)


def _title(title: str, parent: QWidget) -> QLabel:
    label = QLabel(title, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    font = label.font()
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * 1.15)
    label.setFont(font)
    return label


def _facts(facts: tuple[tuple[str, str], ...], parent: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 2, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for row, (name, words) in enumerate(facts):
        what = muted(name, parent)
        what.setWordWrap(False)
        what.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        grid.addWidget(what, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(sentence(words, parent), row, 1)
    return grid
