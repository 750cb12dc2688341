"""``docker network create`` as pasted."""

from __future__ import annotations

from console.checks.command.network import objections, unsupported_parts, working
from console.checks.command.reading import PastedCommand
from console.checks.command.repair import repaired
from console.checks.command.scan import Scanned, scan
from console.checks.command.verdict import Trouble, Verdict
from console.domain.render.create_line import spec_of_words
from console.domain.render.docker import create_command
from console.domain.render.errors import CommandError, InexpressibleError
from console.domain.render.flags import FLAGS, SHORT_FLAGS, Kind
from console.domain.severity import Severity
from console.domain.spec import NetworkSpec
from console.domain.text import N_

CONTEXT = "Command check"

_BOOLEANS = frozenset(flag for flag, kind in FLAGS.items() if kind is Kind.BOOLEAN)
_NO_NAME = Trouble(
    "name-missing",
    Severity.ERROR,
    N_(CONTEXT, "The command names no network."),
    N_(CONTEXT, "Put the network's name at the end."),
)


def judged_create(command: PastedCommand, build: int) -> Verdict:
    """What Windows makes of a pasted ``docker network create``."""
    words, troubles = repaired(command, (*FLAGS, "--name"))
    scanned = scan(words, _BOOLEANS, SHORT_FLAGS)
    words, named = _with_name_as_operand(words, scanned)
    troubles += named
    if not scanned.operands and not named:
        troubles += (_NO_NAME,)
    given = "--driver" in scanned.values
    try:
        # Judged also without a name: one is put in place of it, and no command is written then.
        spec = spec_of_words(words if scanned.operands or named else [*words, "unnamed"])
    except CommandError as refused:
        return _refused(
            scanned, (*troubles, Trouble("refused-by-client", Severity.ERROR, refused.text)), given
        )
    unsupported = tuple(unsupported_parts(spec, driver_given=given))
    nameless = _NO_NAME in troubles
    uncertain = command.unreadable or command.expression
    if command.expression is not None:
        troubles += (Trouble("variable", Severity.WARNING, command.expression.text),)
    better = None if nameless or uncertain is not None else working(spec, build)
    try:
        rewritten = create_command(better, command.shell) if better is not None else None
    except InexpressibleError:
        rewritten = None
    return Verdict(
        kind=command.kind,
        driver=spec.driver,
        name=None if nameless else spec.name,
        subnets=tuple(entry.subnet for entry in spec.subnets if entry.subnet),
        gateways=tuple(entry.gateway for entry in spec.subnets if entry.gateway),
        options=tuple(spec.options.items()),
        supported=not unsupported,
        unsupported=tuple(trouble.flag for trouble in unsupported if given or trouble.flag != "--driver"),
        troubles=(*troubles, *unsupported, *_objections(spec, build, uncertain)),
        rewritten=rewritten,
        spec=None if uncertain is not None else _openable(better or spec, nameless=nameless),
    )


def _objections(spec: NetworkSpec, build: int, uncertain: CommandError | None) -> tuple[Trouble, ...]:
    """What is wrong with the network, unless its addresses are a shell's variables."""
    addresses = " ".join(f"{entry.subnet} {entry.gateway} {entry.ip_range}" for entry in spec.subnets)
    if uncertain is not None and set("$%") & set(addresses):
        return ()
    return tuple(objections(spec, build))


def _openable(spec: NetworkSpec, *, nameless: bool) -> NetworkSpec:
    """What a form is filled with: a name that only stood in for a missing one is left out."""
    return spec.model_copy(update={"name": ""}) if nameless else spec


def _with_name_as_operand(words: list[str], scanned: Scanned) -> tuple[list[str], tuple[Trouble, ...]]:
    """``--name NAME``, which ``docker run`` has and this command has not, as the operand that it is."""
    names = scanned.values.get("--name")
    if not names or scanned.operands:
        return words, ()
    kept: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--name":
            rest[:1] = []
        elif not word.startswith("--name="):
            kept.append(word)
    trouble = Trouble(
        "unknown-flag",
        Severity.ERROR,
        N_(CONTEXT, "docker network create has no flag --name."),
        N_(CONTEXT, "Put the network's name at the end, without a flag."),
        "--name",
    )
    return [*kept, names[-1]], (trouble,)


def _refused(scanned: Scanned, troubles: tuple[Trouble, ...], driver_given: bool) -> Verdict:
    """What can be told of a command that the client does not even send."""
    pairs = (value.partition("=") for value in scanned.values.get("--opt", ()))
    options = tuple((key, value) for key, _, value in pairs)
    flags = ("--aux-address", "--internal", "--ip-range", "--ipam-opt", "--ipv6")
    unsupported = tuple(flag for flag in flags if flag in scanned.values)
    return Verdict(
        kind="network create",
        driver=scanned.last("--driver") or "bridge",
        name=scanned.operands[0] if len(scanned.operands) == 1 else None,
        subnets=scanned.items("--subnet"),
        gateways=scanned.items("--gateway"),
        options=options,
        supported=not unsupported and driver_given,
        unsupported=unsupported,
        troubles=troubles,
    )
