"""Says above every page that the settings are not used, or that the log is not written."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.ui.log_settings import LogSettings
from console.ui.texts import shown
from console.ui.widgets.banner import Banner


class LogNotices(QWidget):
    """Two lines, each hidden while there is nothing to say."""

    def __init__(self, settings: LogSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._followed = settings
        self._settings = Banner(self)
        self._settings.chosen.connect(settings.start_over)
        self._log = Banner(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._settings)
        column.addWidget(self._log)
        settings.changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        self._tell_settings()
        log = self._followed.log
        if not log.error:
            self._log.hide()
            return
        how = self.tr(
            "{path}: {error}. Make sure that this file can be written, then start the console again."
        ).format(path=log.path, error=log.error)
        self._log.tell("warning", self.tr("The console's log is not written."), how)

    def _tell_settings(self) -> None:
        unused, unkept = self._followed.unused, self._followed.unkept
        if unused is not None:
            what = self.tr("Your settings are not used, and changes to them are not kept.")
            way_out = self.tr("Or start with the usual settings: the file is then renamed to end in .old.")
            button = self.tr("Start with the usual settings")
            self._settings.tell("warning", what, f"{shown(unused)} {way_out}", button=button)
        elif unkept is not None:
            what = self.tr("The log's level holds until the console ends; it could not be kept.")
            self._settings.tell("warning", what, shown(unkept))
        else:
            self._settings.hide()
