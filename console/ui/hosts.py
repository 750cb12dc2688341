"""What the window needs to know of hosts to offer and open them; the composition root provides it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from console.domain.text import Text

if TYPE_CHECKING:
    from pydantic import SecretStr

    from console.backend.hosts.directory import HostDirectory
    from console.backend.service import HostService
    from console.checks.check import Check
    from console.domain.connection_risk import ConnectionRisk
    from console.domain.practice import Symptom


@dataclass(frozen=True)
class HostChoice:
    """One host that can be shown. ``detail`` is its address or what it simulates; ``group`` the title
    of the menu it stands in, None for the first.

    ``risk`` is what is wrong with the way to it, so that a person must agree each time.
    ``account`` is whose password it takes to read its Windows side, where that must be asked for;
    ``password_note`` is why it must be, where that is not just that none is kept.
    """

    id: str
    title: str
    detail: str
    practice: bool
    group: Text | None = None
    risk: ConnectionRisk | None = None
    account: str = ""
    password_note: Text | None = None


@dataclass(frozen=True)
class Consent:
    """What a person said for this one opening of a host: the risk that was agreed to, a password."""

    risk: ConnectionRisk | None = None
    password: SecretStr | None = None


@dataclass(frozen=True)
class PracticeRelease:
    """One Windows that a scenario can be practised on.

    ``choice_id`` opens the practice host as it was left, ``afresh_id`` from its beginning.
    """

    title: str
    choice_id: str
    afresh_id: str


@dataclass(frozen=True)
class Lesson:
    """A practice host that is broken in the way that ``check`` finds.

    ``description`` says what is broken, ``symptom`` how that shows; the first of the ``releases`` is
    the Windows it is about.
    """

    check: Check
    title: Text
    description: Text
    symptom: Symptom
    releases: tuple[PracticeRelease, ...]


class OpenedHost(Protocol):
    """A service, and how to end it with all that was started for it."""

    @property
    def service(self) -> HostService:
        """What the session follows."""

    async def close(self) -> None:
        """End the service and what serves it."""


class Hosts(Protocol):
    """Where hosts come from."""

    @property
    def directory(self) -> HostDirectory | None:
        """The hosts that a person added; None where none can be."""

    async def choices(self) -> tuple[HostChoice, ...]:
        """The hosts that can be opened, the practice host included."""

    async def lessons(self) -> tuple[Lesson, ...]:
        """The practice scenarios of the checks, by the checks' ids."""

    async def open(self, choice_id: str, consent: Consent = ...) -> OpenedHost:
        """Make the service of one choice. Raises KeyError for an id that is not offered."""

    async def open_bundle(self, path: Path) -> OpenedHost:
        """Show the host in a support bundle. Raises BundleError, whose ``reason`` is for the person."""
