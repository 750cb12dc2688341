"""A plan with what it cuts off said before, and with a watchdog before the steps that one can revert.

Which steps those are stands in :mod:`console.domain.connection_loss.decisions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from console.domain.connection_loss.cut_off import CONTEXT, CutOff
from console.domain.connection_loss.decisions import cut_off_by, follow
from console.domain.connection_loss.networks import is_on_adapter
from console.domain.connection_loss.planned_host import PlannedHost
from console.domain.connection_loss.way import Ours, Way
from console.domain.plan import Plan
from console.domain.snapshot import Snapshot
from console.domain.text import N_, Text
from console.domain.watchdog import NO_ID, SECONDS, Rescue, arming, watchdog_of

SECONDS_OF_A_STEP = 20
"""What each step between the arming and the last one that is watched may take, on a slow host."""
MOST_SECONDS = 600
"""The longest a watchdog waits (Start-Watchdog.ps1)."""

_NOT_KNOWN = N_(
    CONTEXT,
    "Whether this interrupts the host's own connection can't be told: its adapters have not been read.",
)
_NOT_REVERTED = N_(
    CONTEXT,
    "No watchdog can revert this. If the connection does not come back by itself, it has to be repaired "
    "at the host itself.",
)
_CONSENT = N_(CONTEXT, "I can reach this host another way if the console loses it.")


def guarded(plan: Plan, snapshot: Snapshot, ways: tuple[Way, ...] = ()) -> Plan:
    """The plan with all that it cuts off in its cautions, and a watchdog before what one can revert.

    ``ways`` are those of the console to the host; none: it runs on it. One watchdog is armed before the
    first step that it can revert, and covers all further ones that the same rescue reverts. Where a
    step can cut off the console itself and no watchdog covers it, a person has to agree first. The
    watchdog has no id of its own until the plan is started (``watchdog.with_own_watchdog``).
    Unchanged where nothing is cut off, or where the plan has a watchdog already.
    """
    if plan.watchdog is not None:
        return plan
    host = PlannedHost(snapshot, ways)
    if snapshot.facts.adapters.known() is None:
        touched = any(is_on_adapter(step, host) for step in plan.steps)
        return plan.model_copy(update={"cautions": (_NOT_KNOWN,)}) if touched else plan
    found = tuple(_cut_offs(plan, host))
    if not found:
        return plan
    watched = _watched(found)
    told = _with_rest(plan, [cut for _, cut in found if cut not in watched.cut_offs])
    return told if watched.rescue is None else _armed(told, watched, watched.rescue)


def _with_rest(plan: Plan, cut_offs: Sequence[CutOff]) -> Plan:
    """The plan with what no watchdog reverts."""
    if not cut_offs:
        return plan
    asked = any(cut.ours is not Ours.NO for cut in cut_offs)
    cautions = (*_sentences(cut_offs), _NOT_REVERTED)
    return plan.model_copy(update={"cautions": cautions, "consent": _CONSENT if asked else None})


@dataclass(frozen=True, slots=True)
class _Watched:
    """What one watchdog covers, from the step ``first`` of a plan to ``last``, and by which ``rescue``."""

    rescue: Rescue | None
    first: int
    last: int
    cut_offs: tuple[CutOff, ...]


def _cut_offs(plan: Plan, host: PlannedHost) -> Iterator[tuple[int, CutOff]]:
    for at, step in enumerate(plan.steps):
        for cut_off in cut_off_by(step, host):
            yield at, cut_off
        follow(step, host)


def _watched(found: Sequence[tuple[int, CutOff]]) -> _Watched:
    """What the watchdog of the first step that has a rescue covers."""
    first = next((cut for _, cut in found if cut.rescue is not None), None)
    if first is None:
        return _Watched(None, 0, 0, ())
    covered = [(at, cut) for at, cut in found if _reverts(first, cut)]
    return _Watched(first.rescue, covered[0][0], covered[-1][0], tuple(cut for _, cut in covered))


def _reverts(first: CutOff, other: CutOff) -> bool:
    """Whether the rescue of the first reverts the other too: one for new vSwitches takes any adapters."""
    if other.rescue is not first.rescue:
        return False
    return other.parameters == first.parameters or set(other.parameters) == {"Adapters"}


def _armed(plan: Plan, watched: _Watched, rescue: Rescue) -> Plan:
    covers = watched.last - watched.first + 1
    seconds = min(SECONDS + (covers - 1) * SECONDS_OF_A_STEP, MOST_SECONDS)
    why = _sentences(watched.cut_offs)
    arm = arming(NO_ID, rescue, why, seconds=seconds, covers=covers, **_parameters(watched.cut_offs))
    steps = (*plan.steps[: watched.first], arm, *plan.steps[watched.first :])
    kept = N_(
        CONTEXT, "Windows reverts this by itself after {seconds} seconds unless you keep the change.",
        seconds=seconds,
    )  # fmt: skip
    cautions = tuple(dict.fromkeys((*why, kept, *plan.cautions)))
    watchdog = watchdog_of(NO_ID, seconds, covers)
    return plan.model_copy(update={"steps": steps, "watchdog": watchdog, "cautions": cautions})


def _parameters(cut_offs: Sequence[CutOff]) -> dict[str, JsonValue]:
    """What the rescue needs to know; of several new vSwitches the adapters of all."""
    adapters = [
        name
        for cut in cut_offs
        if isinstance(names := cut.parameters.get("Adapters"), list)
        for name in names
    ]  # fmt: skip
    own = dict(cut_offs[0].parameters)
    return own | {"Adapters": list(dict.fromkeys(adapters))} if adapters else own


def _sentences(cut_offs: Sequence[CutOff]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(text for cut in cut_offs for text in cut.sentences()))
