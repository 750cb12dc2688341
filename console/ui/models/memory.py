"""The columns of the table of remembered networks."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.domain.memory import RememberedNetwork
from console.domain.text import N_
from console.ui import texts
from console.ui.icons import Icon
from console.ui.models.records import Column

CONTEXT = "Remembered"

_RANK = {"gone": 0, "changed": 1, "there": 2}


def memory_key(row: RememberedNetwork) -> int:
    """What identifies a row over refreshes."""
    return row.id


def state_words(state: str) -> str:
    """Whether a network is there, in a person's words."""
    words = {
        "gone": QCoreApplication.translate(CONTEXT, "Gone"),
        "changed": QCoreApplication.translate(CONTEXT, "Lost labels"),
        "there": QCoreApplication.translate(CONTEXT, "Present"),
    }
    return words[state]


def _mark(row: RememberedNetwork) -> tuple[Icon, str]:
    marks = {
        "gone": (Icon.ERROR, "error"), "changed": (Icon.WARNING, "warning"), "there": (Icon.OK, "ok")
    }  # fmt: skip
    return marks[row.state]


def _youngest_first(when: datetime) -> float:
    return -when.timestamp()


def _subnets(row: RememberedNetwork) -> tuple[str, ...]:
    return tuple(one.subnet for one in row.spec.subnets)


def _containers(row: RememberedNetwork) -> tuple[str, ...]:
    return tuple(one.container_name for one in row.attached)


def _labels(row: RememberedNetwork) -> tuple[str, ...]:
    return tuple(f"{key}={value}" for key, value in row.spec.labels.items())


MEMORY_COLUMNS: tuple[Column[RememberedNetwork], ...] = (
    Column("name", N_(CONTEXT, "Network"), lambda row: row.spec.name, width=20),
    Column(
        "state", N_(CONTEXT, "State"), lambda row: row.state, text=state_words, mark=_mark,
        sort=lambda state: _RANK[state], width=14,
    ),
    Column(
        "gone", N_(CONTEXT, "Gone since"), lambda row: row.gone_since, text=texts.moment,
        sort=_youngest_first, width=19, searched=False,
    ),
    Column("driver", N_(CONTEXT, "Driver"), lambda row: row.spec.driver, width=12),
    Column("subnets", N_(CONTEXT, "Subnets"), _subnets, text=", ".join, width=18),
    Column("containers", N_(CONTEXT, "Containers on it"), _containers, text=", ".join, width=24),
    Column("labels", N_(CONTEXT, "Labels"), _labels, text=", ".join, width=22),
    Column(
        "first", N_(CONTEXT, "First seen"), lambda row: row.first_seen, text=texts.moment, width=19,
        shown=False, searched=False,
    ),
    Column("id", N_(CONTEXT, "Last ID"), lambda row: row.network, width=20, shown=False),
)  # fmt: skip
