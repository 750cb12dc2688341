"""The few kinds of running text the wizard's pages are set in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QRadioButton, QSizePolicy, QStyle, QWidget

from console.ui import theme


def sentence(words: str, parent: QWidget | None = None) -> QLabel:
    """Wrapped plain text; words of a host are data and never rich text."""
    label = QLabel(words, parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
    label.setSizePolicy(policy)
    return label


class MutedLabel(QLabel):
    """Wrapped plain text of less weight, in the theme's muted colour, also inside what is disabled."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self._dye()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.ThemeChange):
            self._dye()
        super().changeEvent(event)

    def _dye(self) -> None:
        palette = QPalette(self.palette())
        # Inside a button (a card is one) a label's ink is that of buttons.
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(role, QColor(theme.roles().muted))
        self.setPalette(palette)


def muted(words: str, parent: QWidget | None = None) -> MutedLabel:
    """Wrapped plain text of less weight."""
    return MutedLabel(words, parent)


def strong(words: str, parent: QWidget | None = None, *, scale: float = 1.0) -> QLabel:
    """Wrapped bold text, ``scale`` times the usual size."""
    label = sentence(words, parent)
    font = label.font()
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * scale)
    label.setFont(font)
    return label


def words_of_choice(button: QRadioButton) -> int:
    """How far from its left edge the words of a choice begin: a hint below it begins there too."""
    metric, style = QStyle.PixelMetric, button.style()
    mark = style.pixelMetric(metric.PM_ExclusiveIndicatorWidth, None, button)
    return mark + style.pixelMetric(metric.PM_RadioButtonLabelSpacing, None, button)
