"""The restart of a practice host's Windows, once a person agreed to it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.backend.service import HostService
from console.domain.snapshot import Snapshot
from console.ui.dialogs.restart_practice import RestartPracticeDialog
from console.ui.tasks import ask


async def restarted(service: HostService, snapshot: Snapshot | None, parent: QWidget) -> bool:
    """Ask, and restart it; whether it was. Raises EngineError."""
    if not await ask(RestartPracticeDialog(service.identity.name, snapshot, parent)):
        return False
    await service.restart_windows()
    return True
