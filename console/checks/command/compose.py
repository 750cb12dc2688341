"""Compose files and ``networks:`` snippets as pasted."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from console.checks.command.network import objections, unsupported_parts, working
from console.checks.command.verdict import Trouble, Verdict
from console.checks.compose.judge import compose_problems
from console.checks.plain_host import plain_host
from console.domain.compose.model import ComposeProblem, ComposeService, SourceFile
from console.domain.compose.project import ProjectSources, load_project
from console.domain.render.compose import external_name, network_entry, parse_entry
from console.domain.render.errors import EntryError, InexpressibleError
from console.domain.render.yaml_nodes import block, compose_tree, mapping
from console.domain.severity import Severity
from console.domain.spec import NetworkSpec
from console.domain.text import N_, Text

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

CONTEXT = "Command check"

# Where a Compose document begins in a paste, and with what lines it is over.
_BEGINS = re.compile(r"^[ \t]*(?:networks|services|version|name|x-[\w-]+|volumes)[ \t]*:", re.MULTILINE)
_MATTERS = re.compile(r"^(?:networks|services)[ \t]*:", re.MULTILINE)
_ENDS = re.compile(
    r"^(?:[ \t]*```|[ \t]*(?:PS )?[A-Za-z]:[\\/][^\n:]*>|[$#] (?:sudo )?docker"
    r"|(?:sudo )?docker(?:-compose)? |EOF\d?$)",
    re.MULTILINE,
)
_ALIAS = re.compile(r"(?:^|[\s\[,])\*[\w-]")
_MOST = 64_000
_MOST_ALIASES = 20  # of which merged entries could grow without measure
_MOST_ENTRIES = 50
_MOST_NESTED = 100
_BRACKET = re.compile(r"[\[\]{}]")
_NESTED = N_(CONTEXT, "It is nested too deeply.")
_NOT_ON_WINDOWS = frozenset(
    {"unsupported-service-option", "ipv6-address", "port-host-address", "port-range", "port-protocol"}
)
# The attribute that a rule is about, where the problem's place is inside of it.
_ATTRIBUTES = {
    "ipv6-address": "ipv6_address",
    "port-host-address": "ports",
    "port-range": "ports",
    "port-protocol": "ports",
}


def compose_part(text: str) -> str:
    """The Compose document in a paste, without fences, prompts and indentation; "" where there is none."""
    text = text.replace("\r\n", "\n")
    begin = _BEGINS.search(text[:_MOST])
    if begin is None:
        return ""
    document = text[begin.start() :]
    end = _ENDS.search(document)
    document = textwrap.dedent(document[: end.start()] if end else document)
    return document if _MATTERS.search(document) else ""


def judged_compose(text: str, build: int) -> tuple[Verdict, ...]:
    """What Windows makes of each network, and of each service that asks for what it lacks."""
    if len(text) > _MOST or len(_ALIAS.findall(text)) > _MOST_ALIASES:
        return (_unreadable(N_(CONTEXT, "The file is too large, or refers to its own parts too often.")),)
    if _deepest(text) > _MOST_NESTED:
        return (_unreadable(_NESTED),)
    try:
        root = mapping(compose_tree(text), "the file")
        networks = mapping(root.get("networks"), "networks")
        mapping(root.get("services"), "services")
        found = [_network(text, key, node, build) for key, node in list(networks.items())[:_MOST_ENTRIES]]
        found += _services(text, build)
    except (EntryError, RecursionError) as refused:
        words = refused.text if isinstance(refused, EntryError) else _NESTED
        return (_unreadable(words),)
    return tuple(found)


def _deepest(text: str) -> int:
    """How deeply brackets and braces are nested, at most (those in quotes count too)."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _unreadable(words: Text) -> Verdict:
    trouble = Trouble("unreadable", Severity.ERROR, words)
    return Verdict(kind="compose", supported=False, troubles=(trouble,))


def _network(text: str, key: str, node: Node, build: int) -> Verdict:
    try:
        if (external := external_name(text, key)) is not None:
            return Verdict(kind="compose network", name=external)
        spec = parse_entry(text, key=key)
        named = "name" in mapping(node, key)
    except EntryError as refused:
        trouble = Trouble("refused-by-compose", Severity.ERROR, refused.text)
        return Verdict(kind="compose network", name=key, supported=False, troubles=(trouble,))
    # Without a name of its own it is called after the project and the key: "default" is no name then.
    judged = spec if named else spec.model_copy(update={"name": f"project_{key}"})
    unsupported = tuple(unsupported_parts(judged))
    better = working(judged, build)
    return Verdict(
        kind="compose network",
        driver=spec.driver,
        name=spec.name,
        subnets=tuple(entry.subnet for entry in spec.subnets if entry.subnet),
        gateways=tuple(entry.gateway for entry in spec.subnets if entry.gateway),
        options=tuple(spec.options.items()),
        supported=not unsupported,
        unsupported=tuple(trouble.flag for trouble in unsupported),
        troubles=(*unsupported, *objections(judged, build)),
        rewritten=_rewritten(better, key, named=named),
        spec=better or judged,
    )


def _rewritten(better: NetworkSpec | None, key: str, *, named: bool) -> str | None:
    if better is None:
        return None
    try:
        entry = network_entry(better)
    except InexpressibleError:
        return None
    if not named:
        del entry["name"]
    return block({"networks": {key: entry}})


def _services(text: str, build: int) -> Iterator[Verdict]:
    """The services, by the same rules that the Compose page judges them by."""
    project = load_project(ProjectSources((SourceFile("compose.yaml", text),), folder="compose"))
    problems = compose_problems(project, plain_host(build))
    for service in project.services[:_MOST_ENTRIES]:
        own = [one for one in problems if one.subject == service.key and one.severity is not Severity.NOTE]
        unsupported = [_attribute(service, one) for one in own if one.id in _NOT_ON_WINDOWS]
        yield Verdict(
            kind="compose service",
            name=service.key,
            supported=not unsupported,
            unsupported=tuple(dict.fromkeys(unsupported)),
            troubles=tuple(
                Trouble(one.id, one.severity, one.message, one.remedy or one.why, _attribute(service, one))
                for one in own
            ),
        )


def _attribute(service: ComposeService, problem: ComposeProblem) -> str:
    """The attribute of a service that a problem is about; "" where it is about all of it."""
    places = service.entry.key_places.items()
    exact = next((key for key, place in places if place == problem.place), "")
    return exact or _ATTRIBUTES.get(problem.id, "")
