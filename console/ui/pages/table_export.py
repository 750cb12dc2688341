"""Writing what a table shows to a file of the person's choice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from console.domain.text import N_, verbatim
from console.ui.models.export import as_csv, as_json
from console.ui.models.records import Column
from console.ui.tasks import ask

if TYPE_CHECKING:
    from console.domain.problem import Problem

CONTEXT = "Export"


@dataclass(frozen=True)
class Unwritten:
    """A file that could not be written, and the system's reason."""

    path: str
    reason: str

    @property
    def problem(self) -> Problem:
        """It as a card shows it."""
        from console.domain.problem import Problem

        return Problem(
            what=N_(CONTEXT, "The file {path} was not written.", path=self.path),
            why=verbatim(self.reason),
            do=(N_(CONTEXT, "Choose another folder."),),
        )


Writer = Callable[[Sequence[Column[Any]], Sequence[Any]], str]

ENCODINGS = {"csv": "utf-8-sig", "json": "utf-8"}
"""Without the mark Excel on Windows takes a CSV file for one in the system's code page."""

WRITERS: dict[str, Writer] = {"csv": as_csv, "json": as_json}


async def export_table(
    parent: QWidget,
    stem: str,
    suffix: str,
    columns: Sequence[Column[Any]],
    records: Sequence[Any],
    *,
    writer: Writer | None = None,
) -> Unwritten | None:
    """Ask where to and write ``records`` as ``suffix`` (csv or json). None: written, or not wanted.

    ``writer`` makes the file's text in a thread; without one it is that of any table.
    """
    say = QCoreApplication.translate
    kinds = {"csv": say(CONTEXT, "CSV files (*.csv)"), "json": say(CONTEXT, "JSON files (*.json)")}
    dialog = QFileDialog(parent, say(CONTEXT, "Export"), f"{stem}.{suffix}", kinds[suffix])
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    if not await ask(dialog):
        return None
    path = Path(dialog.selectedFiles()[0])
    text = await asyncio.to_thread(writer or WRITERS[suffix], columns, records)
    try:
        # CSV brings its own line ends (RFC 4180), which newline="" leaves alone.
        await asyncio.to_thread(path.write_text, text, encoding=ENCODINGS[suffix], newline="")
    except OSError as error:
        return Unwritten(str(path), error.strerror or str(error))
    return None
