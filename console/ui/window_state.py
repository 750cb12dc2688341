"""What the window looked like last time: geometry, columns, sort orders, theme of the person's choice.

State, not settings: deleting the file loses nothing that was decided. A file that can't be read is
as good as none; one of a newer console is left as it is.
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
        document = _read(path) if path else {}
        version, entries = document.get("format"), document.get("entries")
        self._newer = isinstance(version, int) and version > FORMAT
        # A later version's state may mean other things by the same words.
        self._entries: dict[str, Any] = entries if version == FORMAT and isinstance(entries, dict) else {}

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
        """Write the state. False where the disk refused: said in the log, never in the way.

        A newer console's state is not replaced: it finds its window as it was.
        """
        if self._path is None or self._newer:
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
    """The document in the file; empty where there is none that can be read."""
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
    return document if isinstance(document, dict) else {}
