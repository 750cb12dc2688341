"""The object the person looks at: one for all pages of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from console.domain.object_ref import ObjectRef


class Selection(QObject):
    """One object of the host, or none. Pages show it as selected and choose it when a person does.

    ``changed(ObjectRef | None)`` comes when another object is chosen, ``opened(ObjectRef)`` when a
    person wants to see an object on the page of its kind, ``pathWanted(frozenset[str])`` when the map
    is to show only what hangs together with some containers, by their ids; :attr:`path` keeps the last.
    """

    changed = Signal(object)
    opened = Signal(object)
    pathWanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ref: ObjectRef | None = None
        self.path: frozenset[str] = frozenset()

    def choose(self, ref: ObjectRef | None) -> None:
        """Look at ``ref``; told once, also where its page chooses it again in answer."""
        if ref != self.ref:
            self.ref = ref
            self.changed.emit(ref)

    def open(self, ref: ObjectRef) -> None:
        """Choose ``ref`` and show it on its own page."""
        self.choose(ref)
        self.opened.emit(ref)

    def show_path(self, containers: frozenset[str]) -> None:
        """Have the map show only what hangs together with ``containers``."""
        self.path = containers
        self.pathWanted.emit(containers)

    def forget(self) -> None:
        """Another host: its objects are not the ones that were looked at."""
        self.path = frozenset()
        self.choose(None)
