"""The table of the port finder: what is held, by whom."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication

from console.domain.port_finder import Hold, HoldKind
from console.domain.text import N_
from console.domain.verdict import Verdict
from console.ui.icons import Icon
from console.ui.models.records import Column
from console.ui.texts import shown

CONTEXT = "PortFinder"


def hold_key(hold: Hold) -> Hashable:
    """A hold is the same while it holds the same ports for the same holder."""
    return (hold.kind, hold.protocol, hold.first, hold.last, hold.holder, hold.process_id, str(hold.words))


def kind_text(kind: HoldKind) -> str:
    """By what kind of thing a port is held, in a person's words."""
    say = QCoreApplication.translate
    words = {
        HoldKind.PUBLISHED: say(CONTEXT, "Published"),
        HoldKind.SERVICE: say(CONTEXT, "Swarm service"),
        HoldKind.NAT_MAPPING: say(CONTEXT, "NAT mapping"),
        HoldKind.LISTENER: say(CONTEXT, "Listening process"),
        HoldKind.EXCLUDED: say(CONTEXT, "Reserved by Windows"),
        HoldKind.ADMINISTERED: say(CONTEXT, "Administered exclusion"),
        HoldKind.DYNAMIC: say(CONTEXT, "Dynamic range"),
    }
    return words[kind]


def held_words(hold: Hold) -> str:
    """By whom a port is held, in a few words within a sentence."""
    say = QCoreApplication.translate
    words = {
        HoldKind.PUBLISHED: say(CONTEXT, "published by {holder}"),
        HoldKind.SERVICE: say(CONTEXT, "published by the swarm service {holder}"),
        HoldKind.NAT_MAPPING: say(CONTEXT, "mapped by the NAT {holder}"),
        HoldKind.LISTENER: say(CONTEXT, "{holder} listens on it"),
        HoldKind.EXCLUDED: say(CONTEXT, "reserved by Windows"),
        HoldKind.ADMINISTERED: say(CONTEXT, "administered exclusion"),
        HoldKind.DYNAMIC: say(CONTEXT, "dynamic range"),
    }
    process = QCoreApplication.translate(CONTEXT, "a process")
    return words[hold.kind].format(holder=hold.holder or process)


def ports_text(hold: Hold) -> str:
    """One port, or the first and last of a range."""
    return str(hold.first) if hold.first == hold.last else f"{hold.first}–{hold.last}"


def _publishable(hold: Hold) -> str:
    no, depends = QCoreApplication.translate(CONTEXT, "No"), QCoreApplication.translate(CONTEXT, "Depends")
    return no if hold.verdict is Verdict.NO else depends


def _mark(hold: Hold) -> tuple[Icon, str]:
    return (Icon.STOP, "error") if hold.verdict is Verdict.NO else (Icon.HELP, "warning")


HOLD_COLUMNS: tuple[Column[Hold], ...] = (
    Column("ports", N_(CONTEXT, "Ports"), ports_text, sort=lambda text: tuple(map(int, text.split("–"))),
           width=16),
    Column("protocol", N_(CONTEXT, "Protocol"), lambda hold: hold.protocol.upper(), width=8),
    Column("kind", N_(CONTEXT, "Held as"), lambda hold: hold.kind, text=kind_text, width=24),
    Column("holder", N_(CONTEXT, "Held by"), lambda hold: hold.holder, width=20),
    Column("process", N_(CONTEXT, "Process id"), lambda hold: hold.process_id or None,
           text=lambda number: "" if number is None else str(number), width=9, numeric=True),
    Column("publishable", N_(CONTEXT, "Can be published"), _publishable, width=14, mark=_mark),
    Column("words", N_(CONTEXT, "Why"), lambda hold: shown(hold.words), width=50),
)  # fmt: skip
