"""A choice of one network, for dialogs that stay open while networks come and go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

if TYPE_CHECKING:
    from console.domain.snapshot import Network


class NetworkChoice(QComboBox):
    """The first network that is offered, until a person chooses another one; its data is the id.

    A chosen network that goes leaves the choice open: the next one in the list is not what was chosen.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[tuple[str, str], ...] = ()
        self._chosen = ""
        self.setAccessibleName(name)
        self.currentIndexChanged.connect(lambda _at: self._note())

    @property
    def chosen(self) -> str:
        """The id of the network that was chosen, also of one that is gone; "" where none ever was offered."""
        return self._chosen

    def offer(self, networks: Sequence[Network]) -> None:
        """Let one of ``networks`` be chosen; nobody is told, as whoever offers asks next what is chosen."""
        offered = tuple((one.id, f"{one.name}  ({one.driver})") for one in networks)
        if offered == self._offered:
            return
        self._offered = offered
        self.blockSignals(True)
        self.clear()
        for identifier, words in offered:
            self.addItem(words, identifier)
        self.setCurrentIndex(self.findData(self._chosen) if self._chosen else 0)
        self.blockSignals(False)
        self._note()

    def _note(self) -> None:
        if self.currentIndex() >= 0:
            self._chosen = str(self.currentData())
