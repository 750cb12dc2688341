"""YAML text as a tree in which every scalar keeps its spelling, and scalars as YAML text.

Compose files hold versions, addresses and VLAN ids that must not turn into numbers, dates or
booleans on the way: only the node tree is used, never YAML's own objects. No tag is acted upon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from console.domain.render.errors import EntryError
from console.domain.text import N_

if TYPE_CHECKING:
    from ruamel.yaml.nodes import MappingNode, Node

CONTEXT = "Compose"

_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"
# Words that any YAML version reads as text. Everything else stands in double quotes.
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*|\d+\.\d+\.\d+\.\d+(?:/\d+)?")
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# YAML wants the colon within 1024 characters; beyond that a key is marked with a question mark.
_LONGEST_SIMPLE_KEY = 1000
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]')


def compose_tree(text: str) -> Node | None:
    """The root node of a YAML document, None for an empty one; raises :class:`EntryError`."""
    # Imported here because the window starts without it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError) as error:
        problem = " ".join(str(error).split()) or type(error).__name__
        raise EntryError(N_(CONTEXT, "This is not YAML: {problem}", problem=problem)) from error
    return root


def is_null(node: Node | None) -> bool:
    """Whether nothing, or YAML's null, stands there."""
    return node is None or node.tag == _NULL


def mapping(node: Node | None, where: str) -> dict[str, Node]:
    """The entries of a mapping node, anchors merged in (``<<: *base``); null is an empty one."""
    from ruamel.yaml.nodes import MappingNode

    if node is None or is_null(node):
        return {}
    if not isinstance(node, MappingNode):
        raise EntryError(N_(CONTEXT, "{where} must be a mapping of names to values.", where=where))
    return _merged(node, where, ())


def _merged(node: MappingNode, where: str, above: tuple[int, ...]) -> dict[str, Node]:
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    if id(node) in above:
        raise EntryError(N_(CONTEXT, "{where} refers to itself.", where=where))
    merged: dict[str, Node] = {}
    own: dict[str, Node] = {}
    for key, value in node.value:
        name = text_of(key, where)
        if key.tag == _MERGE:
            sources = value.value if isinstance(value, SequenceNode) else [value]
            for source in sources:
                if not isinstance(source, MappingNode):
                    raise EntryError(
                        N_(CONTEXT, "{where} merges something that is not a mapping.", where=where)
                    )
                merged = _merged(source, where, (*above, id(node))) | merged
            continue
        if name in own:
            raise EntryError(N_(CONTEXT, "{where} has {name} twice.", where=where, name=name))
        own[name] = value
    return merged | own


def sequence(node: Node | None, where: str) -> list[Node]:
    """The items of a sequence node; null is an empty one."""
    from ruamel.yaml.nodes import SequenceNode

    if node is None or is_null(node):
        return []
    if not isinstance(node, SequenceNode):
        raise EntryError(N_(CONTEXT, "{where} must be a list.", where=where))
    return list(node.value)


def text_of(node: Node | None, where: str) -> str:
    """A scalar as it is spelled; null is empty text."""
    from ruamel.yaml.nodes import ScalarNode

    if node is None or is_null(node):
        return ""
    if not isinstance(node, ScalarNode):
        raise EntryError(N_(CONTEXT, "{where} must be a single value.", where=where))
    return str(node.value)


def scalar(text: str) -> str:
    """``text`` as a YAML scalar that every YAML reader takes for exactly this text."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if character in '"\\':
        return "\\" + character
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character) or f"\\u{ord(character):04x}"


def comment(text: str) -> str:
    """``text`` as comment lines: no line break or control character of it can end the comment."""
    return "".join(f"# {_ESCAPED_IN_COMMENT.sub(_escape, line)}\n" for line in text.split("\n"))


_ESCAPED_IN_COMMENT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def block(entries: Mapping[str, object], indent: int = 0) -> str:
    """Nested mappings, lists of mappings or texts, texts and booleans as a YAML block."""
    lines: list[str] = []
    for key, value in entries.items():
        lines.extend(_entry(scalar(key), value, " " * indent, indent))
    return "".join(lines)


def _entry(key: str, value: object, margin: str, indent: int) -> list[str]:
    if isinstance(value, bool):
        return [f"{margin}{key}: {str(value).lower()}\n"]
    if isinstance(value, str):
        if len(key) > _LONGEST_SIMPLE_KEY:
            return [f"{margin}? {key}\n{margin}: {scalar(value)}\n"]
        return [f"{margin}{key}: {scalar(value)}\n"]
    if isinstance(value, Mapping):
        return [f"{margin}{key}:\n", block(value, indent + 2)]
    if isinstance(value, list):
        items = [_item(item, indent + 4) for item in value]
        return [f"{margin}{key}:\n", *(f"{margin}  - {item[indent + 4 :]}" for item in items)]
    raise TypeError(f"no YAML for {type(value)}")


def _item(item: str | Mapping[str, object], indent: int) -> str:
    return f"{' ' * indent}{scalar(item)}\n" if isinstance(item, str) else block(item, indent)
