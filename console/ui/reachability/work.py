"""What the reachability page works out of a snapshot for the pair and the set that are chosen."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.discovery.names import KnownName, known_names
from console.domain.reachability.model import (
    ANY,
    HOST,
    OUTSIDE,
    Ask,
    Party,
    PartyKind,
    Prediction,
)
from console.domain.reachability.predict import matrix, predicted
from console.domain.reachability.view import HostView
from console.domain.relations import Relations
from console.domain.snapshot import Snapshot
from console.ui.reachability.ends import all_ends, end_name, usual_ends
from console.ui.reachability.matrix import Matrix
from console.ui.reachability.rules import RuleRow, rule_rows


@dataclass(frozen=True)
class Question:
    """What a person chose. ``source`` or ``target`` None: nothing yet. The matrix is of ``chosen`` ends,
    or without any of the usual ones (on ``network``, an id, where that is given).
    """

    source: Party | None = None
    target: Party | None = None
    ask: Ask = ANY
    network: str = ""
    chosen: tuple[Party, ...] = ()


@dataclass(frozen=True)
class Kept:
    """What is the same for all questions about one snapshot."""

    snapshot: Snapshot
    view: HostView
    names: tuple[KnownName, ...]
    ends: tuple[Party, ...]


@dataclass(frozen=True)
class Reach:
    """The answer: the pair's prediction with its rules, and the matrix."""

    kept: Kept
    question: Question
    source: Party
    target: Party
    prediction: Prediction
    rules: tuple[RuleRow, ...]
    matrix: Matrix


def kept_of(snapshot: Snapshot) -> Kept:
    """What is worked out once for a snapshot. Touches no widget."""
    relations = Relations(snapshot)
    view = HostView(relations)
    return Kept(snapshot, view, known_names(relations), all_ends(view))


def answered(kept: Kept, question: Question) -> Reach:
    """The answer to one question. Touches no widget."""
    view = kept.view
    source, target = _pair(question, view)
    prediction = predicted(source, target, question.ask, view, kept.names)
    ends = question.chosen or usual_ends(view, question.network)
    return Reach(
        kept=kept,
        question=question,
        source=source,
        target=target,
        prediction=prediction,
        rules=rule_rows(prediction, view.relations),
        matrix=Matrix(ends, tuple(end_name(one, view) for one in ends), matrix(ends, question.ask, view)),
    )


def _pair(question: Question, view: HostView) -> tuple[Party, Party]:
    """The pair that is chosen; at first two containers, or the first that runs and the outside."""
    running = [one for one in usual_ends(view) if one.kind is PartyKind.CONTAINER]
    source = question.source or next(iter(running), HOST)
    others = [one for one in (*running, OUTSIDE) if one != source]
    return source, question.target or next(iter(others), HOST)
