"""What the networks page says about itself: the banner above the table, and what stands in its place
while it is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.ui.actions import ActionSet
from console.ui.icons import Icon
from console.ui.models.networks import NetworkRow
from console.ui.models.records import RecordModel
from console.ui.session import Session
from console.ui.texts import shown, time_of_day
from console.ui.widgets.banner import Banner
from console.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from console.domain.failure import Failure
    from console.ui.pages.table_export import Unwritten


class NetworkNotices(QObject):
    """Keeps ``banner`` and ``empty`` true to the session; their buttons do what they offer.

    ``searchDropped`` asks for the search field to be emptied.
    """

    searchDropped = Signal()

    def __init__(
        self,
        session: Session,
        model: RecordModel[NetworkRow],
        actions: ActionSet,
        banner: Banner,
        empty: EmptyState,
    ) -> None:
        super().__init__(banner)
        self._session = session
        self._model = model
        self._actions = actions
        self._banner = banner
        self._empty = empty
        self._until_dismissed = False
        banner.chosen.connect(self._banner_answered)
        empty.chosen.connect(self._do_next)

    def update(self) -> None:
        """Say what is true now."""
        self._show_banner()
        if not self._model.rowCount():
            self._show_emptiness()

    def _banner_answered(self) -> None:
        if self._until_dismissed:
            self._until_dismissed = False
            self._show_banner()
        else:
            self._actions["retry"].trigger()

    def _tell_until_dismissed(self, what: str, how: str) -> None:
        # What somebody asked for and did not get stays until it was read: the next refresh is near.
        self._until_dismissed = True
        self._banner.tell("error", what, how, self.tr("Dismiss"))

    def _show_banner(self) -> None:
        if self._until_dismissed:
            return
        status, snapshot = self._session.status, self._session.snapshot
        section = snapshot.networks if snapshot is not None else None
        if status is not None and status.state == "lost" and self._model.total:
            self._banner.tell("warning", *self._lost_texts(), button=self.tr("Try again now"))
        elif section is not None and section.state == "unavailable":
            reason = shown(section.reason) if section.reason else self.tr("The networks can't be read.")
            self._banner.tell("error", reason, shown(section.remedy) if section.remedy else "")
        elif section is not None and section.state == "stale" and section.reason:
            self._banner.tell(
                "warning", shown(section.reason), shown(section.remedy) if section.remedy else ""
            )
        else:
            self._banner.hide()

    def _lost_texts(self) -> tuple[str, str]:
        """What was lost, with the moment of what is shown; and why, explained."""
        snapshot = self._session.snapshot
        taken = "" if snapshot is None else time_of_day(snapshot.taken_at)
        what = self.tr("The host does not answer. What you see is from {time}.").format(time=taken)
        return what, self._failure_text()

    def _failure_text(self) -> str:
        status = self._session.status
        return "" if status is None or status.failure is None else self._explained(status.failure)

    def _explained(self, failure: Failure) -> str:
        """Why, and the first thing to do."""
        problem = self._session.explain(failure)
        return " ".join(
            [shown(problem.why) or shown(problem.what), *(shown(step) for step in problem.do[:1])]
        )

    def tell_failure(self, failure: Failure) -> None:
        """An observation that somebody asked for failed: say so even before the state changes."""
        self._tell_until_dismissed(self.tr("The host could not be read."), self._explained(failure))

    def tell_unwritten(self, unwritten: Unwritten) -> None:
        """An export could not be written."""
        self._tell_until_dismissed(
            self.tr("The file {path} was not written.").format(path=unwritten.path),
            self.tr("{reason}. Choose another folder.").format(reason=unwritten.reason),
        )

    def forget(self) -> None:
        """Another host: what could not be done with the one before says nothing of it."""
        self._until_dismissed = False

    def _show_emptiness(self) -> None:
        tell, session = self._empty.tell, self._session
        if self._model.total:
            tell(
                Icon.SEARCH,
                self.tr("No network matches “{text}”").format(text=self._model.filter_text),
                self.tr("The search looks at every text column, also hidden ones."),
                self.tr("Clear the search"),
            )
        elif session.service is None:
            tell(
                Icon.HOST,
                self.tr("No host is shown"),
                self.tr(
                    "Choose a host with “Switch host”. Practice hosts are for learning and trying things out."
                ),
                self.tr("Practice"),
            )
        elif session.status is not None and session.status.state == "lost":
            tell(
                Icon.ERROR,
                self.tr("The host does not answer"),
                self._failure_text(),
                self.tr("Try again now"),
            )
        elif session.snapshot is None or session.network_rows:
            tell(Icon.NETWORKS, self.tr("Connecting…"), self.tr("Its networks appear here in a moment."))
        elif session.snapshot.networks.known() is None:
            section = session.snapshot.networks
            tell(
                Icon.ERROR,
                self.tr("The networks can't be read"),
                shown(section.reason) if section.reason else "",
                self.tr("Try again"),
            )
        else:
            tell(
                Icon.NETWORK_NEW,
                self.tr("This host has no networks"),
                self.tr("Containers need one to reach each other and the outside. Create the first one."),
                self.tr("New network…"),
            )

    def _do_next(self) -> None:
        """What the empty state's button offers just now."""
        if self._model.total:
            # Finding puts the keyboard into the search field: what is typed next replaces the words.
            self._actions["find"].trigger()
            self.searchDropped.emit()
        elif self._session.service is None:
            self._actions["practice-go"].trigger()
        elif not self._session.connected:
            self._actions["retry"].trigger()
        elif self._session.snapshot is None or self._session.snapshot.networks.known() is None:
            self._actions["refresh"].trigger()
        else:
            self._actions["network-new"].trigger()
