"""What was cut off, by the end of a console or of its connection: said with the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.ui.icons import Icon, icon, pixmap
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import moment, shown
from console.ui.widgets.problem_card import ProblemCard, problem_of

if TYPE_CHECKING:
    from console.backend.journal import JournalEntry

SIGN_SIDE = 20
#: So many cards at once; the next ones come as these are dealt with.
TOLD_AT_ONCE = 2


class InterruptedBanner(QWidget):
    """A card for each interrupted entry of the host that is shown; hidden where there is none.

    ``settled`` carries an entry whose end is known now; ``undo_wanted`` one whose done steps shall
    be taken back (it was settled before).
    """

    settled = Signal(object)
    undo_wanted = Signal(object)

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._cards: dict[int, _InterruptedCard] = {}
        self._problem = ProblemCard(self, session=session)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._rest = QLabel(self)
        self._rest.setProperty("role", "muted")
        self._column.addWidget(self._problem)
        self._column.addWidget(self._rest)
        session.serviceChanged.connect(self._start_over)
        session.statusChanged.connect(self.look)
        self.hide()
        self.look()

    @property
    def entries(self) -> tuple[int, ...]:
        """The ids of the interrupted entries that are told."""
        return tuple(self._cards)

    def look(self) -> None:
        """Read from the journal what was interrupted on the connected host."""
        if self._session.connected:
            self._tasks.start(self._read(), owner=self)

    def _start_over(self) -> None:
        self._problem.clear()
        self._tell(())
        self.look()  # one that was open already is shown without news of its status

    async def _read(self) -> None:
        from console.backend.journal import JournalError

        service = self._session.service
        if service is None:
            return
        try:
            entries = await service.interrupted()
        except JournalError as error:
            if service is self._session.service:
                self._problem.show_problem(problem_of(error, self._session))
                self.show()
            return
        if service is self._session.service:
            self._problem.clear()
            self._tell(entries)

    def _tell(self, entries: tuple[JournalEntry, ...]) -> None:
        told = entries[:TOLD_AT_ONCE]
        for entry_id in set(self._cards) - {entry.id for entry in told}:
            self._cards.pop(entry_id).deleteLater()
        for entry in told:
            if entry.id not in self._cards:
                card = _InterruptedCard(entry, self)
                card.look_again.connect(self._settle)
                card.undo.connect(self._settle_and_undo)
                self._cards[entry.id] = card
                self._column.insertWidget(self._column.indexOf(self._rest), card)
        rest = len(entries) - len(told)
        self._rest.setText(self.tr("And {count} more after these.").format(count=rest))
        self._rest.setVisible(rest > 0)
        self.setVisible(bool(self._cards))

    def _settle(self, entry_id: int) -> None:
        self._tasks.start(self._look_again(entry_id, undo=False), owner=self)

    def _settle_and_undo(self, entry_id: int) -> None:
        self._tasks.start(self._look_again(entry_id, undo=True), owner=self)

    async def _look_again(self, entry_id: int, *, undo: bool) -> None:
        from console.backend.failures import EngineError
        from console.backend.journal import JournalError

        service, card = self._session.service, self._cards[entry_id]
        if service is None:
            return
        card.setEnabled(False)
        try:
            entry = await service.settle(entry_id)
            await service.observe()  # what was found out is news for every other view too
            left = await service.interrupted()
        except (EngineError, JournalError) as error:
            if service is self._session.service:
                card.setEnabled(True)
                self._problem.show_problem(problem_of(error, self._session))
            return
        if service is not self._session.service:
            return  # nothing of it is shown, or undone, on the host that is shown by now
        self._problem.clear()
        self._tell(left)
        self.settled.emit(entry)
        if undo:
            self.undo_wanted.emit(entry)


class _InterruptedCard(QFrame):
    """One entry that was under way, and the two things that can be done about it."""

    look_again = Signal(int)
    undo = Signal(int)

    def __init__(self, entry: JournalEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("meaning", "warning")
        self._sign = QLabel(self)
        what = self._what(entry).format(title=shown(entry.plan.title), when=moment(entry.started_at))
        where = self._where(entry)
        self.setAccessibleName(what)
        self.setAccessibleDescription(where)
        heading, detail = QLabel(what, self), QLabel(where, self)
        heading.setProperty("role", "heading")
        look = QPushButton(icon(Icon.REFRESH), self.tr("Chec&k how it ended"), self)
        undo = QPushButton(icon(Icon.UNDO), self.tr("Check an&d undo…"), self)
        if entry.unreadable is not None:  # nobody here knows what to look for, or what to undo
            look.setText(self.tr("C&lose this entry"))
            undo.hide()
        look.clicked.connect(lambda: self.look_again.emit(entry.id))
        undo.clicked.connect(lambda: self.undo.emit(entry.id))
        text = QVBoxLayout()
        for label in (heading, detail):
            label.setWordWrap(True)
            text.addWidget(label)
        row = QHBoxLayout(self)
        row.addWidget(self._sign)
        row.addLayout(text, 1)
        row.addWidget(look)
        row.addWidget(undo)
        self._paint_sign()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{what} {where}"))

    def _what(self, entry: JournalEntry) -> str:
        if entry.unreadable is not None:
            return self.tr("A change by another version of the console was interrupted ({when}).")
        return self.tr("“{title}” was interrupted ({when}).")

    def _where(self, entry: JournalEntry) -> str:
        if entry.unreadable is not None:
            return self.tr(
                "Another version of the console wrote it, and this one can't tell how far it got. Look at "
                "the host, or use the version that wrote it, before you close the entry."
            )
        done = sum(state.state == "done" for state in entry.states)
        begun = next((state for state in entry.states if state.state in {"running", "unknown"}), None)
        if begun is None:
            sentence = self.tr("{done} of {count} steps were done, and none was in progress.")
            return sentence.format(done=done, count=len(entry.plan.steps))
        step = shown(entry.plan.steps[begun.index].describe())
        sentence = self.tr("{done} of {count} steps were done. This one was in progress: {step}.")
        return sentence.format(done=done, count=len(entry.plan.steps), step=step)

    def changeEvent(self, event: QEvent) -> None:
        """Paint the sign in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_sign()

    def _paint_sign(self) -> None:
        self._sign.setPixmap(pixmap(Icon.WARNING, SIGN_SIDE, "warning", self.devicePixelRatioF()))
