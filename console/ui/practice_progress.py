"""How far a person has come with the practice scenarios, kept in the window's state."""

from __future__ import annotations

from enum import StrEnum

from console.ui.window_state import WindowState

STATE = "practice-progress"


class Standing(StrEnum):
    """Where one practice host stands: not opened yet, broken, or repaired by the person."""

    UNTRIED = "untried"
    BROKEN = "broken"
    FIXED = "fixed"


class Progress:
    """The standing of each practice host, by the id it is opened by.

    A host is repaired only if its check was seen to fire there before: on a Windows that a scenario
    can't break nobody has done anything.
    """

    def __init__(self, state: WindowState) -> None:
        self._state = state

    def of(self, choice_id: str) -> Standing:
        """The standing of one host."""
        kept = self._kept().get(choice_id)
        return Standing(kept) if kept in set(Standing) else Standing.UNTRIED

    def note(self, choice_id: str, *, fires: bool) -> None:
        """The check of the host's scenario was asked, and it ``fires`` or is silent."""
        if fires:
            self._keep(choice_id, Standing.BROKEN)
        elif self.of(choice_id) is Standing.BROKEN:
            self._keep(choice_id, Standing.FIXED)

    def forget(self, choice_id: str) -> None:
        """The host is as it was at its beginning."""
        kept = self._kept()
        kept.pop(choice_id, None)
        self._state.set(STATE, hosts=kept)

    def _keep(self, choice_id: str, standing: Standing) -> None:
        if self.of(choice_id) is not standing:
            self._state.set(STATE, hosts={**self._kept(), choice_id: standing.value})

    def _kept(self) -> dict[str, str]:
        kept = self._state.get(STATE).get("hosts")
        return dict(kept) if isinstance(kept, dict) else {}
