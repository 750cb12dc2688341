"""The rules of a pair's ways as a table: one row a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from console.domain.object_ref import ObjectRef
from console.domain.reachability.model import Hop, Layer, Prediction
from console.domain.relations import Relations
from console.domain.text import N_
from console.domain.verdict import Verdict
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.verdicts import MARKS, verdict_text

CONTEXT = "Reachability"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule. ``way`` is the way it stands in, ``number`` its place there; ``title`` its object's name."""

    place: int
    way: str
    number: int
    hop: Hop
    title: str

    @property
    def ref(self) -> ObjectRef | None:
        """The object the rule rests on."""
        return self.hop.ref


def rule_rows(prediction: Prediction, relations: Relations) -> tuple[RuleRow, ...]:
    """The rules of all ways, the best way first, and then those that do not decide."""
    return tuple(_rows(prediction, relations))


def _rows(prediction: Prediction, relations: Relations) -> Iterator[RuleRow]:
    place = 0
    beside = QCoreApplication.translate(CONTEXT, "Also")
    ways = [(shown(way.title), way.hops) for way in prediction.ways]
    for way, hops in (*ways, (beside, prediction.notes)):
        for number, hop in enumerate(hops, start=1):
            title = shown(relations.title_of(hop.ref)) if hop.ref is not None else ""
            yield RuleRow(place, way, number, hop, title)
            place += 1


def rule_key(row: RuleRow) -> int:
    """Its place among all."""
    return row.place


def layer_text(layer: Layer) -> str:
    """Where on the way a rule is, in a person's words."""
    say = QCoreApplication.translate
    words = {
        Layer.COMPARTMENT: say(CONTEXT, "Compartment"),
        Layer.SWITCH: say(CONTEXT, "Switch"),
        Layer.VLAN: say(CONTEXT, "VLAN"),
        Layer.VFP: say(CONTEXT, "VFP"),
        Layer.NAT: say(CONTEXT, "NAT"),
        Layer.PORT: say(CONTEXT, "Published port"),
        Layer.FIREWALL: say(CONTEXT, "Firewall"),
        Layer.DISCOVERY: say(CONTEXT, "Discovery"),
        Layer.WIRE: say(CONTEXT, "Wire"),
    }
    return words[layer]


def passes_text(verdict: Verdict) -> str:
    """A rule's verdict: whether it lets pass."""
    return verdict_text(verdict)


RULE_COLUMNS: tuple[Column[RuleRow], ...] = (
    Column("way", N_(CONTEXT, "Way"), lambda row: row.way, sort=lambda _way: 0, width=38),
    Column("number", N_(CONTEXT, "No."), lambda row: row.number, width=4, numeric=True),
    Column("layer", N_(CONTEXT, "Layer"), lambda row: row.hop.layer, text=layer_text, width=13),
    Column(
        "passes", N_(CONTEXT, "Passes"), lambda row: row.hop.verdict, text=passes_text, width=9,
        mark=lambda row: MARKS[row.hop.verdict],
    ),
    Column("rule", N_(CONTEXT, "Rule"), lambda row: shown(row.hop.words), width=60,
           tip=lambda row: shown(row.hop.words)),
    Column("object", N_(CONTEXT, "Based on"), lambda row: row.title, width=20),
    Column("source", N_(CONTEXT, "Source"), lambda row: row.hop.source, width=24, shown=False),
)  # fmt: skip
