"""What PowerShell writes to standard error when that is no console: CLIXML, plain text, or both.

Read with patterns and not with an XML parser, because it is cut off where the process was ended, is
mixed with plain text, and comes from a host that need not be trusted.
"""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass

HEADER = "#< CLIXML"
#: How much of an unfinished record is kept while waiting for its end, in characters.
LONGEST_RECORD = 65536

_ERROR = re.compile(r'<S S="Error">(.*?)</S>', re.DOTALL)
_PROGRESS = re.compile(r'<PR N="Record">(.*?)</PR>', re.DOTALL)
_DOCUMENT = re.compile(r"<Objs\b.*?(?:</Objs>|\Z)", re.DOTALL)
_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_FIELD = re.compile(r"<(AV|SD|PC)>(.*?)</\1>", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_POSITION = re.compile(r"^\s*(?:At line:\d+ char:\d+|At \S.*:\d+ char:\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Progress:
    """One ``Write-Progress``: ``percent`` is -1 where it is not known."""

    activity: str
    status: str
    percent: int

    def __str__(self) -> str:
        words = ": ".join(part for part in (self.activity, self.status) if part)
        return f"{words} ({self.percent} %)" if self.percent >= 0 else words


class ProgressReader:
    """Finds progress records in standard error as it comes, in pieces of any size."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._rest = ""

    def feed(self, data: bytes) -> tuple[Progress, ...]:
        """The records that ended within ``data``."""
        text = self._rest + self._decoder.decode(data)
        records, end = [], 0
        for match in _PROGRESS.finditer(text):
            records.append(_progress(match[1]))
            end = match.end()
        self._rest = text[end:][-LONGEST_RECORD:]
        return tuple(records)


def error_text(stderr: str) -> str:
    """The errors in what PowerShell wrote to standard error, without markup, colours and positions."""
    errors = "".join(unescape(part) for part in _ERROR.findall(stderr))
    plain = _DOCUMENT.sub("", stderr).replace(HEADER, "")
    return _without_position(_COLOUR.sub("", f"{errors}\n{plain}")).strip()


def unescape(text: str) -> str:
    """``text`` out of CLIXML: XML entities, and ``_x000A_`` for UTF-16 code units XML can't hold."""
    return _ESCAPED.sub(_code_units, html.unescape(text))


def _code_units(match: re.Match[str]) -> str:
    units = bytes.fromhex("".join(match[0][start + 2 : start + 6] for start in range(0, len(match[0]), 7)))
    return units.decode("utf-16-be", errors="replace")


def _progress(record: str) -> Progress:
    fields = {name: unescape(value).strip() for name, value in _FIELD.findall(record)}
    percent = fields.get("PC", "")
    return Progress(
        activity=fields.get("AV", ""),
        status=fields.get("SD", ""),
        percent=int(percent) if percent.lstrip("-").isdigit() else -1,
    )


def _without_position(text: str) -> str:
    """Without where in the script it happened; the error's id, at the end of that, is kept."""
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        quoted = line.lstrip().startswith(("+ ~", "+ &", "+ $"))
        if not quoted and not _POSITION.match(line):
            lines.append(line.rstrip())
    return re.sub(r"\n{2,}", "\n", "\n".join(lines))
