"""The steps that make a swarm, join one and leave it."""

from __future__ import annotations

from typing import Literal

from pydantic import SecretStr

from console.domain.record import Record
from console.domain.secret import Secret
from console.domain.text import N_, Text

CONTEXT = "Plan"


class InitSwarm(Record):
    """Make this engine the first manager of a new swarm.

    Empty text and None: let the engine choose. ``advertise_address`` is what the other nodes reach
    this one by, ``data_path_address`` what carries the overlay networks' traffic;
    ``address_pools`` are what overlay networks get their subnets of ``subnet_size`` bits from.
    """

    kind: Literal["init-swarm"] = "init-swarm"
    advertise_address: str = ""
    listen_address: str = ""
    data_path_address: str = ""
    address_pools: tuple[str, ...] = ()
    subnet_size: int | None = None
    interruptions: tuple[Text, ...] = ()

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        if not self.advertise_address:
            return N_(CONTEXT, "Create a swarm with this node as its manager")
        return N_(
            CONTEXT,
            "Create a swarm with this node, {address}, as its manager",
            address=self.advertise_address,
        )

    def inverse(self) -> LeaveSwarm:
        """Leave it, by force: a last manager is not let go otherwise."""
        return LeaveSwarm(force=True)


class JoinSwarm(Record):
    """Make this engine a node of somebody's swarm. The token says whether as a worker or a manager.

    ``managers`` are addresses (``192.168.1.10:2377``) of managers, any of which will do. The token
    is a secret: a step read back from the journal has none, and can't be carried out again.
    """

    kind: Literal["join-swarm"] = "join-swarm"
    managers: tuple[str, ...]
    token: Secret = SecretStr("")
    advertise_address: str = ""
    listen_address: str = ""
    data_path_address: str = ""
    interruptions: tuple[Text, ...] = ()

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(CONTEXT, "Join the swarm of the manager {managers}", managers=", ".join(self.managers))

    def inverse(self) -> LeaveSwarm:
        """Leave it again."""
        return LeaveSwarm()


class LeaveSwarm(Record):
    """Take this engine out of its swarm. ``force``: also a manager, and its part of the swarm's state."""

    kind: Literal["leave-swarm"] = "leave-swarm"
    force: bool = False
    interruptions: tuple[Text, ...] = ()

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(CONTEXT, "Leave the swarm")

    def inverse(self) -> None:
        """To join again takes a token, which is not kept."""
        return


SwarmStep = InitSwarm | JoinSwarm | LeaveSwarm
