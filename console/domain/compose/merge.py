"""Several Compose files as one: later ones add to and override earlier ones (Compose specification,
"Merge and override"; the finer rules as the reference implementation has them, compose-go/override).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from console.domain.compose.tree import (
    ComposeError,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    is_null,
    unmarked,
)
from console.domain.text import N_

CONTEXT = "Compose"

Path = tuple[str, ...]

#: Lists whose entries are one with each other where they have the same key: the later one counts.
_UNIQUE_BY_NAME = frozenset(
    {"annotations", "cap_add", "cap_drop", "dns", "dns_opt", "dns_search", "environment", "labels", "links"}
    | {"profiles", "sysctls", "tmpfs", "expose"}
)
#: What may be a mapping or a list of ``name=value``: both files' are joined as lists.
_PAIRS = frozenset({"annotations", "environment", "labels", "sysctls"})
#: What may be one text or a list.
_TEXTS = frozenset({"dns", "dns_opt", "dns_search", "env_file", "label_file", "tmpfs"})
_REPLACED = frozenset({"command", "entrypoint"})


def merged(base: YamlMapping, override: YamlMapping) -> YamlMapping:
    """``base`` with ``override`` over it. Raises :class:`ComposeError` where the two don't fit."""
    return _mappings(base, override, ())


def finished(tree: YamlMapping) -> YamlMapping:
    """The tree with ``!reset`` parts taken out and repeated entries of unique lists made one."""
    node = _finished(tree, ())
    return node if isinstance(node, YamlMapping) else YamlMapping({}, {}, tree.place)


def _mappings(base: YamlMapping, override: YamlMapping, path: Path) -> YamlMapping:
    entries, places = dict(base.entries), dict(base.key_places)
    for key, value in override.entries.items():
        places[key] = override.place_of(key)
        below = (*path, key)
        entries[key] = _node(entries[key], value, below) if key in entries else value
    return replace(base, entries=entries, key_places=places, place=override.place)


def _node(base: YamlNode, override: YamlNode, path: Path) -> YamlNode:
    if override.mark:
        return override
    special = _special(path)
    if special is not None:
        return special(base, override, path)
    if is_null(override):
        return base
    if isinstance(base, YamlMapping) and isinstance(override, YamlMapping):
        return _mappings(base, override, path)
    if isinstance(base, YamlSequence) and isinstance(override, YamlSequence):
        return replace(base, items=(*base.items, *override.items), place=override.place)
    if is_null(base) or (isinstance(base, YamlScalar) and isinstance(override, YamlScalar)):
        return override
    raise ComposeError(
        N_(CONTEXT, "{path} has a different type in an earlier file.", path=".".join(path)), override.place
    )


_Merger = Callable[[YamlNode, YamlNode, Path], YamlNode]


def _special(path: Path) -> _Merger | None:
    """The rule of its own that a part of the project has, None for the general one."""
    match path:
        case ("services", _, key) if key in _REPLACED:
            return _replaced
        case ("services", _, "healthcheck", "test"):
            return _replaced
        case ("services", _, key) if key in _PAIRS | _TEXTS:
            return _joined
        case ("services", _, "build" | "deploy", "labels" | "args") | ("networks" | "volumes", _, "labels"):
            return _joined
        case ("services", _, "networks" | "depends_on" | "models"):
            return _named
        case ("services", _, "logging"):
            return _logging
        case ("services", _, "build"):
            return _build
        case ("networks", _, "ipam", "config"):
            return _pools
        case _:
            return None


def _replaced(_base: YamlNode, override: YamlNode, _path: Path) -> YamlNode:
    return override


def _joined(base: YamlNode, override: YamlNode, _path: Path) -> YamlNode:
    return YamlSequence((*as_texts(base), *as_texts(override)), override.place)


def as_texts(node: YamlNode) -> tuple[YamlNode, ...]:
    """The texts of a list, of a single text, or of a mapping, which gives ``name=value``."""
    match node:
        case YamlSequence():
            return node.items
        case YamlScalar():
            return () if node.null else (node,)
        case YamlMapping():
            return tuple(_pair(key, value, node) for key, value in node.entries.items())


def _pair(key: str, value: YamlNode, owner: YamlMapping) -> YamlScalar:
    text = value.text if isinstance(value, YamlScalar) else ""
    return YamlScalar(key if is_null(value) else f"{key}={text}", owner.place_of(key))


def _named(base: YamlNode, override: YamlNode, path: Path) -> YamlNode:
    return _mappings(as_names(base), as_names(override), path)


