"""The HTTP application: version prefixes, headers, errors as JSON, and all routes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

from aiohttp import web

from console.demo.builds import Version
from console.demo.engine_api import containers, events, images, linux, networks, processes, swarm, system
from console.demo.engine_api.call import Answer, Call, Route
from console.demo.engine_api.streams import StreamRoute
from console.demo.host import PracticeHost
from console.demo.json_text import encoded
from console.demo.powershell.watchdogs import settle
from console.demo.refusal import Refusal

ROUTES: tuple[Route, ...] = (
    *system.ROUTES,
    *networks.ROUTES,
    *containers.ROUTES,
    *processes.ROUTES,
    *images.ROUTES,
    *swarm.ROUTES,
)
STREAMS: tuple[StreamRoute, ...] = (*events.STREAMS, *processes.STREAMS)

_PREFIX = "/v{version:[0-9][0-9.]*}"
_READING = frozenset({"GET", "HEAD"})
_MAXIMUM_BODY = 16 * 1024 * 1024
Streams = set[asyncio.Task[object]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(host: PracticeHost) -> web.Application:
    """The engine's API over one practice host."""
    app = web.Application(middlewares=[_errors_as_json], client_max_size=_MAXIMUM_BODY)
    app.on_response_prepare.append(_engine_headers(host))
    streams: Streams = set()

    async def end_streams(_app: web.Application) -> None:
        """Event streams and the like would keep the server from stopping."""
        for task in tuple(streams):
            task.cancel()

    app.on_shutdown.append(end_streams)
    for route in ROUTES:
        _add(app, route.method, route.path, _answering(host, route))
    for stream in STREAMS:
        _add(app, stream.method, stream.path, _streaming(host, stream, streams))
    return app


def _add(app: web.Application, method: str, path: str, handler: Handler) -> None:
    for prefix in ("", _PREFIX):
        if method == "GET":
            app.router.add_get(prefix + path, handler, allow_head=True)
        else:
            app.router.add_route(method, prefix + path, handler)


def _engine_headers(host: PracticeHost) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """What the engine sends with every answer, errors included."""
    engine = host.build.engine
    headers = {
        "Api-Version": ".".join(map(str, engine.api)),
        "Docker-Experimental": "false",
    }

    async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
        kind = "linux" if host.state.linux_containers else "windows"
        own = {"Ostype": kind, "Server": f"Docker/{engine.version} ({kind})"}
        response.headers.update(headers | own)

    return add_headers


@web.middleware
async def _errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Refusal as refusal:
        return _error(refusal.status, refusal.message)
    except web.HTTPNotFound:
        return _error(404, "page not found")
    except web.HTTPMethodNotAllowed as error:
        return _error(405, error.reason)
    except web.HTTPRequestEntityTooLarge:
        return _error(413, "http: request body too large")


def _error(status: int, message: str) -> web.Response:
    return web.Response(status=status, body=encoded({"message": message}), content_type="application/json")


def api_version(host: PracticeHost, text: str) -> Version:
    """The version of a path's prefix; 400 for one the engine does not speak."""
    engine = host.build.engine
    if not re.fullmatch(r"\d+\.\d+", text):
        raise Refusal(400, f"invalid API version: the API version ({text}) is not valid")
    major, minor = text.split(".")
    asked = (int(major), int(minor))
    if asked < engine.minimum_api:
        minimum = ".".join(map(str, engine.minimum_api))
        raise Refusal(
            400,
            f"client version {text} is too old. Minimum supported API version is {minimum}, please upgrade "
            "your client to a newer version",
        )
    if asked > engine.api:
        maximum = ".".join(map(str, engine.api))
        raise Refusal(400, f"client version {text} is too new. Maximum supported API version is {maximum}")
    return asked


async def _call(host: PracticeHost, request: web.Request) -> Call:
    if not host.admits_account:
        # Here the pipe would not open at all; over HTTP its words are an answer.
        raise Refusal(403, "open //./pipe/docker_engine: Access is denied.")
    path = dict(request.match_info)
    version = path.pop("version", "")
    api = api_version(host, version) if version else host.build.engine.api
    return Call(host, api, path, dict(request.query), await request.read())


def _answering(host: PracticeHost, route: Route) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        call = await _call(host, request)
        with host.lock:
            settle(host)
            handle = linux.handler_of(route) if host.state.linux_containers else route.handle
            answer = handle(call)
            if route.method not in _READING:
                host.keep()
        return _response(answer)

    return handler


def _streaming(host: PracticeHost, stream: StreamRoute, streams: Streams) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a request is handled outside of a task")
        streams.add(task)
        try:
            return await stream.handle(request, await _call(host, request))
        finally:
            streams.discard(task)

    return handler


def _response(answer: Answer) -> web.Response:
    headers = dict(answer.headers)
    body = answer.body
    if body is None:
        return web.Response(status=answer.status, headers=headers)
    headers.setdefault("Content-Type", "application/json")
    return web.Response(
        status=answer.status, headers=headers, body=body if isinstance(body, bytes) else encoded(body) + b"\n"
    )
