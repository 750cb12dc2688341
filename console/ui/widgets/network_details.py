"""Everything about the network that is selected, in tabs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from console.domain.conversion import spec_of
from console.domain.object_ref import ref_of
from console.domain.plan import CreateNetwork, Plan
from console.domain.removal import Attachment, attachments_of_one, is_windows
from console.domain.snapshot import Network, Snapshot
from console.ui.models.endpoints import ENDPOINT_COLUMNS, endpoint_key
from console.ui.models.network_options import OPTION_COLUMNS, OptionRow, option_key, option_rows
from console.ui.models.records import RecordModel
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.widgets.fact_sheet import FactSheet
from console.ui.widgets.finding_links import FindingLinks
from console.ui.widgets.lazy_tab import LazyTab
from console.ui.widgets.network_summary import facts
from console.ui.widgets.plan_view import CommandView
from console.ui.widgets.raw_json import RawJson
from console.ui.widgets.record_view import RecordView

EMPTY, FILLED = 0, 1


class NetworkDetails(QWidget):
    """Shows one network and follows it over refreshes; tab, selection and scroll position stay."""

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._network: Network | None = None
        self._reading: asyncio.Task[None] | None = None
        self._endpoints_model: RecordModel[Attachment] = RecordModel(ENDPOINT_COLUMNS, endpoint_key, self)
        self._options_model: RecordModel[OptionRow] = RecordModel(OPTION_COLUMNS, option_key, self)
        self._tabs = QTabWidget(self)  # made before what it holds: the Tab key goes in the order of making
        self._summary = FactSheet(self)
        self._endpoints_empty = ""
        self._endpoints = LazyTab(self._make_endpoints, self)
        self._options = LazyTab(self._make_options, self)
        self._commands = LazyTab(lambda parent: CommandView(parent, lines=6), self)
        self._json = LazyTab(self._make_json, self)
        self._findings = FindingLinks(self)
        self._stack = QStackedWidget(self)
        self._arrange()
        session.snapshotChanged.connect(self._follow)
        session.diagnosis.changed.connect(self._show_findings)
        self.show_network(None)

    @property
    def network(self) -> Network | None:
        """The network that is shown."""
        return self._network

    def show_network(self, network: Network | None) -> None:
        """Show ``network``, or that nothing is selected."""
        self._network = network
        self._stack.setCurrentIndex(EMPTY if network is None else FILLED)
        if self._json.contents is not None:
            self._json.contents.show_object(network)
        if network is None:
            self._endpoints_model.set_records(())
            self._options_model.set_records(())
            if self._commands.contents is not None:
                self._commands.contents.show_plan(None)
            return
        snapshot = self._session.snapshot
        windows = snapshot is None or is_windows(snapshot)
        self._show_findings()
        self._summary.show_facts(facts(network, snapshot))
        self._options_model.set_records(option_rows(network, windows=windows))
        self._read_endpoints()
        self._tab_shown()

    def _show_findings(self) -> None:
        network = self._network
        self._findings.show_findings(self._session.diagnosis, None if network is None else ref_of(network))

    def _follow(self, snapshot: Snapshot) -> None:
        """Show the same network as it is now; one that is gone leaves the empty state."""
        shown_now = self._network
        if shown_now is None or snapshot.networks.known() is None:
            return
        found = next((one for one in snapshot.networks.known() or () if one.id == shown_now.id), None)
        if found is shown_now:
            self._read_endpoints()  # containers come and go without a change of the network
        else:
            self.show_network(found)

    def _read_endpoints(self) -> None:
        if self._reading is None or self._reading.done():
            self._reading = self._tasks.start(self._arrive_endpoints(), owner=self)

    async def _arrive_endpoints(self) -> None:
        """Find the endpoints off the UI thread, again for as long as there is news meanwhile."""
        done: tuple[Network, Snapshot] | None = None
        while self._network is not None and self._session.snapshot is not None:
            network, snapshot = self._network, self._session.snapshot
            if done is not None and done[0] is network and done[1] is snapshot:
                return
            rows: Sequence[Attachment] = await asyncio.to_thread(attachments_of_one, network, snapshot)
            if self._network is network:
                await self._endpoints_model.arrive(rows)
                self._title_endpoints(len(rows), known=snapshot.containers.known() is not None)
            done = (network, snapshot)

    def _title_endpoints(self, count: int, *, known: bool) -> None:
        at = self._tabs.indexOf(self._endpoints)
        title = self.tr("End&points ({count})").format(count=count) if known else self.tr("End&points")
        self._tabs.setTabText(at, title)
        self._endpoints_empty = (
            self.tr("No container is attached to this network.")
            if known
            else self.tr("The containers of this host could not be read.")
        )
        if self._endpoints.contents is not None:
            self._endpoints.contents.show_empty_text(self._endpoints_empty)

    def _show_commands(self, view: CommandView) -> None:
        if self._network is not None:
            spec = spec_of(self._network)
            step = CreateNetwork(spec=spec)
            view.show_plan(Plan(title=step.describe(), steps=(step,)))

    def _tab_shown(self) -> None:
        """What is in a tab is made, rendered or fetched only when it is looked at."""
        tab = self._tabs.currentWidget()
        if tab is self._commands:
            self._show_commands(self._commands.made())
        elif tab is self._json:
            json = self._json.made()
            json.show_object(self._network)
            json.fetch_once()
        elif isinstance(tab, LazyTab):
            tab.made()

    def _make_endpoints(self, parent: QWidget) -> RecordView:
        view = RecordView(self._endpoints_model, self.tr("Endpoints"), parent)
        view.show_empty_text(self._endpoints_empty)
        return view

    def _make_json(self, parent: QWidget) -> RawJson:
        return RawJson(self._session, self._tasks, lambda service, one: service.inspect_network(one), parent)

    def _make_options(self, parent: QWidget) -> OptionsView:
        return OptionsView(self._options_model, parent)

    def _arrange(self) -> None:
        self._tabs.setAccessibleName(self.tr("Network details"))
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self._summary, self.tr("&Summary"))
        self._tabs.addTab(self._endpoints, self.tr("End&points"))
        self._tabs.addTab(self._options, self.tr("Op&tions"))
        self._tabs.addTab(self._commands, self.tr("Comm&and"))
        self._tabs.addTab(self._json, self.tr("Raw &JSON"))
        self._tabs.currentChanged.connect(self._tab_shown)
        nothing = QLabel(self.tr("Select a network to see its endpoints, options and commands."), self)
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setWordWrap(True)
        filled = QWidget(self)
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self._findings)
        inside.addWidget(self._tabs, 1)
        self._stack.addWidget(nothing)
        self._stack.addWidget(filled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)


class OptionsView(QWidget):
    """The table of options, and below it the whole meaning of the row one is on."""

    def __init__(self, model: RecordModel[OptionRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = RecordView(model, self.tr("Options"), self)
        self._table.show_empty_text(self.tr("This network has no driver options."))
        self._table.chosen.connect(self._show_meaning)
        self._meaning = QLabel(self)
        self._meaning.setWordWrap(True)
        self._meaning.setContentsMargins(6, 2, 6, 6)
        self._meaning.setMinimumHeight(self._meaning.fontMetrics().lineSpacing() * 2 + 8)
        self._meaning.setAccessibleName(self.tr("Meaning of the option"))
        self.setFocusProxy(self._table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table, 1)
        column.addWidget(self._meaning)
        self._show_meaning()

    def _show_meaning(self) -> None:
        row = self._table.current()
        self._meaning.setText(
            row.meaning if row is not None else self.tr("Select an option to read what it means.")
        )