def as_names(node: YamlNode) -> YamlMapping:
    """A mapping, or a list of names as a mapping to nothing. Raises :class:`ComposeError`."""
    if isinstance(node, YamlMapping):
        return node
    entries: dict[str, YamlNode] = {}
    places = {}
    for item in as_texts(node):
        if not isinstance(item, YamlScalar):
            raise ComposeError(N_(CONTEXT, "A list of names is expected here."), item.place)
        entries[item.text] = YamlScalar("", item.place, null=True)
        places[item.text] = item.place
    return YamlMapping(entries, places, node.place)


def _logging(base: YamlNode, override: YamlNode, path: Path) -> YamlNode:
    """Options belong to a driver: another one begins anew."""
    if not isinstance(base, YamlMapping) or not isinstance(override, YamlMapping):
        return override
    mine, other = base.get("driver"), override.get("driver")
    same = mine is None or other is None or _text(mine) == _text(other)
    return _mappings(base, override, path) if same else override


def _build(base: YamlNode, override: YamlNode, path: Path) -> YamlNode:
    return _mappings(_as_build(base), _as_build(override), path)


def _as_build(node: YamlNode) -> YamlMapping:
    if isinstance(node, YamlMapping):
        return node
    return YamlMapping({"context": node}, {"context": node.place}, node.place)


def _pools(base: YamlNode, override: YamlNode, path: Path) -> YamlNode:
    """Subnets are one where they are the same; others are added."""
    if not isinstance(base, YamlSequence) or not isinstance(override, YamlSequence):
        raise ComposeError(N_(CONTEXT, "ipam.config is a list of subnets."), override.place)
    pools = list(base.items)
    for item in override.items:
        at = next((at for at, pool in enumerate(pools) if _subnet(pool) == _subnet(item)), None)
        if at is None:
            pools.append(item)
        else:
            mine = pools[at]
            both = isinstance(mine, YamlMapping) and isinstance(item, YamlMapping)
            pools[at] = _mappings(mine, item, path) if both else item  # type: ignore[arg-type]
    return replace(base, items=tuple(pools), place=override.place)


def _subnet(node: YamlNode) -> str:
    found = node.get("subnet") if isinstance(node, YamlMapping) else None
    return _text(found) if found is not None else ""


def _text(node: YamlNode) -> str:
    return node.text if isinstance(node, YamlScalar) else ""


# What is left once all files are in


def _finished(node: YamlNode, path: Path) -> YamlNode | None:
    if node.mark == "reset":
        return None
    node = unmarked(node)
    if isinstance(node, YamlMapping):
        kept = ((key, _finished(value, (*path, key))) for key, value in node.entries.items())
        entries = {key: value for key, value in kept if value is not None}
        return replace(node, entries=entries)
    if isinstance(node, YamlSequence):
        found = (_finished(item, (*path, "[]")) for item in node.items)
        items = [item for item in found if item is not None]
        key = _uniqueness(path)
        return replace(node, items=tuple(_unique(items, key) if key else items))
    return node


def _uniqueness(path: Path) -> Callable[[YamlNode], str] | None:
    match path:
        case ("services", _, "ports"):
            return _port_key
        case ("services", _, "volumes" | "secrets" | "configs"):
            return _target
        case ("services", _, key) if key in _UNIQUE_BY_NAME:
            return _name
        case ("services", _, "networks", _, "aliases") | ("networks", _, "labels"):
            return _name
        case _:
            return None


def _unique(items: Iterable[YamlNode], key: Callable[[YamlNode], str]) -> list[YamlNode]:
    """One entry for each key: the last, at the first one's place in the order."""
    found: dict[str, YamlNode] = {}
    for number, item in enumerate(items):
        found[key(item) or f"\0{number}"] = item
    return list(found.values())


def _name(node: YamlNode) -> str:
    return _text(node).partition("=")[0]


def _port_key(node: YamlNode) -> str:
    if isinstance(node, YamlScalar):
        return node.text
    if not isinstance(node, YamlMapping):
        return ""
    parts = {"host_ip": "0.0.0.0", "published": "", "target": "", "protocol": "tcp"}  # noqa: S104
    found = {key: node.get(key) for key in parts}
    told = {key: _text(value) if value is not None else parts[key] for key, value in found.items()}
    return f"{told['host_ip']}:{told['published']}:{told['target']}/{told['protocol']}"


def _target(node: YamlNode) -> str:
    if isinstance(node, YamlMapping):
        found = node.get("target") or node.get("source")
        return _text(found) if found is not None else ""
    parts = _text(node).split(":")
    # C:\data:C:\app has a drive letter on both sides of the colon.
    words = [part for part in parts if len(part) > 1 and part not in {"ro", "rw"}]
    return words[-1] if words else ""
