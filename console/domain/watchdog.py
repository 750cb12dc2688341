"""A watchdog on a host: what takes a change back by itself unless a person confirms it in time.

A change that moves the adapter which carries a connection can leave nobody able to take it back. So a
step before it has Windows itself do so after :data:`SECONDS`, and whoever still reaches the host says
that it may stay. The person says it, not the console: a console on the host itself reaches it always.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import JsonValue

from console.domain.plan import RunScript, Watchdog
from console.domain.scripts import CONFIRM_WATCHDOG, START_WATCHDOG
from console.domain.text import N_, Text

CONTEXT = "Watchdog"
SECONDS = 120
"""How long a person has to confirm: an address by DHCP and a signed-in session need up to a minute."""


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
    **parameters: JsonValue,
) -> RunScript:
    """The step that arms a watchdog. ``watch_id`` are 32 hexadecimal digits of its own."""
    values: Mapping[str, JsonValue] = {
        "WatchId": watch_id, "Rescue": rescue.value, "Seconds": seconds, **parameters,
    }  # fmt: skip
    return RunScript(
        script=START_WATCHDOG.id,
        parameters=values,
        title=N_(
            CONTEXT,
            "Have Windows revert the next step after {seconds} seconds unless you confirm it",
            seconds=seconds,
        ),
        interruptions=why,
        undo=confirmation(watch_id),
    )


def confirmation(watch_id: str) -> RunScript:
    """The step by which a person lets the change stay."""
    return RunScript(
        script=CONFIRM_WATCHDOG.id,
        parameters={"WatchId": watch_id},
        title=N_(CONTEXT, "Keep the change"),
        elevated=False,
    )


def watchdog_of(watch_id: str, seconds: int = SECONDS) -> Watchdog:
    """What a plan says of its watchdog."""
    return Watchdog(seconds=seconds, confirmation=confirmation(watch_id))
