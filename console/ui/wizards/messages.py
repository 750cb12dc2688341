"""What is wrong with a field, beside the field: sign, word, sentence, and the value that would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.domain.severity import Severity
from console.domain.text import Text
from console.ui.icons import pixmap
from console.ui.severities import SIGNS, severity_word
from console.ui.texts import shown
from console.ui.wizards.labels import muted, sentence

SIGN_SIDE = 16
LONGEST_BUTTON = 40
"""A suggested value longer than this many characters is shortened on its button."""


class Said(Protocol):
    """What a rule says about a field: a :class:`~console.domain.violation.Violation` or its like."""

    @property
    def severity(self) -> Severity:
        """How bad it is."""

    @property
    def message(self) -> Text:
        """What is wrong."""

    @property
    def why(self) -> Text:
        """Why that is so."""

    @property
    def suggestion(self) -> str:
        """A value that would work, "" for none."""

    @property
    def position(self) -> int:
        """Which entry it is about where the field has several."""


class FieldMessages(QWidget):
    """The violations of one field. Hidden while there are none.

    ``use(value, position)`` is called when the person takes a suggested value. ``value_words`` says
    what taking a value means where its own words would not ("Turn it on" for ``true``).
    """

    def __init__(
        self, field_title: str, use: Callable[[str, int], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = field_title
        self._use = use
        self.value_words: dict[str, str] = {}
        self._violations: tuple[Said, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 4)
        self._column.setSpacing(6)
        self.hide()

    def show_violations(self, violations: Sequence[Said]) -> None:
        """Show ``violations``; an error that was not there before is announced."""
        told = tuple(violations)
        if told == self._violations:
            return
        fresh = [each for each in told if each not in self._violations]
        self._violations = told
        self._clear()
        for violation in violations:
            self._column.addWidget(self._row(violation))
        self.setVisible(bool(violations))
        for violation in fresh:
            if violation.severity is Severity.ERROR and self.isVisible():
                self._announce(violation)

    def text(self) -> str:
        """All that is said, for the field's accessible description."""
        return " ".join(f"{shown(each.message)} {shown(each.why)}" for each in self._violations)

    def changeEvent(self, event: QEvent) -> None:
        """Repaint the signs in the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            for sign in self.findChildren(QLabel, "sign"):
                severity = Severity(str(sign.property("severity")))
                sign.setPixmap(_sign(severity, self.devicePixelRatioF()))
        super().changeEvent(event)

    def _row(self, violation: Said) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        sign = QLabel(row)
        sign.setObjectName("sign")
        sign.setProperty("severity", violation.severity.value)
        sign.setPixmap(_sign(violation.severity, self.devicePixelRatioF()))
        sign.setAccessibleName(severity_word(violation.severity))
        line.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._message(violation))
        if why := shown(violation.why):
            words.addWidget(muted(why))
        if violation.suggestion:
            words.addWidget(self._suggestion(violation), alignment=Qt.AlignmentFlag.AlignLeft)
        line.addLayout(words, 1)
        return row

    def _message(self, violation: Said) -> QLabel:
        word = severity_word(violation.severity)
        template = self.tr("{severity}: {message}")
        label = sentence(template.format(severity=word, message=shown(violation.message)))
        font = label.font()
        font.setBold(violation.severity is Severity.ERROR)
        label.setFont(font)
        name = self.tr("{field}: {severity}")
        label.setAccessibleName(name.format(field=self._title, severity=word.lower()))
        label.setAccessibleDescription(f"{shown(violation.message)} {shown(violation.why)}")
        return label

    def _suggestion(self, violation: Said) -> QPushButton:
        value = violation.suggestion
        words = self.value_words.get(value) or self.tr("Use {value}").format(value=value)
        short = words if len(words) <= LONGEST_BUTTON else words[: LONGEST_BUTTON - 1] + "…"
        button = QPushButton(short.replace("&", "&&"), self)
        button.setAccessibleName(words)
        button.setToolTip(value)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._use(value, violation.position))
        return button

    def _announce(self, violation: Said) -> None:
        event = QAccessibleAnnouncementEvent(self, f"{self._title}: {shown(violation.message)}")
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _sign(severity: Severity, ratio: float) -> QPixmap:
    which, role = SIGNS[severity]
    return pixmap(which, SIGN_SIDE, role, ratio)
