"""A request as the parts of the API see it, and their answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from console.demo.builds import Version
from console.demo.host import PracticeHost
from console.demo.refusal import Refusal

Model = TypeVar("Model", bound=BaseModel)

_TRUE = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True, slots=True)
class Call:
    """One request: ``api`` is the version asked for, ``path`` the values of the path's places."""

    host: PracticeHost
    api: Version
    path: Mapping[str, str]
    query: Mapping[str, str]
    raw_body: bytes = b""

    def flag(self, name: str) -> bool:
        """A boolean of the query; absent and 0 are False."""
        return self.query.get(name, "").lower() in _TRUE

    def filters(self, *known: str) -> dict[str, list[str]]:
        """The ``filters`` of the query; 400 for one the endpoint does not know."""
        return parse_filters(self.query.get("filters", ""), known)

    def body(self, model: type[Model]) -> Model:
        """The JSON body; 400 if it is none or of the wrong shape."""
        try:
            return model.model_validate_json(self.raw_body or b"{}")
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise Refusal(400, f"invalid JSON: {place}: {first['msg']}".replace(": :", ":")) from error


@dataclass(frozen=True, slots=True)
class Answer:
    """``body`` bytes are sent as they are (already JSON), None sends nothing, all else as JSON."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


Handle = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A method, a path below the version prefix, and the function that answers."""

    method: str
    path: str
    handle: Handle


def parse_filters(text: str, known: tuple[str, ...]) -> dict[str, list[str]]:
    """``{"driver":["nat"]}`` or the older ``{"driver":{"nat":true}}`` as lists."""
    if not text:
        return {}
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refusal(400, f"invalid filter: {error}") from error
    if not isinstance(document, dict):
        raise Refusal(400, "invalid filter")
    filters = {}
    for name, values in document.items():
        if name not in known:
            raise Refusal(400, f"invalid filter '{name}'")
        if isinstance(values, dict):
            values = [value for value, on in values.items() if on]
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise Refusal(400, "invalid filter")
        filters[name] = values
    return filters


def matches_labels(labels: Mapping[str, str], wanted: list[str]) -> bool:
    """Whether labels have every wanted ``key`` or ``key=value``."""
    for term in wanted:
        key, given, value = term.partition("=")
        if key not in labels or (given and labels[key] != value):
            return False
    return True
