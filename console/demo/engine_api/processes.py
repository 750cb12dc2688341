"""Attach, logs, wait and exec: everything that carries a process' streams."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web
from pydantic import Field

from console.demo.consoles import Console
from console.demo.engine_api.call import Answer, Call, Route
from console.demo.engine_api.hijack import HijackedConnection, content_type, frame
from console.demo.engine_api.streams import Feed, StreamRoute
from console.demo.events import Event
from console.demo.execs import Exec, ExecBody
from console.demo.json_text import encoded
from console.demo.network_request import Body
from console.demo.refusal import Refusal
from console.demo.state import ContainerState, LogLine
from console.demo.timestamps import rfc3339

Output = tuple[int, bytes]
_PROCESS_START_SECONDS = 0.2


class ExecStartBody(Body):
    """The body of exec's start."""

    detach: bool | None = Field(default=False, alias="Detach")
    tty: bool | None = Field(default=False, alias="Tty")


async def _carry(
    connection: HijackedConnection,
    output: Feed[Output],
    type_in: Callable[[bytes], None],
    end_input: Callable[[], None],
) -> None:
    """Pass output to the client and its input to the process until the output or the client ends."""

    async def read_input() -> None:
        while data := await connection.received.next():
            type_in(data)
        end_input()

    async def write_output() -> None:
        while piece := await output.next():
            connection.send(*piece)

    reading, writing = asyncio.create_task(read_input()), asyncio.create_task(write_output())
    try:
        await asyncio.wait({writing, connection.lost}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (reading, writing):
            task.cancel()
        await asyncio.gather(reading, writing, return_exceptions=True)
        connection.finish()


def _attach_output(console: Console, wanted: set[int]) -> tuple[Feed[Output], Callable[[], None]]:
    feed: Feed[Output] = Feed()

    def write(stream: int, data: bytes) -> None:
        if stream in wanted:
            feed.put((stream, data))

    return feed, console.attach(write, feed.close)


async def attach(request: web.Request, call: Call) -> web.StreamResponse:
    """``docker attach`` and the attached ``docker run``."""
    host = call.host
    wanted = {number for number, name in ((1, "stdout"), (2, "stderr")) if call.flag(name)}
    with host.lock:
        container = host.containers.find(call.path["id"])
        tty = bool(container.config.get("Tty"))
        feed, detach = _attach_output(host.containers.console(container), wanted)
        earlier = list(container.log) if call.flag("logs") else []
        if not call.flag("stream"):
            feed.close()
        host.containers.tell(container, "attach")
    try:
        connection = HijackedConnection(request, content_type(call.api, tty=tty), tty=tty)
        for line in earlier:
            if line.stream in wanted:
                connection.send(line.stream, line.text.encode())
        takes_input = call.flag("stdin")

        def type_in(data: bytes) -> None:
            with host.lock:
                if takes_input:
                    host.containers.type_in(container, data)

        def end_input() -> None:
            with host.lock:
                if takes_input:
                    host.containers.end_input(container)

        await _carry(connection, feed, type_in, end_input)
        return connection
    finally:
        detach()


def create_exec(call: Call) -> Answer:
    """``docker exec``, first half."""
    container = call.host.containers.find(call.path["id"])
    return Answer(201, {"Id": call.host.execs.create(container, call.body(ExecBody)).id})


def inspect_exec(call: Call) -> Answer:
    """Whether an exec runs, and its exit code."""
    one = call.host.execs.find(call.path["id"])
    words = one.body.command or []
    process = {
        "tty": bool(one.body.tty),
        "entrypoint": words[0],
        "arguments": words[1:],
        "privileged": False,
        "user": one.body.user or "",
    }
    return Answer(
        200,
        {
            "ID": one.id,
            "Running": one.running,
            "ExitCode": one.exit_code,
            "ProcessConfig": process,
            "OpenStdin": bool(one.body.stdin),
            "OpenStderr": bool(one.body.stderr),
            "OpenStdout": bool(one.body.stdout),
            "CanRemove": not one.running,
            "ContainerID": one.container.id,
            "DetachKeys": "",
            "Pid": 5000 + int(one.id[:3], 16) * 4,
        },
    )


def resize_exec(call: Call) -> Answer:
    """The size of an exec's terminal: accepted, nothing is drawn."""
    call.host.execs.find(call.path["id"])
    return Answer(200)


async def start_exec(request: web.Request, call: Call) -> web.StreamResponse:
    """``docker exec``, second half."""
    body = call.body(ExecStartBody)
    with call.host.lock:
        one = call.host.execs.startable(call.path["id"])
        if body.detach:
            call.host.execs.start(one)
            return web.Response(status=200)
    return await _start_attached(request, call, one)


async def _start_attached(request: web.Request, call: Call, one: Exec) -> web.StreamResponse:
    host = call.host
    wanted = {number for number, on in ((1, one.body.stdout), (2, one.body.stderr)) if on}
    tty = bool(one.body.tty)
    feed, detach = _attach_output(one.console, wanted)
    connection = HijackedConnection(request, content_type(call.api, tty=tty), tty=tty)
    try:
        if connection.upgraded:
            # Clients read the answer's head with a buffer and then the bare socket: what arrives
            # together with the head is lost to them (docker-py). Real processes take as long.
            await asyncio.sleep(_PROCESS_START_SECONDS)
        with host.lock:
            host.execs.start(one)

        def type_in(data: bytes) -> None:
            with host.lock:
                host.execs.type_in(one, data)

        def end_input() -> None:
            with host.lock:
                if one.body.stdin:
                    host.execs.end_input(one)

        await _carry(connection, feed, type_in, end_input)
        return connection
    finally:
        detach()


async def logs(request: web.Request, call: Call) -> web.StreamResponse:
    """``docker logs``."""
    host = call.host
    wanted = {number for number, name in ((1, "stdout"), (2, "stderr")) if call.flag(name)}
    if not wanted:
        raise Refusal(400, "Bad parameters: you must choose at least one stream")
    with host.lock:
        container = host.containers.find(call.path["id"])
        feed, detach = _attach_output(host.containers.console(container), wanted)
        lines = _last_lines(container, wanted, call.query.get("tail", "all"))
        if not call.flag("follow") or not container.running:
            feed.close()
    try:
        tty = bool(container.config.get("Tty"))
        response = web.StreamResponse(headers={"Content-Type": content_type(call.api, tty=tty)})
        await response.prepare(request)
        for line in lines:
            text = f"{rfc3339(line.time)} {line.text}" if call.flag("timestamps") else line.text
            await response.write(text.encode() if tty else frame(line.stream, text.encode()))
        while piece := await feed.next():
            await response.write(piece[1] if tty else frame(*piece))
        return response
    finally:
        detach()


def _last_lines(container: ContainerState, wanted: set[int], tail: str) -> list[LogLine]:
    lines = [line for line in container.log if line.stream in wanted]
    if not tail.isdigit():
        return lines
    return lines[-int(tail) :] if int(tail) else []


async def wait(request: web.Request, call: Call) -> web.StreamResponse:
    """``docker wait``: answers once the container is in the wanted condition."""
    host = call.host
    condition = call.query.get("condition") or "not-running"
    if condition not in ("not-running", "next-exit", "removed"):
        raise Refusal(400, f"invalid condition: {condition!r}")
    feed: Feed[Event] = Feed()
    with host.lock:
        container = host.containers.find(call.path["id"])
        _, stop = host.events.listen(feed.put)
        met = condition == "not-running" and not container.running
    try:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        final = "destroy" if condition == "removed" else "die"
        while not met:
            event = await feed.next()
            met = event is not None and event.actor == container.id and event.action in (final, "destroy")
        result: dict[str, Any] = {"StatusCode": container.exit_code}
        await response.write(encoded(result) + b"\n")
        return response
    finally:
        stop()


ROUTES = (
    Route("POST", "/containers/{id:[^/]+}/exec", create_exec),
    Route("GET", "/exec/{id:[^/]+}/json", inspect_exec),
    Route("POST", "/exec/{id:[^/]+}/resize", resize_exec),
)
STREAMS = (
    StreamRoute("POST", "/containers/{id:[^/]+}/attach", attach),
    StreamRoute("GET", "/containers/{id:[^/]+}/logs", logs),
    StreamRoute("POST", "/containers/{id:[^/]+}/wait", wait),
    StreamRoute("POST", "/exec/{id:[^/]+}/start", start_exec),
)
