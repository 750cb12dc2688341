"""The further tabs of a container's details: endpoints, ports, DNS and start, inside, raw JSON."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.container_spec import PublishSpec
from console.domain.drivers.options import DNS_SERVERS, DNS_SUFFIX
from console.domain.text import N_, verbatim
from console.ui.inventory.kind import row_key
from console.ui.inventory.kinds.container_endpoints import COLUMNS as ENDPOINTS
from console.ui.inventory.kinds.container_endpoints import ContainerEndpointRow, endpoint_rows
from console.ui.inventory.kinds.containers import ContainerRow, isolation_words
from console.ui.inventory.words import joined, lines
from console.ui.models.records import Column, RecordModel
from console.ui.widgets.container_inside import InsideTab
from console.ui.widgets.fact_sheet import Fact, FactSheet
from console.ui.widgets.lazy_tab import LazyTab
from console.ui.widgets.object_details import DetailTab
from console.ui.widgets.problem_card import ProblemCard, problem_of
from console.ui.widgets.raw_json import RawJson
from console.ui.widgets.record_view import RecordView

if TYPE_CHECKING:
    from console.domain.container_details import ContainerDetails
    from console.domain.problem import Problem
    from console.domain.relations import Relations
    from console.domain.snapshot import Container, Network
    from console.ui.pages.registry import Parts
    from console.ui.session import Session
    from console.ui.tasks import Tasks

CONTEXT = "ContainerTabs"
REST_MS = 250
"""So long a row is selected before the engine is asked about it: going through rows asks nothing."""


def container_tabs(parts: Parts, parent: QWidget) -> tuple[DetailTab, ...]:
    """The tabs of one page, which share one inspection of the container that is selected."""
    inspection = Inspection(parts.session, parts.tasks, parent)
    return (
        EndpointsTab(parent),
        PortsTab(inspection, parent),
        SetupTab(inspection, parent),
        InsideTab(parts, parent),
        JsonTab(parts, parent),
    )


class Inspection(QObject):
    """What only an inspection tells of the container that is selected; asked when a tab wants it.

    ``changed()``: :attr:`details`, :attr:`problem` or :attr:`reading` are others now.
    """

    changed = Signal()

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._tasks = tasks
        self._container: Container | None = None
        self._asked_of: Container | None = None
        self._task: asyncio.Task[None] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        self.details: ContainerDetails | None = None
        self.problem: Problem | None = None

    @property
    def reading(self) -> bool:
        """Whether the engine is being asked."""
        return self._rest.isActive() or self._task is not None

    def show(self, container: Container) -> None:
        """Speak of ``container`` from now on."""
        if self._container is None or self._container.id != container.id:
            self._drop()
        self._container = container

    def want(self) -> None:
        """Ask for what is not known yet of the container as it is now."""
        if self._container is not None and self._asked_of is not self._container:
            self._rest.start()
            self.changed.emit()

    def _drop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._rest.stop()
        self._task = self._asked_of = self.details = self.problem = None
        self.changed.emit()

    def _ask(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._container is not None:
            self._task = self._tasks.start(self._read(self._container), owner=self)

    async def _read(self, container: Container) -> None:
        from console.backend.failures import EngineError

        service = self.session.service
        if service is None:
            return
        try:
            self.details, self.problem = await service.container_details(container.id), None
        except EngineError as error:
            self.details, self.problem = None, problem_of(error, self.session)
        self._asked_of = container
        self._task = None
        self.changed.emit()


class EndpointsTab(DetailTab):
    """The container's places on networks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("End&points")
        self._model: RecordModel[ContainerEndpointRow] = RecordModel(ENDPOINTS[1:], row_key, self)
        self._view = LazyTab(self._make, self)
        _fill(self, self._view)

    def _make(self, parent: QWidget) -> RecordView:
        view = RecordView(self._model, self.tr("Endpoints of the container"), parent)
        view.show_empty_text(self.tr("It has no endpoint: it uses another container's network, or none."))
        return view

    def show_row(self, row: ContainerRow, relations: Relations) -> None:
        """The endpoints of this container."""
        networks: dict[str, Network] = {}
        for one in relations.snapshot.networks.known() or ():
            networks[one.id] = one
        self._model.set_records(tuple(endpoint_rows(row.container, networks, relations)))

    def looked_at(self) -> None:
        """Make the table."""
        self._view.made()


