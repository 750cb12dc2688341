"""Support bundles in the window: saved, opened beside the other hosts, compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from console.ui.loading import loaded
from console.ui.tasks import ask

if TYPE_CHECKING:
    from console.domain.text import Text
    from console.ui.pages.registry import Parts

COMPARE_PAGE = "compare"


class Bundles(QObject):
    """Does what the actions of :mod:`console.ui.bundle_actions` say, in front of ``window``."""

    def __init__(self, parts: Parts, go_to: Callable[[str], None], window: QWidget) -> None:
        super().__init__(window)
        self._session, self._tasks, self._hosts = parts.session, parts.tasks, parts.hosts
        self._window = window
        self._dialogs: set[QDialog] = set()
        actions = parts.actions
        actions.bind("bundle-save", self._tasks.starts(self._save, owner=self))
        actions.bind("bundle-open", self._tasks.starts(self._choose, owner=self))
        actions.bind("bundle-compare", lambda: go_to(COMPARE_PAGE))

    async def _save(self) -> None:
        dialogs = await loaded("console.ui.dialogs.save_bundle")
        service = self._session.service
        if service is not None:
            self._show(dialogs.SaveBundleDialog(service, self._session, self._tasks, self._window))

    async def _choose(self) -> None:
        files = await loaded("console.ui.dialogs.bundle_file")
        dialog = files.open_bundle_dialog(self._window)
        if await ask(dialog):
            await self._open(Path(dialog.selectedFiles()[0]))

    async def _open(self, path: Path) -> None:
        if self._hosts is None:
            return
        from console.backend.bundle import BundleError

        try:
            opened = await self._hosts.open_bundle(path)
        except BundleError as error:
            await self._tell(error.reason)
            return
        await self._session.open(opened.service, opened.close)

    async def _tell(self, reason: Text) -> None:
        dialogs = await loaded("console.ui.dialogs.bundle_file")
        dialog = dialogs.UnreadBundleDialog(reason, self._window)
        if await ask(dialog):
            await self._choose()

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()
