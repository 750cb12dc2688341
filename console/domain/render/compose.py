"""A network as an entry of a Compose file's ``networks:``, out and in (Compose specification).

Compose puts variables into values (``$NAME``), so a dollar sign is written twice; names of keys are
taken as they are. It would also put the project's name before the network's unless ``name`` is
given, so it is always given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from console.domain.render.errors import EntryError, InexpressibleError
from console.domain.render.yaml_nodes import (
    block,
    compose_tree,
    is_null,
    mapping,
    sequence,
    text_of,
)
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

CONTEXT = "Compose"

_KEY = re.compile(r"[A-Za-z0-9._-]{1,64}")
_VARIABLE = re.compile(r"\$(?:\$|\{[^}]*\}?|[A-Za-z_][A-Za-z0-9_]*|)")
_BOOLEANS: Mapping[str, bool] = {"true": True, "false": False}
_KNOWN = frozenset(
    {"name", "driver", "driver_opts", "ipam", "internal", "attachable", "labels", "external"}
    | {"enable_ipv4", "enable_ipv6"}
)
_POOL_KEYS = frozenset({"subnet", "gateway", "ip_range", "aux_addresses"})


def compose_entry(spec: NetworkSpec) -> str:
    """The ``networks:`` text that makes Compose create ``spec``; raises as :func:`network_entry` does."""
    return block({"networks": {_key(spec.name): network_entry(spec)}})


def network_entry(spec: NetworkSpec) -> dict[str, object]:
    """What stands below the key of a network that Compose is to create.

    Raises :class:`InexpressibleError` for what Compose has no word for: scope, swarm ingress,
    configuration-only networks.
    """
    _refuse_unknown_to_compose(spec)
    network: dict[str, object] = {"name": _value(spec.name), "driver": _value(spec.driver)}
    if spec.options:
        network["driver_opts"] = _values(spec.options)
    if ipam := _ipam(spec):
        network["ipam"] = ipam
    for key, wanted in (("internal", spec.internal), ("attachable", spec.attachable)):
        if wanted:
            network[key] = True
    if not spec.enable_ipv4:
        network["enable_ipv4"] = False
    if spec.enable_ipv6:
        network["enable_ipv6"] = True
    if spec.labels:
        network["labels"] = _values(spec.labels)
    return network


def external_entry(name: str) -> str:
    """The ``networks:`` text with which Compose uses the existing network ``name``.

    The seed's form ("Docker Compose") is the old one, with the name below ``external``; Compose
    takes the name beside it since file format 3.5.
    """
    return block({"networks": {_key(name): {"name": _value(name), "external": True}}})


def external_name(text: str, key: str | None = None) -> str | None:
    """The network an entry refers to if it is an external one (both forms), else None."""
    name, entry = _only_entry(text, key)
    if not _is_external(entry.get("external")):
        return None
    inner = entry["external"]
    nested = (
        "" if _boolean_word(inner) else _resolved(mapping(inner, "external").get("name"), "external.name")
    )
    return _resolved(entry.get("name"), "name") or nested or name


def parse_entry(text: str, *, key: str | None = None, default_driver: str = "nat") -> NetworkSpec:
    """The spec of one entry of a Compose file's ``networks:`` (other parts of the file may be there).

    ``key`` chooses the entry where there are several. ``default_driver`` is what the engine takes
    where the entry names none: nat on Windows (reference, 0.2), bridge on Linux.

    Raises :class:`EntryError` for what is not YAML, not a network to be created (``external``), or
    depends on a variable.
    """
    name, entry = _only_entry(text, key)
    if _is_external(entry.get("external")):
        raise EntryError(
            N_(
                CONTEXT,
                "{key} is external: Compose uses a network that exists already, and creates none.",
                key=name,
            )
        )
    _refuse_unknown_keys(entry, _KNOWN, name)
    ipam = mapping(entry.get("ipam"), "ipam")
    _refuse_unknown_keys(ipam, frozenset({"driver", "config", "options"}), "ipam")
    return NetworkSpec(
        name=_resolved(entry.get("name"), "name") if "name" in entry else name,
        driver=_resolved(entry.get("driver"), "driver") if "driver" in entry else default_driver,
        subnets=tuple(_subnet(node) for node in sequence(ipam.get("config"), "ipam.config")),
        options=_texts(entry.get("driver_opts"), "driver_opts"),
        labels=_labels(entry.get("labels")),
        internal=_flag(entry, "internal"),
        attachable=_flag(entry, "attachable"),
        enable_ipv4=_flag(entry, "enable_ipv4", default=True),
        enable_ipv6=_flag(entry, "enable_ipv6"),
        ipam_driver=_resolved(ipam.get("driver"), "ipam.driver"),
        ipam_options=_texts(ipam.get("options"), "ipam.options"),
    )


def _refuse_unknown_to_compose(spec: NetworkSpec) -> None:
    asked = {
        "--scope": bool(spec.scope),
        "--ingress": spec.ingress,
        "--config-only": spec.config_only,
        "--config-from": bool(spec.config_from),
    }
    if flags := [flag for flag, wanted in asked.items() if wanted]:
        raise InexpressibleError(
            N_(
                CONTEXT,
                "Compose has no equivalent for {flags} of docker network create.",
                flags=", ".join(flags),
            )
        )


def _key(name: str) -> str:
    return name if _KEY.fullmatch(name) else "network"


def _value(text: str) -> str:
    return text.replace("$", "$$")


def _values(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: _value(value) for key, value in texts.items()}


def _ipam(spec: NetworkSpec) -> dict[str, object]:
    ipam: dict[str, object] = {}
    if spec.ipam_driver:
        ipam["driver"] = _value(spec.ipam_driver)
    if spec.subnets:
        ipam["config"] = [_pool(entry) for entry in spec.subnets]
    if spec.ipam_options:
        ipam["options"] = _values(spec.ipam_options)
    return ipam


def _pool(entry: SubnetSpec) -> dict[str, object]:
    pool: dict[str, object] = {"subnet": _value(entry.subnet)}
    if entry.ip_range:
        pool["ip_range"] = _value(entry.ip_range)
    if entry.gateway:
        pool["gateway"] = _value(entry.gateway)
    if entry.aux_addresses:
        pool["aux_addresses"] = _values(entry.aux_addresses)
    return pool


def _only_entry(text: str, key: str | None) -> tuple[str, dict[str, Node]]:
    root = mapping(compose_tree(text), "The file")
    entries = mapping(root.get("networks"), "networks")
    if key is None and len(entries) == 1:
        key = next(iter(entries))
    if key is None or key not in entries:
        raise EntryError(
            N_(
                CONTEXT,
                "One entry below networks: is needed; here there are {count}: {keys}",
                count=len(entries),
                keys=", ".join(entries),
            )
        )
    return key, mapping(entries[key], f"networks.{key}")


def _refuse_unknown_keys(entry: Mapping[str, object], known: frozenset[str], where: str) -> None:
    # Keys that begin with x- are Compose's own extension mechanism and mean nothing to it.
    if unknown := [key for key in entry if key not in known and not key.startswith("x-")]:
        raise EntryError(
            N_(CONTEXT, "Compose does not know {keys} in {where}.", keys=", ".join(unknown), where=where)
        )


def _is_external(node: Node | None) -> bool:
    if node is None or is_null(node):
        return False
    return _boolean_word(node) != "false"


def _boolean_word(node: Node) -> str:
    word = getattr(node, "value", "")
    return word.lower() if isinstance(word, str) and word.lower() in _BOOLEANS else ""


def _subnet(node: Node) -> SubnetSpec:
    pool = mapping(node, "ipam.config")
    _refuse_unknown_keys(pool, _POOL_KEYS, "ipam.config")
    return SubnetSpec(
        subnet=_resolved(pool.get("subnet"), "subnet"),
        gateway=_resolved(pool.get("gateway"), "gateway"),
        ip_range=_resolved(pool.get("ip_range"), "ip_range"),
        aux_addresses=_texts(pool.get("aux_addresses"), "aux_addresses"),
    )


def _texts(node: Node | None, where: str) -> dict[str, str]:
    return {key: _resolved(value, f"{where}.{key}") for key, value in mapping(node, where).items()}


def _labels(node: Node | None) -> dict[str, str]:
    """Labels come as a mapping or as a list of ``name=value``."""
    if isinstance(getattr(node, "value", None), list) and getattr(node, "id", "") == "sequence":
        pairs = (_resolved(item, "labels").partition("=") for item in sequence(node, "labels"))
        return {key: value for key, _, value in pairs}
    return _texts(node, "labels")


def _flag(entry: Mapping[str, Node], key: str, *, default: bool = False) -> bool:
    word = _resolved(entry.get(key), key).lower()
    if not word:
        return default
    if word not in _BOOLEANS:
        raise EntryError(N_(CONTEXT, "{key} must be true or false.", key=key))
    return _BOOLEANS[word]


def _resolved(node: Node | None, where: str) -> str:
    """A value with ``$$`` undone; a variable in it can't be known here."""

    def undone(found: re.Match[str]) -> str:
        if found.group() != "$$":
            raise EntryError(
                N_(
                    CONTEXT,
                    "{where} holds the variable {variable}, which only Compose knows. Write its value.",
                    where=where,
                    variable=found.group(),
                )
            )
        return "$"

    return _VARIABLE.sub(undone, text_of(node, where))
