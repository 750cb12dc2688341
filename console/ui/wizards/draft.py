"""What was typed into the wizard so far, and the spec it makes; Qt-free.

A draft keeps everything, also what the driver chosen at the moment does not take: going back and
choosing another driver loses nothing. :func:`spec_of_draft` is the one place where a draft becomes
a :class:`~console.domain.spec.NetworkSpec`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from console.domain.drivers.driver import Driver, Requirement
from console.domain.drivers.linux_options import LINUX_OPTIONS
from console.domain.drivers.options import OPTIONS
from console.domain.field import Field
from console.domain.severity import Severity
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_
from console.domain.violation import Violation

CONTEXT = "NetworkWizard"

_KEYS: Mapping[str, Mapping[Field, str]] = {
    platform: {
        option.field: option.key
        for option in catalog
        if option.settable and option.field is not Field.OPTIONS
    }
    for platform, catalog in (("windows", OPTIONS), ("linux", LINUX_OPTIONS))
}


def option_key(asked: Field, driver: Driver) -> str | None:
    """The driver option that ``asked`` fills for ``driver``; None where it fills no option."""
    return _KEYS[driver.platform].get(asked)


class Addressing(StrEnum):
    """Where the network's addresses come from."""

    AUTOMATIC = "automatic"
    STATIC = "static"


@dataclass
class Draft:
    """All that was typed and chosen.

    ``addressing`` is None until a choice was made. ``options`` holds the values of options that
    have an editor of their own, by docker key; ``other_options`` and ``labels`` are the rows of
    the two free tables, in order and as typed. ``flags`` are the plain yes/no settings.
    ``beyond`` is the spec of a pasted command or an edited copy, for what has no editor here.
    """

    driver: str = ""
    name: str = ""
    addressing: Addressing | None = None
    subnets: list[SubnetSpec] = field(default_factory=lambda: [SubnetSpec()])
    options: dict[str, str] = field(default_factory=dict)
    other_options: list[tuple[str, str]] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)
    flags: dict[Field, bool] = field(default_factory=dict)
    beyond: NetworkSpec = field(default_factory=NetworkSpec)
    answers: dict[str, str] = field(default_factory=dict)
    pasted: str = ""
    wants_help: bool = False
    skips_to_review: bool = False

    @property
    def typed(self) -> bool:
        """Whether there is anything worth keeping."""
        return self != Draft(driver=self.driver, wants_help=self.wants_help, answers=self.answers)


def addressing_of(draft: Draft, driver: Driver) -> Addressing:
    """The choice made, or the driver's own: its only way, or the one that works without a thought.

    nat starts with a fixed subnet: without one Windows picks another at each restart of the engine
    (reference, 0.10).
    """
    requirement = driver.inputs.get(Field.SUBNET, Requirement.REFUSED)
    if requirement is Requirement.REQUIRED:
        return Addressing.STATIC
    if requirement is Requirement.REFUSED:
        return Addressing.AUTOMATIC
    if draft.addressing is not None:
        return draft.addressing
    given = any(subnet != SubnetSpec() for subnet in draft.subnets)
    return Addressing.STATIC if given or driver.name == "nat" else Addressing.AUTOMATIC


SWARM_SCOPE = "swarm"

FLAGS: Mapping[Field, str] = {
    Field.INTERNAL: "--internal",
    Field.ATTACHABLE: "--attachable",
    Field.IPV6: "--ipv6",
    Field.SCOPE: f"--scope {SWARM_SCOPE}",
}
"""The plain yes/no settings, and what a set one is called on the command line."""


def draft_of_spec(spec: NetworkSpec, driver: Driver, asked: Iterable[Field]) -> Draft:
    """The draft that shows ``spec``; ``asked`` are the fields that ``driver``'s flow asks for.

    Options without such a field come into the table of other options, where they can be seen and
    taken away: nothing of a pasted command is dropped in silence.
    """
    keys = {option_key(each, driver) for each in asked}
    own = {key: value for key, value in spec.options.items() if key in keys}
    return Draft(
        driver=driver.name,
        name=spec.name,
        addressing=Addressing.STATIC if spec.subnets else Addressing.AUTOMATIC,
        subnets=list(spec.subnets) or [SubnetSpec()],
        options=own,
        other_options=[(key, value) for key, value in spec.options.items() if key not in own],
        labels=list(spec.labels.items()),
        flags={
            Field.INTERNAL: spec.internal,
            Field.ATTACHABLE: spec.attachable,
            Field.IPV6: spec.enable_ipv6,
            Field.SCOPE: spec.scope == SWARM_SCOPE,
        },
        beyond=spec,
    )


def spec_of_draft(draft: Draft, driver: Driver, asked: Iterable[Field]) -> NetworkSpec:
    """What is asked of the engine: of the draft, that which ``driver``'s flow asks for."""
    fields = frozenset(asked)
    options = {key: value for key, value in _own_options(draft, driver, fields) if value}
    options |= {key: value for key, value in draft.other_options if key}
    static = addressing_of(draft, driver) is Addressing.STATIC
    subnets = tuple(entry for entry in draft.subnets if entry != SubnetSpec()) if static else ()
    return draft.beyond.model_copy(
        update={
            "driver": driver.name,
            "name": draft.name,
            "subnets": subnets,
            "options": options,
            "labels": {key: value for key, value in draft.labels if key},
            "internal": draft.flags.get(Field.INTERNAL, False),
            "attachable": draft.flags.get(Field.ATTACHABLE, False),
            "enable_ipv6": draft.flags.get(Field.IPV6, False),
            "scope": _scope(draft),
        }
    )


