"""The plan as it is handed to the helper, and the digest that no other plan has."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from console.domain.plan import RunScript
from console.domain.record import Record
from console.domain.scripts import SCRIPT_BY_ID, wrong_parameters

_PURPOSE = b"wcn elevated plan 1\0"


class ElevatedRun(Record):
    """One script with its parameters, by the names of its ``param()`` block."""

    script: str
    parameters: dict[str, Any]


class ElevatedPlan(Record):
    """All that a helper may run, in order."""

    runs: tuple[ElevatedRun, ...]

    @classmethod
    def of(cls, steps: Iterable[RunScript]) -> ElevatedPlan:
        """The plan of these steps."""
        return cls(
            runs=tuple(ElevatedRun(script=step.script, parameters=dict(step.parameters)) for step in steps)
        )

    def objections(self) -> tuple[str, ...]:
        """Why it must not be run: scripts that are not ours, or parameters they don't have."""
        found: list[str] = []
        for run in self.runs:
            script = SCRIPT_BY_ID.get(run.script)
            found += wrong_parameters(script, run.parameters) if script else [f"no script {run.script}"]
        return tuple(found)


@dataclass(frozen=True, repr=False)
class Handover:
    """A plan and the one-time key that binds it to one helper."""

    plan: ElevatedPlan
    key: bytes

    @classmethod
    def new(cls, plan: ElevatedPlan) -> Handover:
        """With a fresh key."""
        return cls(plan, secrets.token_bytes(32))

    @property
    def digest(self) -> str:
        """Goes onto the helper's command line: tells nothing of the key or the plan, and fixes both."""
        return hashlib.sha256(_PURPOSE + self.key + _canonical(self.plan)).hexdigest()

    @property
    def proof(self) -> str:
        """What only a helper that was handed the key can answer with."""
        return hmac.new(self.key, _PURPOSE + b"helper", hashlib.sha256).hexdigest()

    def message(self) -> dict[str, Any]:
        """The first message to the helper."""
        return {"key": self.key.hex(), "plan": self.plan.model_dump(mode="json")}

    @classmethod
    def accepted(cls, message: dict[str, Any], digest: str) -> Handover:
        """The helper's side of it. Raises ValueError where it is not the plan that was consented to."""
        try:
            handover = cls(ElevatedPlan.model_validate(message["plan"]), bytes.fromhex(message["key"]))
        except (KeyError, TypeError) as error:
            raise ValueError("this is no plan") from error
        if not hmac.compare_digest(handover.digest, digest):
            raise ValueError("this is not the plan that was consented to")
        if objections := handover.plan.objections():
            raise ValueError("; ".join(objections))
        return handover


def _canonical(plan: ElevatedPlan) -> bytes:
    return json.dumps(plan.model_dump(mode="json"), sort_keys=True, separators=(",", ":")).encode()
