"""The docker commands in a pasted text, whatever shell and prompt they come with: :func:`read_paste`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from console.domain.render.errors import CommandError, ExpressionError, refuse_unfinished_quote
from console.domain.render.shell import Shell, split

_MOST = 64_000  # characters of a paste that are looked at
_MOST_COMMANDS = 50
_PROMPT = re.compile(
    r"\s*(?:(?:\([\w-]+\)\s*)?(?:PS\s*)?(?:[A-Za-z]:|\\\\)[^>\n\"'|&]{0,200}>+|PS>|[\w.-]+@[\w.-]+:[^\s$#]*[$#]"
    r"|[$#](?=\s*(?:sudo\s+)?docker)|>(?=\s*docker))\s*",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*(?:#|::|//|rem\b)", re.IGNORECASE)
_FENCE = re.compile(r"\s*```")
_CONTINUED = re.compile(r"[ \t]*[\^`\\]\s*$")
# What PowerShell and cmd.exe print before the further lines of one command.
_GOES_ON = re.compile(r"\s*(?:>>+|More\?)\s?", re.IGNORECASE)
_TYPOGRAPHIC_QUOTES = str.maketrans(
    {**dict.fromkeys("\u201c\u201d\u201e\u201f", '"'), **dict.fromkeys("\u2018\u2019\u201a\u201b", "'")}
)
_PROGRAM = re.compile(r"(?:.*[\\/])?docker(?:\.exe)?", re.IGNORECASE)
_VARIABLE = re.compile(r"\$[{(]?[A-Za-z_]")
_HAS_DOCKER = re.compile(r"\bdocker(?:\.exe)?[\"']?\s", re.IGNORECASE)
_GLOBAL_WITH_VALUE = frozenset({"-H", "--host", "-c", "--context", "-l", "--log-level", "--config"})
_KINDS = {
    ("network", "create"): "network create",
    ("network", "connect"): "network connect",
    ("service", "create"): "service create",
    ("container", "run"): "run",
    ("container", "create"): "run",
    ("run",): "run",
    ("create",): "run",
}


@dataclass(frozen=True, slots=True)
class PastedCommand:
    """One command: its kind, the words before its flags, and the words from its flags on.

    ``typographic`` is whether it had the quotation marks of a word processor, which were put right.
    ``expression`` is the refusal to work out a variable, which stands in the words as it was typed.
    """

    kind: str
    head: tuple[str, ...]
    words: tuple[str, ...]
    shell: Shell
    unreadable: CommandError | None = None
    typographic: bool = False
    expression: ExpressionError | None = None


def read_paste(text: str) -> tuple[PastedCommand, ...]:
    """The commands that this console has something to say about, in their order."""
    found = (_command(line, shell) for line, shell in _logical_lines(text[:_MOST]))
    commands = [command for command in found if command is not None]
    return tuple(commands[:_MOST_COMMANDS])


def _logical_lines(text: str) -> Iterator[tuple[str, Shell]]:
    """Each command as one line without prompt and comment, and the shell it is written for."""
    joined = ""
    marks = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        if not joined and (_FENCE.match(line) or (_COMMENT.match(line) and not _PROMPT.match(line))):
            continue
        if not joined and (prompt := _PROMPT.match(line)):
            marks = prompt.group()
            line = line[prompt.end() :]
        if joined and (goes_on := _GOES_ON.match(line)):
            line = line[goes_on.end() :]
        if continued := _CONTINUED.search(line):
            joined += line[: continued.start()] + " "
            marks += continued.group()
            continue
        whole = joined + line
        yield from ((part, _shell(part, marks)) for part in _commands_of(whole))
        joined = marks = ""
    if joined:
        yield joined, _shell(joined, marks)


def _shell(line: str, marks: str) -> Shell:
    if "`" in marks or "PS" in marks:
        return Shell.POWERSHELL
    if "^" in marks or ">" in marks:
        return Shell.CMD
    if "$" in marks or "\\" in marks:
        return Shell.POSIX
    return Shell.POWERSHELL if "'" in line or _VARIABLE.search(line) else Shell.CMD


def _commands_of(line: str) -> Iterator[str]:
    """The parts of a line between ``&&``, ``;``, ``|`` and braces that stand outside of quotes."""
    if not _HAS_DOCKER.search(line + " "):
        return
    quote = ""
    start = 0
    for at, character in enumerate(line):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "&;|" or (character in "{}" and _stands_alone(line, at)):
            yield line[start:at]
            start = at + 1
    yield line[start:]


def _stands_alone(line: str, at: int) -> bool:
    """Whether a brace is a block's, and no part of a word such as ``{{.ID}}``."""
    return line[max(0, at - 1) : at].strip() == "" and line[at + 1 : at + 2].strip() == ""


def _command(line: str, shell: Shell) -> PastedCommand | None:
    if not _HAS_DOCKER.search(line):
        return None
    plain = line.translate(_TYPOGRAPHIC_QUOTES)
    # PowerShell itself takes these marks for quotation marks.
    typographic = plain != line and shell is not Shell.POWERSHELL
    found = _recognized(_words(_without_comment(plain.strip()), shell))
    return replace(found, typographic=typographic) if found is not None else None


def _without_comment(line: str) -> str:
    head, hash_sign, _ = line.partition(" #")
    return head if hash_sign and head.count('"') % 2 == 0 and head.count("'") % 2 == 0 else line


@dataclass(frozen=True, slots=True)
class _Words:
    """A line's words, and what was refused about them."""

    words: list[str]
    shell: Shell
    unreadable: CommandError | None = None
    expression: ExpressionError | None = None


def _words(line: str, likely: Shell) -> _Words:
    """The words, by the first shell that can read the line, beginning with the likeliest one.

    Another shell takes a variable of the likeliest one for letters: it stands in the words as typed.
    """
    refusals: list[CommandError] = []
    for candidate in (likely, *(other for other in Shell if other is not likely)):
        try:
            if candidate is Shell.CMD and line.count('"') % 2:  # cmd.exe itself does not mind
                refuse_unfinished_quote()
            words = split(line, candidate)
        except CommandError as refused:
            refusals.append(refused)
            continue
        first = refusals[0] if refusals else None
        if isinstance(first, ExpressionError):
            return _Words(words, likely, expression=first)
        return _Words(words, candidate)
    return _Words(line.split(), likely, unreadable=refusals[0])


def _recognized(line: _Words) -> PastedCommand | None:
    words = line.words
    at = next((at for at, word in enumerate(words[:4]) if _PROGRAM.fullmatch(word)), None)
    if at is None:
        return None
    after = at + 1
    while after < len(words) and words[after].startswith("-"):
        after += 2 if words[after] in _GLOBAL_WITH_VALUE else 1
    for verbs, kind in _KINDS.items():
        if tuple(word.lower() for word in words[after : after + len(verbs)]) == verbs:
            end = after + len(verbs)
            begin = at - 1 if at and words[at - 1] == "sudo" else at
            return PastedCommand(
                kind,
                tuple(words[begin:end]),
                tuple(words[end:]),
                line.shell,
                line.unreadable,
                expression=line.expression,
            )
    return None
