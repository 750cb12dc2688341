"""The menu of the log: how much is written, and where it is."""

from __future__ import annotations

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from console.log_file import LEVELS
from console.ui.log_settings import LogSettings
from console.ui.texts import shown


class LogMenu(QMenu):
    """Shows and changes the level of a log, and says what can't be done with it and why."""

    def __init__(self, settings: LogSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Log"))
        self.setToolTipsVisible(True)
        self._settings = settings
        self._log = settings.log
        words = {
            "debug": self.tr("&Everything, for troubleshooting"),
            "info": self.tr("&Usual"),
            "warning": self.tr("&Warnings and errors"),
            "error": self.tr("E&rrors only"),
        }
        group = QActionGroup(self)
        for level in LEVELS:
            action = self.addAction(words[level])
            action.setCheckable(True)
            action.setData(level)
            action.setChecked(level == self._log.level)
            group.addAction(action)
        group.triggered.connect(lambda action: settings.choose(str(action.data())))
        self._group = group
        self.aboutToShow.connect(self._show_state)
        self.addSeparator()
        self._anew = self.addAction(self.tr("&Start with the usual settings"))
        self._anew.triggered.connect(settings.start_over)
        self._folder = self.addAction(self.tr("&Open the log's folder"))
        self._folder.triggered.connect(self._open_folder)

    def _show_state(self) -> None:
        self._anew.setVisible(self._settings.unused is not None)
        self._anew.setToolTip("" if self._settings.unused is None else shown(self._settings.unused))
        self._folder.setEnabled(self._log.path is not None and not self._log.error)
        self._folder.setToolTip(self._why_no_folder())
        for action in self._group.actions():
            action.setChecked(action.data() == self._log.level)

    def _why_no_folder(self) -> str:
        if self._log.path is None:
            return self.tr("This log is kept in memory only.")
        if self._log.error:
            words = self.tr("The log is not written: {path}: {error}.")
            return words.format(path=self._log.path, error=self._log.error)
        return str(self._log.path.parent)

    def _open_folder(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        if self._log.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.path.parent)))
