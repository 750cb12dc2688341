"""A Compose file as a tree in which everything knows where it stands.

Scalars keep their spelling: no number, date or boolean is made of them on the way. No tag is acted upon
but the two of the Compose specification ("Merge and override"): ``!reset`` and ``!override``. Files are
untrusted: their size, depth and the growth by references to their own parts are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from console.domain.text import N_, Text

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

CONTEXT = "Compose"

#: In characters. Real files have some thousands; the reader needs about ten seconds for this many.
LONGEST_FILE: Final = 500_000
#: Nodes of the finished tree, in which what is referred to stands as often as it is referred to.
MOST_NODES: Final = 60_000
DEEPEST: Final = 60

#: Brackets that are open at one time, also those in texts and comments: the YAML library's time grows
#: with the square of their number, long before it finds them too many.
_DEEPEST_BRACKETS: Final = 500

_TAG = "tag:yaml.org,2002:"
_NULL, _MERGE = f"{_TAG}null", f"{_TAG}merge"
_MARKS = {"!reset": "reset", "!override": "override"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, counted from 1."""

    file: str
    line: int
    column: int = 1


class ComposeError(Exception):
    """A file can't be understood; :attr:`text` says why, :attr:`place` where."""

    def __init__(self, text: Text, place: Place) -> None:
        super().__init__(str(text))
        self.text = text
        self.place = place


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """A single value as it is spelled; ``null`` where nothing, or YAML's null, stands there."""

    text: str
    place: Place
    null: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class YamlSequence:
    """A list."""

    items: tuple[YamlNode, ...]
    place: Place
    mark: str = ""


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """Names and values in their order; ``key_places`` are where the names stand."""

    entries: dict[str, YamlNode]
    key_places: dict[str, Place]
    place: Place
    mark: str = ""

    def get(self, key: str) -> YamlNode | None:
        """The value of ``key``; None also where it is null."""
        value = self.entries.get(key)
        return None if value is None or is_null(value) else value

    def place_of(self, key: str) -> Place:
        """Where ``key`` stands, or else the mapping itself."""
        return self.key_places.get(key, self.place)


YamlNode = YamlScalar | YamlSequence | YamlMapping


def is_null(node: YamlNode) -> bool:
    """Whether nothing, or YAML's null, stands there."""
    return isinstance(node, YamlScalar) and node.null


def alike(one: YamlNode, other: YamlNode) -> bool:
    """Whether both say the same, wherever they stand."""
    match one, other:
        case YamlScalar(), YamlScalar():
            return (one.text, one.null) == (other.text, other.null)
        case YamlSequence(), YamlSequence():
            return len(one.items) == len(other.items) and all(map(alike, one.items, other.items))
        case YamlMapping(), YamlMapping():
            return one.entries.keys() == other.entries.keys() and all(
                alike(value, other.entries[key]) for key, value in one.entries.items()
            )
    return False


def unmarked(node: YamlNode) -> YamlNode:
    """The node without ``!reset`` or ``!override``."""
    return replace(node, mark="") if node.mark else node


def read_tree(file: str, text: str) -> YamlMapping:
    """The tree of a Compose file; an empty one for an empty file. Raises :class:`ComposeError`."""
    # Imported here because the window starts without it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    start = Place(file, 1)
    if len(text) > LONGEST_FILE:
        raise ComposeError(
            N_(
                CONTEXT,
                "The file is too long to be a Compose file: it has more than {most} characters.",
                most=LONGEST_FILE,
            ),
            start,
        )
    if _deepest_brackets(text) > _DEEPEST_BRACKETS:
        raise ComposeError(_too_deep(), start)
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        raise ComposeError(_yaml_problem(error), _error_place(file, error)) from error
    except RecursionError as error:
        raise ComposeError(_too_deep(), start) from error
    tree = YamlMapping({}, {}, start) if root is None else _Reader(file).read(root)
    if isinstance(tree, YamlMapping):
        return tree
    if is_null(tree):
        return YamlMapping({}, {}, start)
    raise ComposeError(N_(CONTEXT, "A Compose file is a mapping of names to values."), tree.place)


def _deepest_brackets(text: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


class _Reader:
    """Turns the YAML library's nodes into ours, counting what it makes."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._made = 0

    def read(self, node: Node, depth: int = 0) -> YamlNode:
        from ruamel.yaml.nodes import MappingNode, SequenceNode

        place, mark = self._place(node), _mark(node)
        self._made += 1
        if self._made > MOST_NODES:
            raise ComposeError(
                N_(CONTEXT, "The file is too large, or refers to its own parts too often."), place
            )
        if depth > DEEPEST:
            raise ComposeError(_too_deep(), place)
        if isinstance(node, MappingNode):
            entries, key_places = self._mapping(node, depth)
            return YamlMapping(entries, key_places, place, mark)
        if isinstance(node, SequenceNode):
            items = tuple(self.read(item, depth + 1) for item in node.value)
            return YamlSequence(items, place, mark)
        return YamlScalar(str(node.value), place, null=node.tag == _NULL, mark=mark)

    def _mapping(self, node: Any, depth: int) -> tuple[dict[str, YamlNode], dict[str, Place]]:
        if depth > DEEPEST:
            raise ComposeError(_too_deep(), self._place(node))
        own: dict[str, YamlNode] = {}
        places: dict[str, Place] = {}
        merged: dict[str, YamlNode] = {}
        merged_places: dict[str, Place] = {}
        for key, value in node.value:
            if key.tag == _MERGE:
                for source in reversed(list(self._sources(value))):
                    entries, key_places = self._mapping(source, depth + 1)
                    merged |= entries
                    merged_places |= key_places
                continue
            place = self._place(key)
            if not isinstance(key.value, str):
                raise ComposeError(N_(CONTEXT, "A name must be a single word or text."), place)
            if key.value in own:
                raise ComposeError(
                    N_(
                        CONTEXT,
                        "{name} appears here a second time; the first is in line {line}.",
                        name=key.value,
                        line=places[key.value].line,
                    ),
                    place,
                )
            own[key.value] = self.read(value, depth + 1)
            places[key.value] = place
        if not merged:
            return own, places
        return merged | own, merged_places | places

    def _sources(self, node: Node) -> Iterator[Any]:
        """The mappings that ``<<`` takes in; the first of several wins."""
        from ruamel.yaml.nodes import MappingNode, SequenceNode

        for source in node.value if isinstance(node, SequenceNode) else [node]:
            if not isinstance(source, MappingNode):
                raise ComposeError(N_(CONTEXT, "<< merges mappings only."), self._place(source))
            self._made += 1
            if self._made > MOST_NODES:
                raise ComposeError(
                    N_(CONTEXT, "The file is too large, or refers to its own parts too often."),
                    self._place(source),
                )
            yield source

    def _place(self, node: Node) -> Place:
        return Place(self._file, node.start_mark.line + 1, node.start_mark.column + 1)


def _mark(node: Node) -> str:
    tag = str(node.tag or "")
    if tag.startswith("!") and tag not in _MARKS and tag != "!":
        # Other tags ask a program to make something of the value; here they are only words.
        return ""
    return _MARKS.get(tag, "")


def _too_deep() -> Text:
    return N_(CONTEXT, "The file is nested too deeply, or refers to itself.")


def _yaml_problem(error: Exception) -> Text:
    problem = getattr(error, "problem", None) or " ".join(str(error).split())
    return N_(CONTEXT, "This is not YAML: {problem}", problem=problem)


def _error_place(file: str, error: Exception) -> Place:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return Place(file, mark.line + 1, mark.column + 1) if mark is not None else Place(file, 1)
