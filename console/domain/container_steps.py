"""The steps that make, start, stop and remove a container.

Each is one request to the engine, so that after a lost answer it can be told what happened: to run a
container is to make it and to start it.
"""

from __future__ import annotations

from typing import Literal

from console.domain.container_spec import ContainerSpec
from console.domain.record import Record
from console.domain.text import N_, Text

CONTEXT = "Plan"


class CreateContainer(Record):
    """Make a container of the given spec, without starting it."""

    kind: Literal["create-container"] = "create-container"
    spec: ContainerSpec

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(
            CONTEXT, "Create the container {name} from {image}", name=self.spec.name, image=self.spec.image
        )

    def inverse(self) -> RemoveContainer:
        """Remove it again (by name: the id is only known once it exists)."""
        return RemoveContainer(container=self.spec.name, container_name=self.spec.name)


class StartContainer(Record):
    """Start a container. ``container`` is what the engine is asked for: an id, or the name of one to come."""

    kind: Literal["start-container"] = "start-container"
    container: str
    container_name: str

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(CONTEXT, "Start the container {name}", name=self.container_name)

    def inverse(self) -> StopContainer:
        """Stop it again."""
        return StopContainer(container=self.container, container_name=self.container_name)


class StopContainer(Record):
    """Stop a container; the engine ends it by force where it does not end by itself in 10 s."""

    kind: Literal["stop-container"] = "stop-container"
    container: str
    container_name: str

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(CONTEXT, "Stop the container {name}", name=self.container_name)

    @property
    def interruptions(self) -> tuple[Text, ...]:
        """What stops working by it."""
        return (N_(CONTEXT, "{name} does not answer while it is stopped.", name=self.container_name),)

    def inverse(self) -> StartContainer:
        """Start it again; what ran in it begins anew."""
        return StartContainer(container=self.container, container_name=self.container_name)


class RestartContainer(Record):
    """Stop a container and start it again."""

    kind: Literal["restart-container"] = "restart-container"
    container: str
    container_name: str

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(CONTEXT, "Restart the container {name}", name=self.container_name)

    @property
    def interruptions(self) -> tuple[Text, ...]:
        """What stops working by it."""
        return (N_(CONTEXT, "{name} does not answer while it restarts.", name=self.container_name),)

    def inverse(self) -> None:
        """Nothing brings back what was running before."""
        return


class RemoveContainer(Record):
    """Remove a container with all that was written in it. ``force`` ends a running one first.

    ``volumes`` removes the volumes without a name that were made for it.
    """

    kind: Literal["remove-container"] = "remove-container"
    container: str
    container_name: str
    force: bool = False
    volumes: bool = False

    def describe(self) -> Text:
        """What the step will do, in one sentence."""
        return N_(CONTEXT, "Remove the container {name}", name=self.container_name)

    @property
    def interruptions(self) -> tuple[Text, ...]:
        """What stops working by it."""
        if not self.force:
            return ()
        return (N_(CONTEXT, "{name} is killed without a chance to finish.", name=self.container_name),)

    def inverse(self) -> None:
        """What was written in it is gone: a new one would not be the same."""
        return


ContainerStep = CreateContainer | StartContainer | StopContainer | RestartContainer | RemoveContainer
"""A step whose subject is one container's life."""
