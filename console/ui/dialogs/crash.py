"""The dialog of an unhandled exception."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from console.ui.widgets.code_view import CodeView
from console.ui.widgets.plain_label import plain_label


class CrashDialog(QDialog):
    """Says what happened in plain words; the details can be copied.

    ``most_reports``: of so many further exceptions, if they are different ones, reports are saved too.
    """

    def __init__(self, error: BaseException, most_reports: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._more = 0
        self._most_reports = most_reports
        self.setWindowTitle(self.tr("Something in the console went wrong"))
        heading = plain_label(self.tr("The console ran into an internal error"), self)
        heading.setProperty("role", "title")
        what = plain_label(
            self.tr(
                "What you did may be incomplete. What was done to a host is on the page Activity. You can "
                "go on; if the console behaves strangely, restart it."
            ),
            self,
        )
        kind = plain_label(f"{type(error).__name__}: {error}"[:500], self)
        kind.setAccessibleName(self.tr("Error"))
        self._count = plain_label("", self)
        self._count.hide()
        self._where = plain_label(self.tr("Saving a report…"), self)
        self._where.setProperty("role", "muted")
        self._where.setAccessibleName(self.tr("Report"))
        self._details = CodeView(self.tr("Details"), self, lines=10)
        buttons = QDialogButtonBox(self)
        close = QPushButton(self.tr("C&lose"), self)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (heading, what, kind, self._count):
            layout.addWidget(widget)
        layout.addWidget(self._details, 1)
        layout.addWidget(self._where)
        layout.addWidget(buttons)
        self.resize(640, 460)

    def count_another(self) -> None:
        """One more exception came while this dialog was open."""
        self._more += 1
        words = self.tr("{count} more since then. Different ones have reports of their own, at most {most}.")
        self._count.setText(words.format(count=self._more, most=self._most_reports))
        self._count.show()

    def tell_report(self, text: str, path: str) -> None:
        """The whole report, and where it is; "" where it could not be saved."""
        self._details.show_text(text)
        self._where.setText(
            self.tr("A report was saved: {path}").format(path=path)
            if path
            else self.tr("No report could be saved. Copy the details instead.")
        )
