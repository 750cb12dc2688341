"""One practice scenario: what is broken, how that shows, and what was really said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from console.backend.attempts import Answer
from console.domain.practice import typed
from console.domain.render.plan import Dialect
from console.ui.icons import Icon, pixmap
from console.ui.models.lessons import STANDING_SIGNS, LessonRow
from console.ui.practice_progress import Standing
from console.ui.severities import SIGNS, severity_word
from console.ui.texts import shown
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.flowing import FlowingBody
from console.ui.widgets.plain_label import heading, plain_label

SIGN_SIDE = 24
MARK_SIDE = 18
NOTE_SIDE = 16


class LessonDetails(QScrollArea):
    """Shows one row. ``releaseChosen(int)`` carries the place of the Windows that a person wants."""

    releaseChosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: LessonRow | None = None
        self._answered = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Details of the scenario"))
        self._sign = QLabel(self)
        self._title = plain_label(role="title")
        self._about = plain_label(role="muted")
        self._releases = QComboBox(self)
        self._releases.setAccessibleName(self.tr("Windows of the practice host"))
        self._releases.activated.connect(self.releaseChosen)
        self._mark = QLabel(self)
        self._standing = plain_label()
        self._standing.setAccessibleName(self.tr("State of the practice host"))
        self._broken = plain_label()
        self._broken.setAccessibleName(self.tr("What is broken"))
        self._seen = plain_label()
        self._seen.setAccessibleName(self.tr("Symptom"))
        self._typed = CodeView(self.tr("Command"), self, lines=2, grows=False)
        self._said_heading = plain_label(role="heading")
        self._said = CodeView(self.tr("Answer"), self, lines=4, grows=False)
        self._note_mark = QLabel(self)
        self._note = plain_label(role="muted")
        self._note.setAccessibleName(self.tr("About the answer"))
        self._arrange()

    def show_row(self, row: LessonRow, answer: Answer | None, page: str) -> None:
        """Show ``row`` with the ``answer`` that was got there, None before anybody asked.

        ``page`` is the title of the page to look at where nothing is said.
        """
        other = self._row is None or self._row.lesson is not row.lesson
        if other or (self._answered and answer is None):
            # Where it stands is told at the top: the answer that was scrolled to is gone.
            self.verticalScrollBar().setValue(0)
        self._row, self._answered = row, answer is not None
        if other:
            self._fill_releases(row)
        self._releases.setCurrentIndex(row.lesson.releases.index(row.release))
        check = row.lesson.check
        self._title.setText(shown(row.lesson.title))
        self._about.setText("  ·  ".join([severity_word(check.severity), shown(check.title), check.id]))
        self._broken.setText(shown(row.lesson.description))
        self._seen.setText(shown(row.lesson.symptom.seen))
        self._standing.setText(self._standing_words(row.standing))
        self._show_attempt(row, answer, page)
        self._paint()

    def show_answer(self) -> None:
        """Bring what was said into sight."""
        self.ensureWidgetVisible(self._note)

    def changeEvent(self, event: QEvent) -> None:
        """Paint the signs in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()

    def _fill_releases(self, row: LessonRow) -> None:
        self._releases.clear()
        self._releases.addItems([release.title for release in row.lesson.releases])

    def _standing_words(self, standing: Standing) -> str:
        words = {
            Standing.UNTRIED: self.tr("Not tried yet."),
            Standing.BROKEN: self.tr("Broken: the check finds it."),
            Standing.FIXED: self.tr("Fixed: the check no longer finds it."),
        }
        return words[standing]

    def _show_attempt(self, row: LessonRow, answer: Answer | None, page: str) -> None:
        attempt = row.lesson.symptom.attempt
        for part in (self._typed, self._said_heading, self._said):
            part.setVisible(attempt is not None)
        if attempt is None:
            words = self.tr(
                "No command shows it. “Show me” above the table opens the page {page} of the practice host."
            )
            self._note.setText(words.format(page=page))
            return
        self._typed.show_text(typed(attempt, Dialect.DOCKER).rstrip("\n"))
        if answer is None:
            self._said_heading.setText(self.tr("Text to look for"))
            self._said.show_text(attempt.words)
            self._note.setText(
                self.tr("“Show me” above the table tries it on the practice host and shows the whole answer.")
            )
            return
        self._said_heading.setText(self.tr("What was answered"))
        self._said.show_text(answer.said.strip(), copyable=True)
        self._note.setText(self._verdict(answer))

    def _verdict(self, answer: Answer) -> str:
        if answer.expected:
            return self.tr("That is the symptom. Everything created for it is removed again.")
        if not answer.said:
            return self.tr("It worked without an error. Everything created for it is removed again.")
        return self.tr("The text this problem is known by is not there.")

    def _paint(self) -> None:
        if self._row is None:
            return
        ratio = self.devicePixelRatioF()
        which, role = SIGNS[self._row.lesson.check.severity]
        self._sign.setPixmap(pixmap(which, SIGN_SIDE, role, ratio))
        # In a narrow window the button that the note names shows its icon only.
        self._note_mark.setVisible(not self._answered)
        self._note_mark.setPixmap(pixmap(Icon.COMMAND, NOTE_SIDE, "muted", ratio))
        mark = STANDING_SIGNS.get(self._row.standing)
        self._mark.setVisible(mark is not None)
        if mark is not None:
            self._mark.setPixmap(pixmap(mark[0], MARK_SIDE, mark[1], ratio))

    def _arrange(self) -> None:
        content = FlowingBody(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(4, 4, 10, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._about)
        head.addLayout(words, 1)
        column.addLayout(head)
        state = QHBoxLayout()
        state.setSpacing(6)
        state.addWidget(self._mark)
        state.addWidget(self._standing, 1)
        column.addLayout(state)
        column.addWidget(heading(self.tr("What is broken")))
        column.addWidget(self._broken)
        column.addWidget(heading(self.tr("Symptom")))
        column.addWidget(self._seen)
        column.addWidget(self._typed)
        column.addWidget(self._said_heading)
        column.addWidget(self._said)
        note = QHBoxLayout()
        note.setSpacing(6)
        note.addWidget(self._note_mark, 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self._note, 1)
        column.addLayout(note)
        windows = QHBoxLayout()
        label = QLabel(self.tr("Practise on &Windows:"), self)
        label.setBuddy(self._releases)
        windows.addWidget(label)
        windows.addWidget(self._releases, 1)
        column.addLayout(windows)
        column.addStretch(1)
        self.setWidget(content)
