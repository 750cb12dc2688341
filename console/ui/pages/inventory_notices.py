"""What an inventory page says about the part of the host it shows: banner and empty state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from console.domain.snapshot import HostFacts, Section, SectionState, Snapshot
from console.domain.text import Text
from console.ui.actions import ActionSet
from console.ui.icons import Icon
from console.ui.inventory.kind import SECTION_TITLES, AnyKind, section_of
from console.ui.models.records import RecordModel
from console.ui.session import Session
from console.ui.texts import shown, time_of_day
from console.ui.widgets.banner import Banner
from console.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from console.ui.pages.table_export import Unwritten


class InventoryNotices(QObject):
    """Keeps ``banner`` and ``empty`` true to the sections a kind comes from.

    ``searchDropped`` asks for search and narrowing to be taken back.
    """

    searchDropped = Signal()

    def __init__(
        self,
        kind: AnyKind,
        session: Session,
        model: RecordModel[Any],
        actions: ActionSet,
        banner: Banner,
        empty: EmptyState,
    ) -> None:
        super().__init__(banner)
        self._kind = kind
        self._session = session
        self._model = model
        self._actions = actions
        self._banner = banner
        self._empty = empty
        self._until_dismissed = False
        banner.chosen.connect(self._banner_answered)
        empty.chosen.connect(self._do_next)

    def update(self, *, hidden: int, built: bool) -> None:
        """Say what is true now: ``hidden`` rows are narrowed away, ``built`` whether there could be any."""
        self._show_banner()
        if not self._model.rowCount():
            self._show_emptiness(hidden=hidden, built=built)

    def tell_unwritten(self, unwritten: Unwritten) -> None:
        """An export could not be written. It stays until it was read: the next refresh is near."""
        self._until_dismissed = True
        self._banner.tell(
            "error",
            self.tr("The file {path} was not written.").format(path=unwritten.path),
            self.tr("{reason}. Choose another folder.").format(reason=unwritten.reason),
            self.tr("Dismiss"),
        )

    def _banner_answered(self) -> None:
        if self._until_dismissed:
            self._until_dismissed = False
            self._show_banner()
        elif self._lost:
            self._actions["retry"].trigger()
        else:
            self._actions["sign-in"].trigger()

    @property
    def _lost(self) -> bool:
        status = self._session.status
        return status is not None and status.state == "lost" and bool(self._model.total)

    @property
    def _sign_in(self) -> str:
        """The button's words where the Windows side waits for somebody to sign in; else ""."""
        return self.tr("Sign in…") if self._session.sign_in_wanted else ""

    def _show_banner(self) -> None:
        if self._until_dismissed:
            return
        snapshot = self._session.snapshot
        if snapshot is None:
            self._banner.hide()
        elif self._lost:
            taken = time_of_day(snapshot.taken_at)
            self._banner.tell(
                "warning",
                self.tr("The host does not answer. What you see is from {time}.").format(time=taken),
                button=self.tr("Try again now"),
            )
        else:
            self._tell_sections(snapshot)

    def _tell_sections(self, snapshot: Snapshot) -> None:
        """The first part that is old or missing, unless the main part is: the empty state tells that.

        Beside a table that can't be there, what else is missing of it is no news.
        """
        if section_of(snapshot, self._kind.sections[0]).state is SectionState.UNAVAILABLE:
            self._banner.hide()
            return
        for number, name in enumerate(self._kind.sections):
            section = section_of(snapshot, name)
            if section.state is SectionState.FRESH:
                continue
            told = self.tr("{part}: {reason}") if number else self.tr("{reason}")
            what = told.format(part=shown(SECTION_TITLES[name]), reason=self._why(section))
            button = self._sign_in if name in HostFacts.model_fields else ""
            self._banner.tell("warning", what, _said(section.remedy), button)
            return
        self._banner.hide()

    def _why(self, section: Section[Any]) -> str:
        return _said(section.reason) or self.tr("It could not be read.")

    def _show_emptiness(self, *, hidden: int, built: bool) -> None:
        tell, session, title = self._empty.tell, self._session, shown(self._kind.title)
        snapshot = session.snapshot
        if self._model.total or hidden:
            text = self.tr("The search looks at every text column, also hidden ones.")
            tell(Icon.SEARCH, self.tr("Nothing matches"), text, self.tr("Show all"))
        elif session.service is None:
            tell(Icon.HOST, self.tr("No host is shown"), self.tr("Choose a host with “Switch host”."))
        elif snapshot is not None and section_of(snapshot, self._kind.sections[0]).known() is None:
            self._tell_unreadable(section_of(snapshot, self._kind.sections[0]))
        elif snapshot is None or not built:
            tell(
                self._kind.icon,
                self.tr("Looking…"),
                self.tr("{title} appear here in a moment.").format(title=title),
            )
        else:
            tell(self._kind.icon, self.tr("{title}: none").format(title=title), shown(self._kind.none))

    def _tell_unreadable(self, section: Section[Any]) -> None:
        part = shown(SECTION_TITLES[self._kind.sections[0]])
        button = (self._sign_in if self._of_windows else "") or self.tr("Try again")
        words = "\n\n".join(text for text in (self._why(section), _said(section.remedy)) if text)
        self._empty.tell(Icon.WARNING, self.tr("{part}: not known").format(part=part), words, button)

    @property
    def _of_windows(self) -> bool:
        """Whether the main part is read from the Windows side."""
        return self._kind.sections[0] in HostFacts.model_fields

    def _do_next(self) -> None:
        """What the empty state's button offers just now."""
        known = self._session.snapshot
        if known is not None and section_of(known, self._kind.sections[0]).known() is not None:
            self.searchDropped.emit()
        elif known is not None and self._of_windows and self._session.sign_in_wanted:
            self._actions["sign-in"].trigger()
        elif self._session.connected:
            self._actions["refresh"].trigger()
        else:
            self._actions["retry"].trigger()


def _said(text: Text | None) -> str:
    return "" if text is None else shown(text)
