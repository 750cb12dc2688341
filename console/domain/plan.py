"""Plans: ordered typed steps. Nothing else changes a host.

Each step says what it will do, what it interrupts, whether it needs elevation and what its inverse
is. Its preview texts are made in :mod:`console.domain.render`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field as Discriminated
from pydantic import JsonValue

from console.domain.container_steps import (
    CreateContainer,
    RemoveContainer,
    RestartContainer,
    StartContainer,
    StopContainer,
)
from console.domain.failure import Failure
from console.domain.record import Record
from console.domain.spec import NetworkSpec
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm
from console.domain.text import N_, Text
from console.domain.watch_report import WatchReport

CONTEXT = "Plan"


class CreateNetwork(Record):
    """Create a network of the given spec."""

    kind: Literal["create-network"] = "create-network"
    spec: NetworkSpec

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(CONTEXT, "Create the {driver} network {name}", driver=self.spec.driver, name=self.spec.name)

    def inverse(self) -> Step | None:
        """Remove it again (by name: the id is only known once it exists)."""
        return RemoveNetwork(network=self.spec.name, name=self.spec.name, spec=self.spec)


class RemoveNetwork(Record):
    """Remove one network.

    ``network`` is what the engine is asked for (id where known, else the name). ``spec`` is what
    would create it again with the same settings; None where that is not known.
    """

    kind: Literal["remove-network"] = "remove-network"
    network: str
    name: str
    spec: NetworkSpec | None = None

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(CONTEXT, "Remove the network {name}", name=self.name)

    def inverse(self) -> Step | None:
        """Create it again with the same settings, where they are known."""
        return CreateNetwork(spec=self.spec) if self.spec else None


class ConnectContainer(Record):
    """Attach a container to a network. Empty text: let the engine choose."""

    kind: Literal["connect-container"] = "connect-container"
    network: str
    network_name: str
    container: str
    container_name: str
    address: str = ""
    aliases: tuple[str, ...] = ()

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(
            CONTEXT,
            "Connect the container {container} to {network}",
            container=self.container_name,
            network=self.network_name,
        )

    def inverse(self) -> Step | None:
        """Detach it again, knowing with what it was attached: that may be taken back as well."""
        return DisconnectContainer(
            network=self.network,
            network_name=self.network_name,
            container=self.container,
            container_name=self.container_name,
            address=self.address,
            aliases=self.aliases,
        )


class DisconnectContainer(Record):
    """Detach a container from a network. ``address`` and ``aliases`` are what it had there.

    ``undoable`` False: Windows would refuse to attach it again as it is.
    """

    kind: Literal["disconnect-container"] = "disconnect-container"
    network: str
    network_name: str
    container: str
    container_name: str
    address: str = ""
    aliases: tuple[str, ...] = ()
    force: bool = False
    undoable: bool = True

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(
            CONTEXT,
            "Disconnect the container {container} from {network}",
            container=self.container_name,
            network=self.network_name,
        )

    def inverse(self) -> Step | None:
        """Attach it again as it was."""
        if not self.undoable:
            return None
        return ConnectContainer(
            network=self.network,
            network_name=self.network_name,
            container=self.container,
            container_name=self.container_name,
            address=self.address,
            aliases=self.aliases,
        )


class RunScript(Record):
    """Run one of the console's named PowerShell scripts on the host.

    ``script`` is the script's id (``new-vswitch``), ``parameters`` the values of its ``param()``
    block by name: they travel as data, never inside a command line. ``elevated`` says that Windows
    demands an administrator, ``interruptions`` what stops working meanwhile, ``undo`` the run that
    takes this one back; None where nothing can.
    """

    kind: Literal["run-script"] = "run-script"
    script: str
    parameters: Mapping[str, JsonValue] = Discriminated(default_factory=dict)
    title: Text
    elevated: bool = True
    interruptions: tuple[Text, ...] = ()
    undo: RunScript | None = None

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return self.title

    def inverse(self) -> Step | None:
        """The run that takes this one back, where there is one."""
        return self.undo


Step = Annotated[
    CreateNetwork
    | RemoveNetwork
    | ConnectContainer
    | DisconnectContainer
    | CreateContainer
    | StartContainer
    | StopContainer
    | RestartContainer
    | RemoveContainer
    | InitSwarm
    | JoinSwarm
    | LeaveSwarm
    | RunScript,
    Discriminated(discriminator="kind"),
]

_INTERRUPTING = (
    *(RunScript, StopContainer, RestartContainer, RemoveContainer),
    *(InitSwarm, JoinSwarm, LeaveSwarm),
)


class Watchdog(Record):
    """What a person has to do after a plan so that it lasts: confirm it within ``seconds``.

    ``covers`` is how many steps after the one that arms it are guarded: the last is the last one that the
    rescue reverts.
    """

    seconds: int
    confirmation: RunScript
    covers: int = 1


class Plan(Record):
    """What will be done to one host, in order, and why it was asked for (``title``).

    With a ``watchdog`` its changes are taken back unless a person confirms them. ``cautions`` say what
    of the host's own connections is interrupted; ``consent`` is what a person has to agree to first, where
    the console may lose the host by it and nothing takes that back.
    """

    title: Text
    steps: tuple[Step, ...]
    watchdog: Watchdog | None = None
    cautions: tuple[Text, ...] = ()
    consent: Text | None = None

    @property
    def elevated(self) -> bool:
        """Whether a step needs an administrator."""
        return any(isinstance(step, RunScript) and step.elevated for step in self.steps)

    @property
    def interruptions(self) -> tuple[Text, ...]:
        """What stops working while the plan is carried out, each once, in the order of the steps."""
        told = (step for step in self.steps if isinstance(step, _INTERRUPTING))
        of_steps = (text for step in told for text in step.interruptions)
        return tuple(dict.fromkeys((*self.cautions, *of_steps)))


class StepState(Record):
    """Where one step of a plan under way stands; ``failure`` says why it failed.

    ``state`` is ``pending``, ``running``, ``done``, ``failed``, ``skipped`` (never begun) or
    ``unknown`` (the answer was lost: it may or may not have happened). ``result`` is the id of what
    a step made, ``warning`` what the engine had to say although it did it, ``notes`` what a script
    found on its way (``scripts.CHANGE_NOTES``), ``watch`` how the watchdog stood that it armed or
    confirmed. ``unchanged``: it was so already (started, stopped), and there is nothing to take back.
    """

    index: int
    state: Literal["pending", "running", "done", "failed", "skipped", "unknown"]
    result: str = ""
    warning: str = ""
    notes: tuple[Text, ...] = ()
    watch: WatchReport | None = None
    unchanged: bool = False
    failure: Failure | None = None