def _scope(draft: Draft) -> str:
    if draft.flags.get(Field.SCOPE, False):
        return SWARM_SCOPE
    return "" if draft.beyond.scope == SWARM_SCOPE else draft.beyond.scope


def _own_options(draft: Draft, driver: Driver, fields: frozenset[Field]) -> Iterable[tuple[str, str]]:
    asked = {option_key(field, driver): field for field in fields}
    # In the order in which they were filled in.
    for key, value in draft.options.items():
        # Exceptions mean nothing without outbound NAT; the draft keeps them for when it is on again.
        idle = asked.get(key) is Field.OUTBOUND_NAT_EXCEPTIONS and not outbound_nat(draft, driver)
        if key in asked and not idle:
            yield key, value


def outbound_nat(draft: Draft, driver: Driver) -> bool:
    """Whether outbound NAT is switched on in the draft."""
    key = option_key(Field.OUTBOUND_NAT, driver)
    return key is not None and bool(draft.options.get(key, ""))


def draft_violations(draft: Draft, driver: Driver) -> tuple[Violation, ...]:
    """What is wrong with the draft that its spec no longer shows."""
    return (*_missing_subnet(draft, driver), *_keyless(draft), *_repeated(draft))


def _missing_subnet(draft: Draft, driver: Driver) -> Iterable[Violation]:
    chosen = addressing_of(draft, driver) is Addressing.STATIC
    optional = driver.inputs.get(Field.SUBNET) is Requirement.OPTIONAL
    if chosen and optional and all(entry == SubnetSpec() for entry in draft.subnets):
        yield Violation(
            rule="static-needs-subnet",
            field=Field.SUBNET,
            severity=Severity.ERROR,
            message=N_(CONTEXT, "The subnet is missing."),
            why=N_(
                CONTEXT, "Fixed addressing was chosen, so the network needs a subnet to take addresses from."
            ),
            source='seed, "Remember to specify --subnet and --gateway when using static IP assignment"',
        )


def _keyless(draft: Draft) -> Iterable[Violation]:
    for where, rows in ((Field.OPTIONS, draft.other_options), (Field.LABELS, draft.labels)):
        for position, (key, value) in enumerate(rows):
            if value and not key:
                yield Violation(
                    rule="value-without-key",
                    field=where,
                    severity=Severity.ERROR,
                    message=N_(CONTEXT, "The value {value} has no key.", value=value),
                    why=N_(CONTEXT, "The engine is given key=value; without a key the value is lost."),
                    position=position,
                )


def _repeated(draft: Draft) -> Iterable[Violation]:
    for where, rows in ((Field.OPTIONS, draft.other_options), (Field.LABELS, draft.labels)):
        seen: set[str] = set()
        for position, (key, _value) in enumerate(rows):
            if key and key in seen:
                yield Violation(
                    rule="key-twice",
                    field=where,
                    severity=Severity.ERROR,
                    message=N_(CONTEXT, "The key {key} is given twice.", key=key),
                    why=N_(CONTEXT, "The engine keeps only one value per key."),
                    position=position,
                )
            seen.add(key)


@dataclass(frozen=True)
class Leftover:
    """A setting of the draft that no page asks for, with the words it has on the command line."""

    field: Field
    words: str


def leftovers(draft: Draft, driver: Driver, asked: Iterable[Field]) -> tuple[Leftover, ...]:
    """The settings that came with a pasted command or a copy and have no editor in this flow."""
    fields = frozenset(asked)
    found = [*_flag_leftovers(draft, fields), *_beyond_leftovers(draft.beyond)]
    if addressing_of(draft, driver) is Addressing.STATIC:
        for entry in draft.subnets:
            if entry.ip_range and Field.IP_RANGE not in fields:
                found.append(Leftover(Field.IP_RANGE, f"--ip-range {entry.ip_range}"))
            found.extend(
                Leftover(Field.AUX_ADDRESS, f"--aux-address {name}={address}")
                for name, address in entry.aux_addresses.items()
            )
    return tuple(found)


def _flag_leftovers(draft: Draft, fields: frozenset[Field]) -> Iterable[Leftover]:
    for flag, words in FLAGS.items():
        if draft.flags.get(flag) and flag not in fields:
            yield Leftover(flag, words)


def _beyond_leftovers(spec: NetworkSpec) -> Iterable[Leftover]:
    if spec.scope and spec.scope != SWARM_SCOPE:
        yield Leftover(Field.SCOPE, f"--scope {spec.scope}")
    if spec.ingress:
        yield Leftover(Field.SCOPE, "--ingress")
    if not spec.enable_ipv4:
        yield Leftover(Field.IPAM, "--ipv4=false")
    if spec.ipam_driver:
        yield Leftover(Field.IPAM, f"--ipam-driver {spec.ipam_driver}")
    for key, value in spec.ipam_options.items():
        yield Leftover(Field.IPAM, f"--ipam-opt {key}={value}")
    if spec.config_only:
        yield Leftover(Field.OPTIONS, "--config-only")
    if spec.config_from:
        yield Leftover(Field.OPTIONS, f"--config-from {spec.config_from}")


def drop_leftovers(draft: Draft, fields: Iterable[Field]) -> None:
    """Take the leftovers away; ``fields`` are those that the flow asks for and that stay."""
    kept = frozenset(fields)
    for flag in FLAGS:
        if flag not in kept:
            draft.flags[flag] = False
    draft.beyond = NetworkSpec()
    keep_range = Field.IP_RANGE in kept
    draft.subnets = [
        SubnetSpec(subnet=entry.subnet, gateway=entry.gateway, ip_range=entry.ip_range if keep_range else "")
        for entry in draft.subnets
    ]
