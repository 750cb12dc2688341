"""Variables in the values of a Compose file (Compose specification, "Interpolation")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from console.domain.compose.tree import ComposeError, Place, YamlMapping, YamlNode, YamlScalar, YamlSequence
from console.domain.text import N_

CONTEXT = "Compose"

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATOR = re.compile(r":?[-?+]")
#: How deep defaults may hold variables with defaults.
_DEEPEST: Final = 20
#: Characters a value may grow to: a variable can stand in a value many times.
_LONGEST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a variable. ``value`` is what was put there; ``source`` says where that came from:

    ``set`` (a variable of that name), ``default`` (written beside its name) or ``missing`` (nothing:
    Compose then puts an empty text there, with a warning).
    """

    name: str
    value: str
    source: str
    place: Place


@dataclass(slots=True)
class Variables:
    """The variables' values, every use of one so far, and what could not be understood."""

    values: Mapping[str, str]
    uses: list[Use] = field(default_factory=list)
    errors: list[ComposeError] = field(default_factory=list)


def interpolated(node: YamlNode, variables: Variables) -> YamlNode:
    """The tree with variables put into its values; names of keys are taken as they are.

    A value with something that is no variable, or with one that must be set (``${NAME:?why}``) and is
    not, stays as it is written; the error is kept beside the uses.
    """
    match node:
        case YamlScalar():
            if "$" not in node.text:
                return node
            try:
                return replace(node, text=substituted(node.text, variables, node.place))
            except ComposeError as error:
                variables.errors.append(error)
                return node
        case YamlSequence():
            return replace(node, items=tuple(interpolated(item, variables) for item in node.items))
        case YamlMapping():
            entries = {key: interpolated(value, variables) for key, value in node.entries.items()}
            return replace(node, entries=entries)


def substituted(text: str, variables: Variables, place: Place, depth: int = 0) -> str:
    """``text`` with its variables replaced and ``$$`` undone. Raises :class:`ComposeError` for what is no
    variable, and for one that must be set and is not.
    """
    out: list[str] = []
    at = length = 0
    while at < len(text):
        dollar = text.find("$", at)
        if dollar < 0:
            out.append(text[at:])
            break
        out.append(text[at:dollar])
        value, at = _expression(text, dollar, variables, place, depth)
        out.append(value)
        length += len(value)
        if length > _LONGEST:
            raise ComposeError(N_(CONTEXT, "Variables make this value too long."), place)
    return "".join(out)


def _expression(text: str, at: int, variables: Variables, place: Place, depth: int) -> tuple[str, int]:
    """What the expression at ``at`` (a dollar sign) stands for, and where it ends."""
    following = text[at + 1 : at + 2]
    if following == "$":
        return "$", at + 2
    if following == "{":
        end = _closing_brace(text, at + 2)
        if end is not None:
            return _braced(text[at + 2 : end], variables, place, depth), end + 1
        raise ComposeError(
            N_(
                CONTEXT,
                "The brace of “{text}” is not closed. Write a literal dollar sign twice: $$",
                text=text[at : at + 40],
            ),
            place,
        )
    if name := _NAME.match(text, at + 1):
        return _value(name[0], variables, place), name.end()
    return "$", at + 1  # a dollar sign before anything else is only that


def _closing_brace(text: str, at: int) -> int | None:
    """Where the brace that was opened before ``at`` is closed; defaults may hold further ones."""
    depth = 1
    while at < len(text):
        if text.startswith("${", at):
            depth += 1
            at += 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return None


def _braced(inside: str, variables: Variables, place: Place, depth: int) -> str:
    name = _NAME.match(inside)
    rest = inside[name.end() :] if name else inside
    operator = _OPERATOR.match(rest)
    if name is None or (rest and operator is None):
        raise ComposeError(N_(CONTEXT, "“{text}” is not a variable.", text=f"${{{inside}}}"), place)
    if depth > _DEEPEST:
        raise ComposeError(N_(CONTEXT, "Variables are nested too deeply here."), place)
    if operator is None:
        return _value(name[0], variables, place)
    word = rest[operator.end() :]
    value = variables.values.get(name[0])
    counts = value is not None and (value != "" or not operator[0].startswith(":"))
    kind = operator[0][-1]
    if kind == "+":
        replaced = substituted(word, variables, place, depth + 1) if counts else ""
        variables.uses.append(Use(name[0], replaced, "set" if counts else "default", place))
        return replaced
    if counts and value is not None:
        variables.uses.append(Use(name[0], value, "set", place))
        return value
    if kind == "?":
        reason = substituted(word, variables, place, depth + 1)
        words = N_(CONTEXT, "The variable {name} must be set.", name=name[0])
        if reason:
            words = N_(CONTEXT, "The variable {name} must be set: {reason}", name=name[0], reason=reason)
        raise ComposeError(words, place)
    default = substituted(word, variables, place, depth + 1)
    variables.uses.append(Use(name[0], default, "default", place))
    return default


def _value(name: str, variables: Variables, place: Place) -> str:
    value = variables.values.get(name)
    variables.uses.append(Use(name, value or "", "missing" if value is None else "set", place))
    return value or ""
