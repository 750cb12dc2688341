"""The driver options of one network as rows, each with what it means."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from console.domain.drivers.options import OPTION_BY_KEY
from console.domain.snapshot import Network
from console.domain.text import N_
from console.ui.models.records import Column
from console.ui.texts import shown

CONTEXT = "OptionColumn"


@dataclass(frozen=True)
class OptionRow:
    """One option of a network. ``known`` is False for a key no driver reads."""

    key: str
    value: str
    title: str
    meaning: str
    known: bool


def option_rows(network: Network, *, windows: bool) -> tuple[OptionRow, ...]:
    """The options of ``network``. On a Windows engine a key outside of the catalog does nothing.

    The engine stores unknown keys without a word (reference, 0.4), so a typing error shows here.
    """
    return tuple(_row(key, value, windows=windows) for key, value in network.options.items())


def _row(key: str, value: str, *, windows: bool) -> OptionRow:
    option = OPTION_BY_KEY.get(key)
    if option is not None:
        meaning = shown(option.help)
        if option.effect is not None:
            meaning = f"{meaning} {shown(option.effect)}"
        return OptionRow(key, value, shown(option.title), meaning, known=True)
    say = QCoreApplication.translate
    if windows:
        title = say(CONTEXT, "Unknown option")
        meaning = say(
            CONTEXT, "No Windows driver reads this key. The engine stores it, but it has no effect."
        )
        return OptionRow(key, value, title, meaning, known=False)
    return OptionRow(key, value, "", say(CONTEXT, "An option of a Linux driver."), known=True)


def option_key(row: OptionRow) -> str:
    """What stays the same over refreshes."""
    return row.key


OPTION_COLUMNS: tuple[Column[OptionRow], ...] = (
    Column("title", N_(CONTEXT, "Option"), lambda row: row.title, width=20),
    Column("value", N_(CONTEXT, "Value"), lambda row: row.value, tip=lambda row: row.value, width=24),
    Column("meaning", N_(CONTEXT, "Meaning"), lambda row: row.meaning, tip=lambda row: row.meaning, width=50),
    Column("key", N_(CONTEXT, "Key"), lambda row: row.key, tip=lambda row: row.key, width=44),
)
