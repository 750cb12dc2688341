"""The Docker Engine, asked asynchronously: :class:`EngineChannel`.

One observation is five requests whatever the host's size: ``/version``, ``/info``, ``/images/json``,
``/networks`` and ``/containers/json``; on a manager of a swarm three more: ``/nodes``, ``/services`` and
``/tasks``. The endpoint map comes from the lists, never from one inspect per object; only what a container
that did not start asks for is in no list, and asked once. Between observations only the networks and
containers that events named are listed.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from console.backend.connection import Connection
from console.backend.engine.attachment import EndpointNetworks
from console.backend.engine.changes import Changes
from console.backend.engine.client import make_client
from console.backend.engine.decoding import ElementReader
from console.backend.engine.events import EventStream
from console.backend.engine.exchange import CHANGING, READING, Answer, Request, excerpt, exchange, read_parts
from console.backend.engine.execution import Execution
from console.backend.engine.inspection import details_of, image_of, run_options_of
from console.backend.engine.parsing import container_of, engine_of, network_of
from console.backend.engine.swarm_parsing import node_of, service_of, task_of
from console.backend.engine.wanted_ports import WantedPorts
from console.backend.failures import (
    DeadlineExceededError,
    EngineError,
    MalformedAnswerError,
    failure_of,
    transport_errors,
)
from console.backend.threads import DaemonThreads, TooManyHungCallsError
from console.domain.container_details import ContainerDetails, ExecResult, Image
from console.domain.failure import Failure, FailureKind
from console.domain.run_options import RunOptions
from console.domain.snapshot import Container, EngineInfo, Network
from console.domain.swarm.objects import SwarmNode, SwarmService, SwarmTask

T = TypeVar("T")

#: The newest API this program was written against; a newer engine answers in it on request.
NEWEST_API = (1, 51)
#: So many ids of 64 letters make an address of 7 KB; servers that engines stand behind take 8.
IDS_AT_ONCE = 100
#: Where more have changed, the whole list is read: it is fewer requests, and not much more work.
MOST_BY_ID = 500
_NOT_MODIFIED = 304
#: How long after its own deadline a call is given up from outside, whatever it hangs in.
_MARGIN_SECONDS = 2.0
_NOT_ADMITTED = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Created:
    """What the engine said to a create: the new id and its warnings, often none."""

    id: str
    warning: str = ""


class EngineChannel:
    """Requests to one engine. Every method raises EngineError; none blocks the event loop."""

    def __init__(self, connection: Connection, *, environ: Mapping[str, str] | None = None) -> None:
        self.connection = connection
        self._environ = os.environ if environ is None else environ
        self._threads = DaemonThreads("engine-call")
        self._client: Any = None
        self._prefix = ""
        self._networks = ElementReader(network_of, lambda network: network.id)
        self._containers = ElementReader(container_of, lambda container: container.id)
        self._nodes = ElementReader(node_of, lambda node: node.id)
        self._services = ElementReader(service_of, lambda service: service.id)
        self._tasks = ElementReader(task_of, lambda task: task.id)
        self._lists_by_id = True
        self._endpoint_networks = EndpointNetworks()
        self._wanted_ports = WantedPorts(self.container_details, self._threads.run)

    async def connect(self) -> None:
        """Reach the engine and agree on an API version. May be called again after a loss."""
        await self._call(self._connect, READING.total)

    async def ping(self) -> None:
        """Ask for a sign of life."""
        await self._exchange(Request("GET", "/_ping"))

    async def engine(self) -> EngineInfo:
        """The engine itself (two requests)."""
        version, info = await asyncio.gather(self._get("/version"), self._get("/info"))
        return _understood(lambda: engine_of(version.document(), info.document()))

    async def networks(self, only: Collection[str] | None = None) -> tuple[Network, ...]:
        """All networks, by name and id (one request).

        ``only``: those of these ids alone are read again, the others are as they were read last. No
        request is made for none, one for each ``IDS_AT_ONCE`` of them.
        """
        return await self._list("/networks", {}, self._networks, lambda one: (one.name, one.id), only)

    async def containers(self, only: Collection[str] | None = None) -> tuple[Container, ...]:
        """All containers, running or not, with their endpoints, by name and id; ``only`` as for networks."""
        return await self._list(
            "/containers/json", {"all": "1"}, self._containers, lambda one: (one.name, one.id), only
        )

    async def nodes(self) -> tuple[SwarmNode, ...]:
        """The swarm's nodes, by name and id (one request, to a manager)."""
        return await self._list("/nodes", {}, self._nodes, lambda one: (one.host_name, one.id))

    async def services(self) -> tuple[SwarmService, ...]:
        """The swarm's services, by name and id (one request, to a manager)."""
        return await self._list("/services", {}, self._services, lambda one: (one.name, one.id))

    async def tasks(self) -> tuple[SwarmTask, ...]:
        """The swarm's tasks, also those that ended, by service and slot (one request, to a manager)."""
        return await self._list(
            "/tasks", {}, self._tasks, lambda one: (one.service_id, f"{one.slot or 0:09d}{one.id}")
        )

    async def completed(
        self, containers: tuple[Container, ...], networks: tuple[Network, ...]
    ) -> tuple[Container, ...]:
        """The containers with their networks' ids, also where the engine left them out (no request)."""
        return await self._threads.run(lambda: self._endpoint_networks.complete(containers, networks))

    async def with_wanted_ports(self, containers: tuple[Container, ...]) -> tuple[Container, ...]:
        """The containers, those made and never started with the ports they ask for.

        One request for each of these that is new, and at most ``wanted_ports.MOST_AT_ONCE``.
        """
        return await self._wanted_ports.complete(containers)

    async def networks_named(self, name: str) -> tuple[Network, ...]:
        """The networks of exactly this name (one request; engines allow several)."""
        # The engine's filter also finds longer names that contain this one.
        answer = await self._get("/networks", {"filters": json.dumps({"name": [name]})})
        found = _understood(lambda: ElementReader(network_of, lambda network: network.id).read([answer.body]))
        return tuple(network for network in found if network.name == name)

    async def inspect_network(self, network: str) -> str:
        """The engine's own JSON of one network, indented, with its containers."""
        answer = await self._get(f"/networks/{quote(network, safe='')}")
        return json.dumps(_understood(answer.document), indent=4, ensure_ascii=False)

    async def create_network(self, body: Mapping[str, Any]) -> Created:
        """Create a network from the JSON body of ``POST /networks/create``."""
        return _created(await self._change("POST", "/networks/create", body))

    async def remove_network(self, network: str) -> None:
        """Remove one network by id or name."""
        await self._change("DELETE", f"/networks/{quote(network, safe='')}")

    async def connect_container(self, network: str, body: Mapping[str, Any]) -> None:
        """Attach a container from the JSON body of ``POST /networks/{id}/connect``."""
        await self._change("POST", f"/networks/{quote(network, safe='')}/connect", body)

    async def disconnect_container(self, network: str, body: Mapping[str, Any]) -> None:
        """Detach a container from the JSON body of ``POST /networks/{id}/disconnect``."""
        await self._change("POST", f"/networks/{quote(network, safe='')}/disconnect", body)

    async def container_details(self, container: str) -> ContainerDetails:
        """One container beyond what the list tells, by id or name (one request)."""
        answer = await self._get(f"/containers/{quote(container, safe='')}/json")
        return _understood(lambda: details_of(answer.document()))

    async def run_options(self, container: str) -> RunOptions:
        """What one container was asked to be, by id (one request)."""
        answer = await self._get(f"/containers/{quote(container, safe='')}/json")
        return _understood(lambda: run_options_of(answer.document()))

    async def images(self) -> tuple[Image, ...]:
        """The images in the engine's store, by title (one request)."""
        answer = await self._get("/images/json")
        found = _understood(lambda: [image_of(image) for image in answer.document() or ()])
        return tuple(sorted(found, key=lambda image: (not image.tags, image.title)))

    async def create_container(self, name: str, body: Mapping[str, Any]) -> Created:
        """Make a container from the JSON body of ``POST /containers/create``."""
        return _created(await self._change("POST", "/containers/create", body, {"name": name}))

    async def start_container(self, container: str) -> bool:
        """Start a container by id or name; False where it runs already."""
        return await self._changed(f"/containers/{quote(container, safe='')}/start")

    async def stop_container(self, container: str) -> bool:
        """Stop a container by id or name; False where it does not run."""
        return await self._changed(f"/containers/{quote(container, safe='')}/stop")

    async def restart_container(self, container: str) -> None:
        """Stop a container and start it again."""
        await self._change("POST", f"/containers/{quote(container, safe='')}/restart")

    async def remove_container(self, container: str, *, force: bool, volumes: bool) -> None:
        """Remove a container; ``force`` ends it first, ``volumes`` are those without a name."""
        asked = {name: "1" for name, wanted in (("force", force), ("v", volumes)) if wanted}
        await self._change("DELETE", f"/containers/{quote(container, safe='')}", params=asked)

    async def execute(
        self, container: str, command: Sequence[str], *, seconds: float, limit: int
    ) -> ExecResult:
        """Run a program inside of a running container (three requests).

        It may take ``seconds`` and write ``limit`` bytes. Cancelling hangs up.
        """
        client = await self._connected()
        execution = Execution(client, self._prefix, container, command, seconds=seconds, limit=limit)
        try:
            # Its own requests around the program have deadlines of ten seconds each.
            return await self._call(execution.run, seconds + 2 * READING.total)
        except (asyncio.CancelledError, EngineError):
            execution.hang_up()
            raise

    async def init_swarm(self, body: Mapping[str, Any]) -> str:
        """Make a swarm from the JSON body of ``POST /swarm/init``; this node's id."""
        answer = await self._change("POST", "/swarm/init", body)
        node = _understood(answer.document, changing=True)
        if not isinstance(node, str):
            wrong = MalformedAnswerError(f"no node's id: {excerpt(answer.body)}")
            raise EngineError(failure_of(wrong, changing=True))
        return node

    async def join_swarm(self, body: Mapping[str, Any]) -> None:
        """Join a swarm with the JSON body of ``POST /swarm/join``."""
        await self._change("POST", "/swarm/join", body)

    async def leave_swarm(self, *, force: bool) -> None:
        """Leave the swarm; a manager only by force."""
        await self._change("POST", "/swarm/leave", params={"force": "1"} if force else None)

    async def watch(
        self, on_event: Callable[[Changes], None], on_end: Callable[[Failure | None], None]
    ) -> EventStream:
        """Subscribe to events; both functions are called in the running event loop.

        Close the stream that is returned; ``on_end`` gets None where it ended by that.
        """
        loop = asyncio.get_running_loop()

        def hand_over(call: Callable[..., None], *values: Any) -> None:
            with suppress(RuntimeError):  # the loop was closed before the stream: nobody listens any more
                loop.call_soon_threadsafe(call, *values)

        client = self._client
        stream = EventStream(
            client,
            self._prefix,
            lambda changes: hand_over(on_event, changes),
            lambda failure: hand_over(on_end, failure),
        )
        try:
            await self._call(stream.open, READING.total)
        except BaseException:
            stream.close()
            raise
        return stream

    async def close(self) -> None:
        """Let go of all connections. Calls under way end by themselves in their daemon threads."""
        client, self._client = self._client, None
        self._threads.close()
        if client is not None:
            client.close()  # only forgets idle connections: does not block

    def _connect(self) -> None:
        risk = self.connection.risk
        if risk is not None and risk is not self.connection.accepted_risk:
            raise EngineError(Failure(kind=FailureKind(risk), raw=self.connection.url))
        try:
            client = make_client(self.connection, self._environ)
        except transport_errors() as error:
            raise EngineError(failure_of(error)) from error
        document = _understood(_first_answer(client).document)
        self._prefix = _understood(lambda: f"/v{agreed_version(document)}")
        old, self._client = self._client, client
        if old is not None:
            old.close()

    async def _list(
        self,
        path: str,
        params: Mapping[str, str],
        reader: ElementReader[T],
        order: Callable[[T], tuple[str, str]],
        only: Collection[str] | None = None,
    ) -> tuple[T, ...]:
        if only is not None and (not only or (self._lists_by_id and len(only) <= MOST_BY_ID)):
            try:
                return await self._update(path, params, reader, order, only)
            except EngineError as error:
                if error.failure.kind is not FailureKind.REFUSED:
                    raise
                self._lists_by_id = False  # something before the engine takes no such long address, say
        client = await self._connected()
        request = Request("GET", self._prefix + path, params=params)

        def read() -> tuple[T, ...]:
            return _in_order(_understood(lambda: read_parts(client, request, reader.read)), order)

        return await self._call(read, request.timeouts.total)

    async def _update(
        self,
        path: str,
        params: Mapping[str, str],
        reader: ElementReader[T],
        order: Callable[[T], tuple[str, str]],
        only: Collection[str],
    ) -> tuple[T, ...]:
        client = await self._connected()
        ids = sorted(only)
        parts = [ids[at : at + IDS_AT_ONCE] for at in range(0, len(ids), IDS_AT_ONCE)]

        def update(part: list[str]) -> tuple[T, ...]:
            asked = {**params, "filters": json.dumps({"id": part})}
            request = Request("GET", self._prefix + path, params=asked)
            return _understood(
                lambda: read_parts(client, request, lambda body: reader.update(body, asked=part))
            )

        def read() -> tuple[T, ...]:
            for part in parts:
                update(part)
            return _in_order(reader.records, order)

        return await self._call(read, READING.total * max(1, len(parts)))

    async def _get(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        await self._connected()
        return await self._exchange(Request("GET", self._prefix + path, params=params))

    async def _change(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Answer:
        await self._connected()
        request = Request(method, self._prefix + path, params=params, body=body, timeouts=CHANGING)
        return await self._exchange(request)

    async def _changed(self, path: str) -> bool:
        """Ask for a state; False where it is that way already, which engines answer with HTTP 304."""
        try:
            await self._change("POST", path)
        except EngineError as error:
            if error.failure.status == _NOT_MODIFIED:
                return False
            raise
        return True

    async def _exchange(self, request: Request) -> Answer:
        client = await self._connected()
        return await self._call(
            lambda: exchange(client, request), request.timeouts.total, changing=request.changing
        )

    async def _connected(self) -> Any:
        if self._client is None:
            await self.connect()
        return self._client

    async def _call(self, call: Callable[[], T], seconds: float, *, changing: bool = False) -> T:
        """The call's result; whatever it hangs in, its time is over a little after its own deadline."""
        try:
            async with asyncio.timeout(seconds + _MARGIN_SECONDS):
                return await self._threads.run(call)
        except TimeoutError as error:
            late = DeadlineExceededError(f"no answer within {seconds:g} seconds")
            raise EngineError(failure_of(late, changing=changing)) from error
        except TooManyHungCallsError as error:
            raise EngineError(failure_of(error)) from error


def _first_answer(client: Any) -> Answer:
    """The engine's version; who is refused already here may not use the engine at all.

    That is what a proxy before the engine or one of its authorization plugins says.
    """
    try:
        return exchange(client, Request("GET", "/version"))
    except EngineError as error:
        if error.failure.kind is not FailureKind.REFUSED or error.failure.status not in _NOT_ADMITTED:
            raise
        denied = error.failure.model_copy(update={"kind": FailureKind.ACCESS_DENIED})
        raise EngineError(denied) from error


def _in_order(found: Iterable[T], order: Callable[[T], tuple[str, str]]) -> tuple[T, ...]:
    """Engines list networks in the random order of a map; ours is always the same."""
    return tuple(sorted(found, key=order))


def _understood(read: Callable[[], T], *, changing: bool = False) -> T:
    """What ``read`` makes of an answer; a wrong shape is the engine's malformed answer."""
    try:
        return read()
    except EngineError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        wrong = error if isinstance(error, MalformedAnswerError) else MalformedAnswerError(str(error))
        raise EngineError(failure_of(wrong, changing=changing)) from error


def _created(answer: Answer) -> Created:
    document = _understood(answer.document, changing=True)
    if not isinstance(document, dict) or not isinstance(document.get("Id"), str):
        wrong = MalformedAnswerError(f"no id in {excerpt(answer.body)}")
        raise EngineError(failure_of(wrong, changing=True))
    # A network has one warning, a container a list of them.
    told = [document.get("Warning"), *(document.get("Warnings") or ())]
    return Created(document["Id"], "\n".join(words for words in told if isinstance(words, str) and words))


def agreed_version(document: Any) -> str:
    """The API version both sides know. Raises ValueError where the answer is no engine's."""
    if not isinstance(document, dict) or not isinstance(document.get("ApiVersion"), str):
        raise MalformedAnswerError(f"no engine's version: {str(document)[:200]}")
    offered = _version(document["ApiVersion"])
    oldest = _version(document.get("MinAPIVersion") or "1.24")
    major, minor = max(min(offered, NEWEST_API), oldest)
    return f"{major}.{minor}"


def _version(text: str) -> tuple[int, int]:
    major, _, minor = text.partition(".")
    return int(major), int(minor)
