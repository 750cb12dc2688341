"""``/events``."""

from __future__ import annotations

import asyncio

from aiohttp import web

from console.demo.engine_api.call import Call, matches_labels
from console.demo.engine_api.streams import Feed, StreamRoute
from console.demo.events import Event
from console.demo.json_text import encoded
from console.demo.refusal import Refusal

_FILTERS = (
    "config", "container", "daemon", "event", "image", "label", "network", "node", "plugin", "scope",
    "secret", "service", "type", "volume",
)  # fmt: skip
_WITHOUT_LEGACY_FIELDS = (1, 52)


def _moment(text: str) -> int | None:
    """``since`` and ``until``: Unix seconds with nanoseconds, as nanoseconds."""
    if not text:
        return None
    seconds, _, fraction = text.partition(".")
    if not seconds.isdigit() or not (fraction or "0").isdigit():
        raise Refusal(400, f"invalid timestamp {text!r}")
    return int(seconds) * 1_000_000_000 + int((fraction + "0" * 9)[:9])


def passes(event: Event, filters: dict[str, list[str]]) -> bool:
    """Whether an event passes every filter."""
    for name, terms in filters.items():
        if name == "type":
            accepted = event.type in terms
        elif name == "event":
            accepted = any(event.action == term or event.action.startswith(term + ":") for term in terms)
        elif name == "scope":
            accepted = event.scope in terms
        elif name == "label":
            accepted = matches_labels(event.attributes, terms)
        else:
            accepted = event.type == name and _is_about(event, terms)
        if not accepted:
            return False
    return True


def _is_about(event: Event, terms: list[str]) -> bool:
    name = event.attributes.get("name", "")
    return any(event.actor == term or name == term or event.actor.startswith(term) for term in terms)


async def stream_events(request: web.Request, call: Call) -> web.StreamResponse:
    """``docker events``: those kept since ``since``, then new ones up to ``until``."""
    filters = call.filters(*_FILTERS)
    since, until = _moment(call.query.get("since", "")), _moment(call.query.get("until", ""))
    legacy = call.api < _WITHOUT_LEGACY_FIELDS
    feed: Feed[Event] = Feed()
    kept, stop = call.host.events.listen(feed.put)
    try:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        for earlier in kept:
            if _is_between(earlier, since, until):
                await _write(response, earlier, filters, legacy=legacy)
        left = None if until is None else until / 1_000_000_000 - call.host.clock()
        try:
            async with asyncio.timeout(left if left is None else max(left, 0)):
                while event := await feed.next():
                    await _write(response, event, filters, legacy=legacy)
        except TimeoutError:
            pass
        except ConnectionResetError:
            pass  # who listened has gone: that is how a stream without an end ends
        return response
    finally:
        stop()


def _is_between(event: Event, since: int | None, until: int | None) -> bool:
    """Whether a kept event is asked for: only with ``since``."""
    return since is not None and since <= event.time_ns and (until is None or event.time_ns <= until)


async def _write(
    response: web.StreamResponse, event: Event, filters: dict[str, list[str]], *, legacy: bool
) -> None:
    if passes(event, filters):
        await response.write(encoded(event.document(legacy=legacy)) + b"\n")


STREAMS = (StreamRoute("GET", "/events", stream_events),)
