"""What to do where nobody answers for names: a DNS server, hosts entries, or another driver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from console.domain.discovery.hosts_file import LINUX_PATH, WINDOWS_PATH, hosts_entries
from console.ui.widgets.code_view import CodeView

if TYPE_CHECKING:
    from console.domain.relations import Relations
    from console.domain.snapshot import Network


class Nameless(QWidget):
    """The ways to names for one network, with its hosts entries to copy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways = QLabel(self)
        self._ways.setAccessibleName(self.tr("What to do instead"))
        self._ways.setWordWrap(True)
        self._ways.setTextFormat(Qt.TextFormat.PlainText)
        self._entries = CodeView(self.tr("Hosts entries"), self, lines=2, grows=False, most=4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._ways)
        column.addWidget(self._entries)
        self.tell_nothing(rows=False)

    def tell_nothing(self, *, rows: bool) -> None:
        """No row is selected; ``rows`` is whether there are any to select."""
        self._entries.hide()
        self._ways.setText(self.tr("Select a container to see what to do instead.") if rows else "")

    def tell(self, network: Network, relations: Relations) -> None:
        """The ways for the containers of ``network``."""
        engine = relations.snapshot.engine.known()
        path = WINDOWS_PATH if engine is None or engine.is_windows else LINUX_PATH
        self._ways.setText(
            self.tr(
                "Do one of these:\n• Register the names with a DNS server, and set it as the network's DNS "
                "server (dnsservers).\n• Put these lines into {path} in each container.\n• Also connect "
                "the containers to a nat or overlay network, where the engine resolves names."
            ).format(path=path)
        )
        self._entries.show_text(hosts_entries(network, relations))
        self._entries.show()

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self._entries,) if self._entries.isVisible() else ()
