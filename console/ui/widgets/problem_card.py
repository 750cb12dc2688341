"""The card that shows a problem: what happened, why, what to do, and the raw words on demand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from console.domain.problem import Problem
from console.domain.text import N_
from console.ui.icons import Icon, pixmap
from console.ui.loading import loaded
from console.ui.session import Session
from console.ui.texts import shown
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.plain_label import plain_label

CONTEXT = "ProblemCard"
SIGN_SIDE = 24


def problem_of(error: Exception, session: Session) -> Problem:
    """An error of the session's service, in the shape in which people meet problems.

    Raises TypeError for any other error: that is a bug of ours and belongs to the crash view.
    """
    from console.backend.database import DatabaseError
    from console.backend.failures import EngineError
    from console.backend.journal import JournalError

    if isinstance(error, EngineError):
        return session.explain(error.failure)
    if isinstance(error, JournalError):
        return Problem(
            what=N_(CONTEXT, "The console's journal can't be used."),
            why=error.reason,
            do=(N_(CONTEXT, "Free some disk space and check the permissions on the console's data folder."),),
        )
    if isinstance(error, DatabaseError):
        return Problem(
            what=N_(CONTEXT, "What the console remembers can't be used."),
            why=error.reason,
            do=(N_(CONTEXT, "Free some disk space and check the permissions on the console's data folder."),),
        )
    raise TypeError(f"not an error of the service: {error!r}")


class ProblemCard(QFrame):
    """Shows one :class:`~console.domain.problem.Problem`; hidden while there is none.

    A new problem is announced to screen readers and never takes the focus. With a ``session`` it
    offers all else that its raw words may mean.
    """

    def __init__(self, parent: QWidget | None = None, *, session: Session | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("problemCard")
        self._problem: Problem | None = None
        self._sign = QLabel(self)
        self._what = plain_label(stop=True, name=self.tr("What happened"))
        self._what.setProperty("role", "heading")
        self._why = plain_label(stop=True, name=self.tr("Why"))
        self._remedies_title = plain_label(stop=True, name=self.tr("What to do: heading"))
        self._remedies_title.setText(self.tr("What you can do"))
        self._remedies_title.setProperty("role", "heading")
        self._remedies = plain_label(stop=True, name=self.tr("What to do"))
        self._details = self._build_details()
        self._more = QToolButton(self)
        self._more.setText(self.tr("&More explanations…"))
        self._more.setAutoRaise(True)
        self._more.clicked.connect(self._explain_more)
        self._raw = CodeView(self.tr("Original message"), self)
        self._raw.setVisible(False)
        self._arrange()
        self._paint_sign()
        self.hide()

    @property
    def problem(self) -> Problem | None:
        """The problem that is shown, or None."""
        return self._problem

    def show_problem(self, problem: Problem) -> None:
        """Show ``problem`` in the place of the one before."""
        self._problem = problem
        self._what.setText(shown(problem.what))
        self._why.setText(shown(problem.why))
        self._why.setVisible(bool(self._why.text()))
        remedies = [shown(remedy) for remedy in problem.do]
        self._remedies.setText("\n".join(f"•  {remedy}" for remedy in remedies))
        self._remedies.setVisible(bool(remedies))
        self._remedies_title.setVisible(bool(remedies))
        self._show_raw(problem)
        self.setAccessibleName(self.tr("Problem: {what}").format(what=self._what.text()))
        self.setAccessibleDescription("\n".join([self._why.text(), *remedies]))
        self.show()
        self._announce()

    def clear(self) -> None:
        """Show nothing any more."""
        self._problem = None
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Paint the sign in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_sign()

    def _paint_sign(self) -> None:
        self._sign.setPixmap(pixmap(Icon.ERROR, SIGN_SIDE, "error", self.devicePixelRatioF()))

    def _show_raw(self, problem: Problem) -> None:
        raw = problem.raw
        if problem.code and not _holds_code(raw, problem.code):
            raw = "\n".join([raw, self.tr("Code: {code}").format(code=problem.code)]).strip()
        self._raw.show_text(raw)
        self._details.setChecked(False)
        self._details.setVisible(bool(raw))
        self._more.setVisible(bool(problem.raw) and self._session is not None)

    def explain_with(self, session: Session) -> None:
        """Offer all that the raw words may mean from now on."""
        self._session = session

    def _explain_more(self) -> None:
        if self._problem is None or self._session is None:
            return
        self._session.tasks.start(self._open_explanations(self._session, self._problem.raw), owner=self)

    async def _open_explanations(self, session: Session, raw: str) -> None:
        dialogs = await loaded("console.ui.dialogs.explanations")
        dialog = dialogs.ExplanationsDialog(session, raw, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _announce(self) -> None:
        words = ". ".join(part for part in (self._what.text(), self._why.text()) if part)
        event = QAccessibleAnnouncementEvent(self, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _build_details(self) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.toggled.connect(self._toggle_details)
        self._label_details(button, opened=False)
        return button

    def _toggle_details(self, opened: bool) -> None:
        self._raw.setVisible(opened)
        self._label_details(self._details, opened=opened)

    def _label_details(self, button: QToolButton, *, opened: bool) -> None:
        button.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        words = self.tr("Hide detai&ls") if opened else self.tr("Show detai&ls")
        button.setText(words)
        button.setAccessibleName(words.replace("&", ""))

    def _arrange(self) -> None:
        self._sign.setAccessibleName(self.tr("Problem"))
        text = QVBoxLayout()
        text.setSpacing(6)
        for part in (self._what, self._why, self._remedies_title, self._remedies):
            text.addWidget(part)
        links = QHBoxLayout()
        links.addWidget(self._details)
        links.addWidget(self._more)
        links.addStretch(1)
        text.addLayout(links)
        text.addWidget(self._raw)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)


def _holds_code(raw: str, code: str) -> bool:
    """Whether ``raw`` shows the code itself; Win32 codes are written there without zeros in front."""
    short = code.lower().replace("0x", "").lstrip("0")
    return f"0x{short}" in raw.lower() or code.lower() in raw.lower()
