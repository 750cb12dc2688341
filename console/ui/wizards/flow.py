"""The page flow of each driver, as data; Qt-free.

A flow says which steps there are, which fields each asks for and what follows. How a field is
edited is in :mod:`console.ui.wizards.editors`; what is wrong with a value is said by
:mod:`console.domain.preflight`. Which field a driver takes follows the reference, 2.1; a test holds
these tuples against :class:`~console.domain.drivers.driver.Driver`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.domain.field import Field
from console.domain.text import N_, Text
from console.ui.wizards.draft import Draft

CONTEXT = "NetworkWizard"

MOST_FIELDS = 7
"""How many fields one step may ask for (what a person can take in at a glance)."""


class StepId(StrEnum):
    """Every step any flow has."""

    DRIVER = "driver"
    QUESTIONS = "questions"
    ADAPTER = "adapter"
    ADDRESSES = "addresses"
    PLAIN = "plain"
    NAME = "name"
    ADVANCED = "advanced"
    EXTRAS = "extras"
    REVIEW = "review"


@dataclass(frozen=True)
class StepText:
    """What a step is called in the list of steps, and the one thing it asks the person to do."""

    title: Text
    instruction: Text


STEP_TEXTS: Mapping[StepId, StepText] = {
    StepId.DRIVER: StepText(N_(CONTEXT, "Driver"), N_(CONTEXT, "Choose how the containers connect")),
    StepId.QUESTIONS: StepText(
        N_(CONTEXT, "Questions"), N_(CONTEXT, "Answer what you know, and choose the driver that fits")
    ),
    StepId.ADAPTER: StepText(
        N_(CONTEXT, "Adapter"), N_(CONTEXT, "Choose the adapter that carries the network")
    ),
    StepId.ADDRESSES: StepText(
        N_(CONTEXT, "Addresses"), N_(CONTEXT, "Decide how containers get their addresses")
    ),
    StepId.PLAIN: StepText(N_(CONTEXT, "Settings"), N_(CONTEXT, "Name the network and set its addresses")),
    StepId.NAME: StepText(N_(CONTEXT, "Name"), N_(CONTEXT, "Name the network")),
    StepId.ADVANCED: StepText(
        N_(CONTEXT, "Advanced"), N_(CONTEXT, "Change what differs from the driver's defaults")
    ),
    StepId.EXTRAS: StepText(
        N_(CONTEXT, "Labels, options"), N_(CONTEXT, "Add labels and other driver options")
    ),
    StepId.REVIEW: StepText(N_(CONTEXT, "Review"), N_(CONTEXT, "Check the plan, then create the network")),
}


@dataclass(frozen=True)
class Branch:
    """A question about the draft that decides which step follows."""

    question: Callable[[Draft], bool]
    yes: StepId
    no: StepId


@dataclass(frozen=True)
class Step:
    """One page: its id, the fields it asks for, and what follows (None: it is the last)."""

    id: StepId
    fields: tuple[Field, ...] = ()
    next: StepId | Branch | None = None

    def after(self, draft: Draft) -> StepId | None:
        """The step that follows with what the draft holds now."""
        if not isinstance(self.next, Branch):
            return self.next
        return self.next.yes if self.next.question(draft) else self.next.no


@dataclass(frozen=True)
class Flow:
    """The steps of one driver, in reading order. The first is the start."""

    driver: str
    steps: tuple[Step, ...]

    def step(self, step_id: StepId) -> Step:
        """The step with that id. Raises KeyError where this driver has none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(f"{self.driver} has no step {step_id}")

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field that some step asks for."""
        return tuple(field for step in self.steps for field in step.fields)

    def step_of(self, field: Field) -> Step:
        """Where a field is filled in.

        A field that no step asks for (out of a pasted command, say) is in the extras, where
        everything without a page of its own can be seen and taken away.
        """
        asking = (step for step in self.steps if field in step.fields)
        return next(asking, None) or self.step(StepId.EXTRAS)

    def path(self, draft: Draft) -> tuple[Step, ...]:
        """The steps from the start to the end with what the draft holds now."""
        walked = [self.steps[0]]
        while (following := walked[-1].after(draft)) is not None:
            walked.append(self.step(following))
        return tuple(walked)

    def every_path(self) -> Iterator[tuple[StepId, ...]]:
        """Every way from the start to the end, whatever the draft holds."""
        yield from self._continued((self.steps[0].id,))

    def _continued(self, walked: tuple[StepId, ...]) -> Iterator[tuple[StepId, ...]]:
        step = self.step(walked[-1])
        if step.next is None:
            yield walked
            return
        ways = (step.next.yes, step.next.no) if isinstance(step.next, Branch) else (step.next,)
        for way in ways:
            yield from self._continued((*walked, way))


def wants_help(draft: Draft) -> bool:
    """Whether the person asked to be helped with the choice of the driver."""
    return draft.wants_help


def skips_to_review(draft: Draft) -> bool:
    """Whether the person is content with the defaults of all that follows."""
    return draft.skips_to_review


def _start(following: StepId) -> tuple[Step, ...]:
    return (
        Step(StepId.DRIVER, (Field.DRIVER,), next=Branch(wants_help, yes=StepId.QUESTIONS, no=following)),
        Step(StepId.QUESTIONS, next=following),
    )


_AFTER_NAME = Branch(skips_to_review, yes=StepId.REVIEW, no=StepId.ADVANCED)
_NAME = Step(StepId.NAME, (Field.NAME,), next=_AFTER_NAME)
_SHARED_NAME = Step(StepId.NAME, (Field.NAME, Field.SCOPE, Field.ATTACHABLE), next=_AFTER_NAME)
# An overlay network has the swarm's scope in any case: there is nothing to ask.
_OVERLAY_NAME = Step(StepId.NAME, (Field.NAME, Field.ATTACHABLE), next=_AFTER_NAME)
_ADDRESSES = Step(StepId.ADDRESSES, (Field.SUBNET, Field.GATEWAY), next=StepId.NAME)
_REVIEW = Step(StepId.REVIEW)
_END = (Step(StepId.EXTRAS, (Field.LABELS, Field.OPTIONS), next=StepId.REVIEW), _REVIEW)
_SDN_END = (Step(StepId.EXTRAS, (Field.VSID, Field.LABELS, Field.OPTIONS), next=StepId.REVIEW), _REVIEW)
_L2_ADVANCED = (
    Field.VLAN,
    Field.OUTBOUND_NAT,
    Field.OUTBOUND_NAT_EXCEPTIONS,
    Field.DNS_SERVERS,
    Field.DNS_SUFFIX,
    Field.HNS_NETWORK_NAME,
    Field.MAC_POOL,
)
_INSIDE_ADVANCED = (Field.DNS_SERVERS, Field.DNS_SUFFIX, Field.HNS_NETWORK_NAME, Field.MAC_POOL)


def _advanced(*fields: Field) -> Step:
    return Step(StepId.ADVANCED, fields, next=StepId.EXTRAS)


def _plain(*fields: Field) -> Step:
    return Step(StepId.PLAIN, fields, next=StepId.EXTRAS)


NAT = Flow(
    "nat",
    (
        *_start(StepId.ADDRESSES),
        _ADDRESSES,
        _SHARED_NAME,
        _advanced(
            Field.DNS_SERVERS, Field.DNS_SUFFIX, Field.GATEWAY_DNS, Field.HNS_NETWORK_NAME, Field.MAC_POOL
        ),
        *_END,
    ),
)
TRANSPARENT = Flow(
    "transparent",
    (
        *_start(StepId.ADAPTER),
        Step(StepId.ADAPTER, (Field.ADAPTER,), next=StepId.ADDRESSES),
        _ADDRESSES,
        _NAME,
        _advanced(Field.VLAN, Field.DNS_SERVERS, Field.DNS_SUFFIX, Field.HNS_NETWORK_NAME, Field.MAC_POOL),
        *_SDN_END,
    ),
)
OVERLAY = Flow(
    "overlay",
    (
        *_start(StepId.ADDRESSES),
        Step(StepId.ADDRESSES, (Field.SUBNET, Field.GATEWAY, Field.IP_RANGE), next=StepId.ADAPTER),
        Step(StepId.ADAPTER, (Field.ADAPTER,), next=StepId.NAME),
        _OVERLAY_NAME,
        _advanced(Field.VXLAN_IDS, Field.HNS_NETWORK_NAME),
        *_END,
    ),
)


def _layer_two(driver: str, name: Step) -> Flow:
    return Flow(
        driver,
        (
            *_start(StepId.ADAPTER),
            Step(StepId.ADAPTER, (Field.ADAPTER,), next=StepId.ADDRESSES),
            _ADDRESSES,
            name,
            _advanced(*_L2_ADVANCED),
            *_SDN_END,
        ),
    )


def _inside_one_host(driver: str, name: Step) -> Flow:
    return Flow(driver, (*_start(StepId.ADDRESSES), _ADDRESSES, name, _advanced(*_INSIDE_ADVANCED), *_END))


def _linux(driver: str, *fields: Field) -> Flow:
    return Flow(driver, (*_start(StepId.PLAIN), _plain(*fields), *_END))


_PLAIN_ADDRESSES = (Field.SUBNET, Field.GATEWAY, Field.IP_RANGE)

WINDOWS_FLOWS: Mapping[str, Flow] = {
    flow.driver: flow
    for flow in (
        NAT,
        TRANSPARENT,
        OVERLAY,
        _layer_two("l2bridge", _SHARED_NAME),
        _layer_two("l2tunnel", _NAME),
        _inside_one_host("internal", _SHARED_NAME),
        _inside_one_host("private", _NAME),
    )
}
"""The drivers a Windows engine creates networks with. ``ics`` and ``null`` have no flow: Windows
and the engine own their only instance (reference, 2.1)."""

LINUX_FLOWS: Mapping[str, Flow] = {
    flow.driver: flow
    for flow in (
        _linux("bridge", Field.NAME, *_PLAIN_ADDRESSES, Field.INTERNAL, Field.ATTACHABLE, Field.IPV6),
        _linux("macvlan", Field.NAME, Field.ADAPTER, *_PLAIN_ADDRESSES, Field.INTERNAL, Field.IPV6),
        _linux("ipvlan", Field.NAME, Field.ADAPTER, *_PLAIN_ADDRESSES, Field.INTERNAL, Field.IPV6),
        _linux("overlay", Field.NAME, *_PLAIN_ADDRESSES, Field.INTERNAL, Field.ATTACHABLE, Field.IPV6),
    )
}


def flow_of(driver: str, *, windows: bool) -> Flow:
    """The flow of a driver; that of the platform's default driver where it has none."""
    flows = WINDOWS_FLOWS if windows else LINUX_FLOWS
    return flows.get(driver.lower()) or flows["nat" if windows else "bridge"]
