"""Asks before the Windows of a practice host is restarted: what stops, and what is otherwise afterwards."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.domain.snapshot import Snapshot
from console.ui.dialogs.careful import CarefulDialog
from console.ui.icons import Icon, icon

MOST_NAMED = 8


class RestartPracticeDialog(CarefulDialog):
    """Says which containers stop; the safe answer is the default."""

    def __init__(self, host: str, snapshot: Snapshot | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restart this practice host?"))
        lines = (
            (self.tr("Restart the Windows of “{host}”").format(host=host), "title"),
            (self._stopped(snapshot), ""),
            (
                self.tr(
                    "Those with the restart policy “always” or “unless-stopped” come back by themselves. "
                    "Services start according to their start type. Settings that wait for a restart take "
                    "effect. HNS recreates nat networks that it does not persist: the default one gets "
                    "another subnet."
                ),
                "",
            ),
            (self.tr("It is a practice host: no computer is restarted. The console reconnects."), "muted"),
        )
        self.put(lines, self.tr("&Restart")).setIcon(icon(Icon.REFRESH))

    def _stopped(self, snapshot: Snapshot | None) -> str:
        containers = snapshot.containers.known() if snapshot is not None else None
        if containers is None:
            return self.tr("All containers that run on it stop; which ones could not be read.")
        running = sorted(one.name for one in containers if one.running)
        if not running:
            return self.tr("No container runs on it.")
        named = ", ".join(running[:MOST_NAMED])
        if len(running) > MOST_NAMED:
            named = self.tr("{names} and {count} more").format(names=named, count=len(running) - MOST_NAMED)
        return self.tr("Running containers stop: {names}.").format(names=named)
