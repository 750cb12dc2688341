"""A watchdog on a host: what takes a change back by itself unless a person confirms it in time.

A change that moves the adapter which carries a connection can leave nobody able to take it back. So a
step before it has Windows itself do so after :data:`SECONDS`, and whoever still reaches the host says
that it may stay. The person says it, not the console: a console on the host itself reaches it always.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from pydantic import JsonValue

from console.domain.plan import Plan, RunScript, StepState, Watchdog
from console.domain.scripts import CONFIRM_WATCHDOG, START_WATCHDOG
from console.domain.text import N_, Text

CONTEXT = "Watchdog"
SECONDS = 120
"""How long a person has to confirm: an address by DHCP and a signed-in session need up to a minute."""
NO_ID = "0" * 32
"""The id in a plan that was not started yet: a watchdog gets its own with each start."""


class Rescue(StrEnum):
    """What the watchdog does when nobody confirms; a choice of the script's parameter ``Rescue``."""

    REMOVE_SWITCH = "RemoveSwitch"
    MAKE_SWITCH = "MakeSwitch"
    SHARE_SWITCH = "ShareSwitch"
    SET_VLAN = "SetVlan"


def arming(
    watch_id: str,
    rescue: Rescue,
    why: tuple[Text, ...],
    *,
    seconds: int = SECONDS,
    covers: int = 1,
    **parameters: JsonValue,
) -> RunScript:
    """The step that arms a watchdog over ``covers`` steps. ``watch_id`` are 32 digits of its own."""
    values: Mapping[str, JsonValue] = {
        "WatchId": watch_id, "Rescue": rescue.value, "Seconds": seconds, **parameters,
    }  # fmt: skip
    return RunScript(
        script=START_WATCHDOG.id,
        parameters=values,
        title=_arming_title(seconds, covers),
        interruptions=why,
        undo=disarming(watch_id),
    )


def _arming_title(seconds: int, covers: int) -> Text:
    if covers == 1:
        return N_(
            CONTEXT,
            "Have Windows revert the next step after {seconds} seconds unless you confirm it",
            seconds=seconds,
        )
    return N_(
        CONTEXT,
        "Have Windows revert the next {count} steps after {seconds} seconds unless you confirm them",
        count=covers, seconds=seconds,
    )  # fmt: skip


def confirmation(watch_id: str) -> RunScript:
    """The step by which a person lets the change stay."""
    return _confirming(watch_id, N_(CONTEXT, "Keep the change"))


def disarming(watch_id: str) -> RunScript:
    """The step that ends a watchdog which has nothing to revert."""
    return _confirming(watch_id, N_(CONTEXT, "Disarm the watchdog"))


def _confirming(watch_id: str, title: Text) -> RunScript:
    return RunScript(
        script=CONFIRM_WATCHDOG.id, parameters={"WatchId": watch_id}, title=title, elevated=False
    )


def watchdog_of(watch_id: str, seconds: int = SECONDS, covers: int = 1) -> Watchdog:
    """What a plan says of its watchdog, which guards the ``covers`` steps after its arming."""
    return Watchdog(seconds=seconds, confirmation=confirmation(watch_id), covers=covers)


def watch_id_of(watchdog: Watchdog) -> str:
    """The id under which the host has it."""
    return str(watchdog.confirmation.parameters["WatchId"])


def arming_at(plan: Plan) -> int | None:
    """Which step arms the plan's watchdog; those after it are guarded. None: the plan has none."""
    if plan.watchdog is None:
        return None
    return next((at for at, step in enumerate(plan.steps) if _arms(step)), None)


def guarded_steps(plan: Plan) -> range:
    """Which steps the plan's watchdog guards; the last one ends what a person has to confirm."""
    at = arming_at(plan)
    if at is None or plan.watchdog is None:
        return range(0)
    return range(at + 1, at + 1 + plan.watchdog.covers)


def with_own_watchdog(plan: Plan, watch_id: str) -> Plan:
    """The plan, its watchdog under an id that no run of it had before.

    On a host a watchdog's id is taken for good: a plan that is started again needs another.
    """
    at = arming_at(plan)
    if at is None or plan.watchdog is None:
        return plan
    old = plan.steps[at]
    assert isinstance(old, RunScript)  # noqa: S101 (what arms is a script)
    update = {"parameters": {**old.parameters, "WatchId": watch_id}, "undo": disarming(watch_id)}
    steps = (*plan.steps[:at], old.model_copy(update=update), *plan.steps[at + 1 :])
    watchdog = plan.watchdog.model_copy(update={"confirmation": confirmation(watch_id)})
    return plan.model_copy(update={"steps": steps, "watchdog": watchdog})


def without_watchdog(plan: Plan) -> Plan:
    """What is left of a plan whose watchdog could not be armed, for a person who agreed to go on without one.

    The steps before it are done. The title says what was agreed to.
    """
    at = arming_at(plan)
    if at is None:
        return plan
    title = N_(CONTEXT, "Without a watchdog: {plan}", plan=plan.title)
    return Plan(title=title, steps=plan.steps[at + 1 :])


def left_armed(plan: Plan, states: Sequence[StepState]) -> bool:
    """Whether the plan's watchdog is, or may be, armed although no step that it guards was done.

    It would revert what somebody else, or the next attempt, does in its time.
    """
    at = arming_at(plan)
    if at is None:
        return False
    undone = all(states[step].state in {"failed", "skipped"} for step in guarded_steps(plan))
    return states[at].state in {"done", "unknown"} and undone


def _arms(step: object) -> bool:
    return isinstance(step, RunScript) and step.script == START_WATCHDOG.id
