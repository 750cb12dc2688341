"""Tables as files: CSV for spreadsheets, JSON for programs. Values go out unchanged."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from console.ui.models.records import Column
from console.ui.texts import shown

R = TypeVar("R")


def as_csv(columns: Sequence[Column[R]], records: Sequence[R]) -> str:
    """RFC 4180 text with a title row; cells are the texts of the table."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([shown(column.title) for column in columns])
    writer.writerows([[column.cell(record) for column in columns] for record in records])
    return text.getvalue()


def as_json(columns: Sequence[Column[R]], records: Sequence[R]) -> str:
    """An array of objects keyed by column id; values keep their types, times are ISO 8601."""
    rows = [{column.id: plain(column.value(record)) for column in columns} for record in records]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def plain(value: Any) -> Any:
    """A value as JSON has it: times as ISO 8601, tuples as arrays."""
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
