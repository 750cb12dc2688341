"""What the window looked like last time: geometry, columns, sort orders, theme of the person's choice.

State, not settings: deleting the file loses nothing that was decided. A file that can't be read is
as good as none.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QDir, QFile, QIODevice, QSaveFile

logger = logging.getLogger(__name__)

FORMAT = 1


class WindowState:
    """A small JSON document: one object per remembered thing, by its id.

    ``path`` None keeps nothing (tests, tours). Files are read and written by Qt: written whole and
    renamed into place (QSaveFile), so that a crash leaves the old or the new state, never a half.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._entries: dict[str, Any] = _read(path) if path else {}

    def get(self, entry: str) -> dict[str, Any]:
        """What was remembered under ``entry``; empty where nothing was, or nothing sensible."""
        found = self._entries.get(entry)
        return dict(found) if isinstance(found, dict) else {}

    def set(self, entry: str, **values: Any) -> None:
        """Remember ``values`` (JSON types) under ``entry``, beside what is there already."""
        self._entries[entry] = {**self.get(entry), **values}

    def set_bytes(self, entry: str, **values: QByteArray) -> None:
        """Remember what Qt's ``saveState`` and ``saveGeometry`` give."""
        self.set(entry, **{key: bytes(value.toBase64().data()).decode() for key, value in values.items()})

    def get_bytes(self, entry: str, key: str) -> QByteArray:
        """What was remembered with :meth:`set_bytes`; empty where there is none."""
        text = self.get(entry).get(key)
        return QByteArray.fromBase64(text.encode()) if isinstance(text, str) else QByteArray()

    def save(self) -> bool:
        """Write the state. False where the disk refused: said in the log, never in the way."""
        if self._path is None:
            return True
        QDir().mkpath(str(self._path.parent))
        file = QSaveFile(str(self._path))
        if file.open(QIODevice.OpenModeFlag.WriteOnly):
            document = {"format": FORMAT, "entries": self._entries}
            file.write(json.dumps(document, indent=1, ensure_ascii=False).encode())
            if file.commit():
                return True
        logger.warning("The window's state was not saved: %s", file.errorString())
        return False


def _read(path: Path) -> dict[str, Any]:
    file = QFile(str(path))
    if not file.exists():
        return {}
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        logger.warning("The window's state can't be read: %s", file.errorString())
        return {}
    try:
        document = json.loads(bytes(file.readAll().data()))
    except ValueError:
        logger.warning("The window's state is damaged; starting without it")
        return {}
    finally:
        file.close()
    entries = document.get("entries") if isinstance(document, dict) else None
    # A later version's state may mean other things by the same words.
    return entries if isinstance(entries, dict) and document.get("format") == FORMAT else {}