def _port_key(port: PublishSpec) -> str:
    return f"{port.host_address}:{port.host_port}:{port.key}"


def _host_port(port: PublishSpec) -> str:
    if port.host_port is None:
        return QCoreApplication.translate(CONTEXT, "chosen at start")
    return str(port.host_port)


def _host_address(port: PublishSpec) -> str:
    everywhere = port.host_address in {"", "0.0.0.0", "::"}  # noqa: S104 (compared, not listened on)
    return QCoreApplication.translate(CONTEXT, "all") if everywhere else port.host_address


PORTS: tuple[Column[PublishSpec], ...] = (
    Column("host", N_(CONTEXT, "Host port"), _host_port, width=18, numeric=True),
    Column(
        "container", N_(CONTEXT, "Container port"), lambda port: port.container_port, width=14, numeric=True
    ),
    Column("protocol", N_(CONTEXT, "Protocol"), lambda port: port.protocol, width=10),
    Column("address", N_(CONTEXT, "Host address"), _host_address, width=16),
)


class PortsTab(DetailTab):
    """The ports it publishes: in force while it runs, asked for while it is stopped."""

    def __init__(self, inspection: Inspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("P&orts")
        self._inspection = inspection
        self._container: Container | None = None
        self._model: RecordModel[PublishSpec] = RecordModel(PORTS, _port_key, self)
        self._view = LazyTab(self._make, self)
        self._problem = ProblemCard(self, session=inspection.session)
        _fill(self, self._problem, self._view)
        inspection.changed.connect(self._show)

    def _make(self, parent: QWidget) -> RecordView:
        return RecordView(self._model, self.tr("Published ports"), parent)

    def show_row(self, row: ContainerRow, _relations: Relations) -> None:
        """The ports of this container."""
        self._container = row.container
        self._inspection.show(row.container)
        self._show()

    def looked_at(self) -> None:
        """Make the table, and ask where only an inspection tells."""
        self._view.made()
        if self._container is not None and not self._container.running:
            self._inspection.want()
        self._show()

    def _show(self) -> None:
        if self._container is None or self._view.contents is None:
            return
        details = self._inspection.details
        asked = details.ports if details is not None else ()
        ports = _in_force(self._container) if self._container.running else asked
        self._model.set_records(ports)
        if self._inspection.problem is not None and not self._container.running:
            self._problem.show_problem(self._inspection.problem)
        else:
            self._problem.clear()
        words = self.tr("It publishes no port.")
        if not self._container.running and details is None:
            words = self.tr("Reading…") if self._inspection.reading else ""
        self._view.contents.show_empty_text(words)


def _in_force(container: Container) -> tuple[PublishSpec, ...]:
    found = (
        PublishSpec(
            container_port=port.container_port,
            protocol=port.protocol,
            host_port=port.host_port,
            host_address=port.host_address,
        )
        for port in container.ports
        if port.host_port is not None
    )
    return tuple(dict.fromkeys(found))


DNS = N_(CONTEXT, "Names and DNS")
NETWORKS = N_(CONTEXT, "DNS of its networks")
START = N_(CONTEXT, "How it starts")


class SetupTab(DetailTab):
    """What an inspection tells: its DNS, and how it is started."""

    def __init__(self, inspection: Inspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("&DNS and start")
        self._inspection = inspection
        self._row: ContainerRow | None = None
        self._networks: tuple[Fact, ...] = ()
        self._sheet = FactSheet(self)
        self._sheet.setAccessibleName(self.tr("DNS and start"))
        self._problem = ProblemCard(self, session=inspection.session)
        _fill(self, self._problem, self._sheet)
        inspection.changed.connect(self._show)

    def show_row(self, row: ContainerRow, relations: Relations) -> None:
        """The DNS of this container."""
        self._row = row
        self._inspection.show(row.container)
        self._networks = tuple(_network_dns(row.container, relations))
        self._show()

    def looked_at(self) -> None:
        """Ask the engine."""
        self._inspection.want()

    def _show(self) -> None:
        details = self._inspection.details
        said = list(_setup(details)) if details is not None else []
        if details is None and self._inspection.problem is None:
            said.append(Fact(DNS, N_(CONTEXT, "DNS servers"), self.tr("Reading…")))
        self._sheet.show_facts(tuple(fact for fact in (*said, *self._networks) if fact.value))
        if self._inspection.problem is not None:
            self._problem.show_problem(self._inspection.problem)
        else:
            self._problem.clear()


def _setup(details: ContainerDetails) -> tuple[Fact, ...]:
    say = QCoreApplication.translate
    leaves = say(CONTEXT, "removed when it stops (--rm)") if details.auto_remove else ""
    mounts = (f"{one.name or one.source} → {one.destination}" for one in details.mounts)
    return (
        Fact(DNS, N_(CONTEXT, "Host name"), details.hostname),
        Fact(
            DNS, N_(CONTEXT, "DNS servers"),
            joined(details.dns_servers) or say(CONTEXT, "those of its networks"),
        ),
        Fact(DNS, N_(CONTEXT, "Search domains"), joined(details.dns_search)),
        Fact(START, N_(CONTEXT, "Command"), " ".join(details.command)),
        Fact(START, N_(CONTEXT, "Isolation"), isolation_words(details.isolation)),
        Fact(START, N_(CONTEXT, "Restart policy"), details.restart),
        Fact(START, N_(CONTEXT, "Afterwards"), leaves),
        Fact(START, N_(CONTEXT, "Mounts"), lines(mounts)),
        Fact(START, N_(CONTEXT, "Last error"), details.error),
    )  # fmt: skip


def _network_dns(container: Container, relations: Relations) -> list[Fact]:
    networks = {one.id: one for one in relations.snapshot.networks.known() or ()}
    said: list[Fact] = []
    for endpoint in container.endpoints:
        network = networks.get(endpoint.network_id)
        hns = relations.hns_endpoint_of(container, endpoint)
        servers = joined(hns.dns_servers) if hns else ""
        asked = network.option(DNS_SERVERS) if network else ""
        suffix = network.option(DNS_SUFFIX) if network else ""
        told = [servers or asked, suffix, joined(endpoint.aliases)]
        said.append(Fact(NETWORKS, verbatim(endpoint.network_name), lines(told)))
    return said


class JsonTab(DetailTab):
    """The engine's own words."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.tr("Raw &JSON")
        self._parts = parts
        self._container: Container | None = None
        self._json = LazyTab(self._make, self)
        _fill(self, self._json)

    def _make(self, parent: QWidget) -> RawJson:
        async def read(service: Any, one: str) -> str:
            details: ContainerDetails = await service.container_details(one)
            return details.raw

        return RawJson(self._parts.session, self._parts.tasks, read, parent)

    def show_row(self, row: ContainerRow, _relations: Relations) -> None:
        """The JSON of this container."""
        self._container = row.container
        if self._json.contents is not None:
            self._json.contents.show_object(row.container)

    def looked_at(self) -> None:
        """Fetch it."""
        json = self._json.made()
        json.show_object(self._container)
        json.fetch_once()


def _fill(tab: QWidget, *parts: QWidget) -> None:
    column = QVBoxLayout(tab)
    column.setContentsMargins(0, 4, 0, 0)
    for part in parts:
        column.addWidget(part, 0 if isinstance(part, ProblemCard) else 1)
    tab.setFocusProxy(parts[-1])
