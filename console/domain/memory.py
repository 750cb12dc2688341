"""What the console remembers of networks outside of the engine, and how a lost one is restored.

Windows engines lose networks: HNS forgets nat networks at a restart (reference, 0.10), engines before
29.0 lose the labels when they make them again, transparent ones go with their vSwitch (2.4). A
network is never changed by docker once it is made, so what a network of the same id shows later and
lacks is a loss; what it shows in addition (a subnet HNS chose) is news.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import Field

from console.domain.container_steps import StartContainer, StopContainer
from console.domain.containers.hot_add import hot_change_refused_because
from console.domain.conversion import spec_of
from console.domain.network_origin import made_by_others
from console.domain.plan import ConnectContainer, CreateNetwork, DisconnectContainer, Plan, Step
from console.domain.preflight.check import preflight
from console.domain.record import Record
from console.domain.removal import consequences, is_predefined, removal
from console.domain.severity import Severity
from console.domain.snapshot import Container, Network, SectionState, Snapshot
from console.domain.spec import NetworkSpec
from console.domain.text import N_, Text

CONTEXT = "Memory"


@dataclass(frozen=True, slots=True)
class RememberedAttachment:
    """A container that was on the network. ``address`` is what it asked for, "" where Windows chose.

    A large host has tens of thousands of them: a record would take five times the memory.
    """

    container: str
    container_name: str
    address: str = ""
    aliases: tuple[str, ...] = ()


class RememberedNetwork(Record):
    """A network as it was, and whether it is still there.

    ``id`` is the record's own number, 0 before it is written. ``network`` is the id the engine knew it
    by last. ``adopted``: Windows or another program made it; ``predefined``: the engine itself.
    ``gone_since`` is when it was first missed, None while it is there; ``lost_labels`` are those the
    network that is there now lacks.
    """

    id: int = 0
    network: str
    platform: str = "windows"
    spec: NetworkSpec
    attached: tuple[RememberedAttachment, ...] = ()
    adopted: bool = False
    predefined: bool = False
    first_seen: datetime
    last_seen: datetime
    gone_since: datetime | None = None
    lost_labels: Mapping[str, str] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """The network's name."""
        return self.spec.name

    @property
    def there(self) -> bool:
        """Whether it was there when it was last looked for."""
        return self.gone_since is None

    @property
    def record(self) -> RememberedNetwork:
        """Itself: it is whole."""
        return self

    @property
    def state(self) -> str:
        """``gone``, ``changed`` (there, and lacks something) or ``there``."""
        if self.gone_since is not None:
            return "gone"
        return "changed" if self.lost_labels else "there"


class Remembered(Protocol):
    """A record that need not be read yet: of thousands a look is interested in a few."""

    @property
    def network(self) -> str:
        """As :attr:`RememberedNetwork.network`."""

    @property
    def platform(self) -> str:
        """As :attr:`RememberedNetwork.platform`."""

    @property
    def name(self) -> str:
        """The network's name."""

    @property
    def there(self) -> bool:
        """Whether it was there when it was last looked for."""

    @property
    def record(self) -> RememberedNetwork:
        """The whole record."""


def remembers(snapshot: Snapshot) -> bool:
    """Whether ``snapshot`` tells what networks there are now, so that a missing one is gone."""
    return snapshot.networks.state is SectionState.FRESH and snapshot.engine.known() is not None


def reconcile(
    known: Sequence[Remembered],
    snapshot: Snapshot,
    before: Snapshot | None = None,
    between: Callable[[], object] = lambda: None,
) -> Iterator[RememberedNetwork]:
    """The records that are new or changed by what ``snapshot`` shows; the others stay as they are.

    A network is the one of its id; one of a new id continues the record of a gone one with its name
    only where its definition is the same. ``last_seen`` alone is no change: it is set when a network
    goes. ``before`` is the snapshot that ``known`` was last reconciled with: a network that is the very
    same record again, with the very same containers, is not looked at. ``between`` is called after each
    network: who has other work to do does it there.
    """
    engine = snapshot.engine.known()
    if engine is None or not remembers(snapshot):
        return
    records = [one for one in known if one.platform == engine.os_type]
    by_id = {one.network: one for one in records}
    by_name: dict[str, list[Remembered]] = {}
    for one in records:
        by_name.setdefault(one.name, []).append(one)
    networks = snapshot.networks.known() or ()
    present = {one.id for one in networks}
    unchanged = {id(one) for one in before.networks.known() or ()} if before is not None else set()
    touched = _touched(before, snapshot)
    wanted = None
    if touched is not None:
        wanted = touched | {one.id for one in networks if id(one) not in unchanged}
    endpoints = _endpoints(snapshot, wanted)
    matched: set[str] = set()
    for network in networks:
        kept = by_id.get(network.id) or _continued(network, by_name.get(network.name, ()), present, matched)
        if kept is not None:
            matched.add(kept.network)
        between()
        same = kept is not None and kept.there and id(network) in unchanged
        if same and wanted is not None and network.id not in wanted:
            continue
        record = kept.record if kept is not None else None
        attached = _attached(network, snapshot, record, endpoints)
        if same and record is not None and attached is record.attached:
            continue
        now = _seen(network, record, attached, snapshot)
        if now != record:
            yield now
    for one in records:
        if one.there and not (one.network in present or one.network in matched):
            record = one.record
            if _would_be_listed(record, snapshot):
                yield record.model_copy(
                    update={"gone_since": snapshot.taken_at, "last_seen": snapshot.taken_at}
                )


def _touched(before: Snapshot | None, snapshot: Snapshot) -> set[str] | None:
    """The networks with a container that came, went or changed since ``before``; None: any may be."""
    if before is None or before.containers.state is not SectionState.FRESH:
        return None
    old, new = before.containers.known() or (), snapshot.containers.known() or ()
    were, are = set(map(id, old)), set(map(id, new))
    changed = [one for one in old if id(one) not in are]
    changed += [one for one in new if id(one) not in were]
    return {endpoint.network_id for container in changed for endpoint in container.endpoints}


def _continued(
    network: Network, named: Iterable[Remembered], present: set[str], matched: set[str]
) -> Remembered | None:
    """The record of its name that it goes on with; ``present`` and ``matched`` are others' ids."""
    if not named:
        return None
    spec = spec_of(network)
    for one in named:
        if one.network in present or one.network in matched:
            continue
        # The engine's own network is one and the same, whatever subnet HNS gave it this time.
        record = one.record
        if record.predefined or _without_labels(record.spec) == _without_labels(spec):
            return one
    return None


def _without_labels(spec: NetworkSpec) -> NetworkSpec:
    return spec.model_copy(update={"labels": {}})


def _would_be_listed(record: RememberedNetwork, snapshot: Snapshot) -> bool:
    """Whether the engine would list it if it were there: a worker shows swarm networks only in use."""
    engine = snapshot.engine.known()
    swarm = record.spec.driver == "overlay" or record.spec.scope == "swarm"
    return not swarm or engine is None or engine.swarm.manager or not engine.swarm.active


def _seen(
    network: Network,
    record: RememberedNetwork | None,
    attached: tuple[RememberedAttachment, ...],
    snapshot: Snapshot,
) -> RememberedNetwork:
    """What is to be remembered of a network that is there."""
    spec = spec_of(network)
    predefined = is_predefined(network, snapshot)
    engine = snapshot.engine.known()
    if record is None:
        return RememberedNetwork(
            network=network.id,
            platform=engine.os_type if engine is not None else "windows",
            spec=spec,
            attached=attached,
            adopted=made_by_others(network, snapshot),
            predefined=predefined,
            first_seen=snapshot.taken_at,
            last_seen=snapshot.taken_at,
        )
    remembered = spec if predefined else _kept(record.spec, spec)
    lost = {key: value for key, value in remembered.labels.items() if spec.labels.get(key) != value}
    return record.model_copy(
        update={
            "network": network.id,
            "spec": remembered,
            "attached": attached,
            "gone_since": None,
            "lost_labels": lost,
        }
    )


def _kept(before: NetworkSpec, now: NetworkSpec) -> NetworkSpec:
    """The definition as it was made, with what is only known by now: a subnet that HNS chose."""
    if now.config_from:
        return now  # nothing may be asked for beside the network that its settings are from
    return now.model_copy(
        update={
            "subnets": before.subnets or now.subnets,
            "options": {**now.options, **before.options},
            "labels": {**now.labels, **before.labels},
        }
    )


_Attached = tuple[str, str, str, tuple[str, ...]]
"""A container's name and id, the address it asked for, and its aliases."""


def _endpoints(snapshot: Snapshot, wanted: set[str] | None) -> Mapping[str, list[_Attached]]:
    """What is attached to the ``wanted`` networks (None: to all), by the network's id.

    Not the index that pages share: on a large host that is kept with its snapshot, and takes megabytes.
    """
    found: dict[str, list[_Attached]] = {}
    for container in snapshot.containers.known() or ():
        for endpoint in container.endpoints:
            if wanted is None or endpoint.network_id in wanted:
                found.setdefault(endpoint.network_id, []).append(
                    (container.name, container.id, endpoint.configured_address, endpoint.aliases)
                )
    return found


def _attached(
    network: Network,
    snapshot: Snapshot,
    record: RememberedNetwork | None,
    endpoints: Mapping[str, list[_Attached]],
) -> tuple[RememberedAttachment, ...]:
    """The containers on it; the record's own tuple where they are the same."""
    known = record.attached if record is not None else ()
    if snapshot.containers.state is not SectionState.FRESH:
        return known
    found = sorted(endpoints.get(network.id, ()))
    if found == [(one.container_name, one.container, one.address, one.aliases) for one in known]:
        return known
    return tuple(
        RememberedAttachment(container=container, container_name=name, address=address, aliases=aliases)
        for name, container, address, aliases in found
    )


# Restoring


def restore_blocked_because(record: RememberedNetwork, snapshot: Snapshot) -> Text | None:
    """Why the console can't make the network again, or None."""
    name = record.spec.name
    if record.state == "there":
        return N_(CONTEXT, "{name} is present and unchanged.", name=name)
    if record.predefined:
        return N_(CONTEXT, "The engine creates {name} itself when it starts.", name=name)
    if record.adopted:
        return N_(
            CONTEXT,
            "Windows or another program created {name}, and Docker only found it. Recreate its vSwitch, "
            "and it comes back when the engine restarts.",
            name=name,
        )
    engine = snapshot.engine.known()
    if engine is not None and engine.os_type != record.platform:
        return N_(CONTEXT, "The engine runs containers of another platform now.")
    if record.state == "gone":
        if any(one.name == name for one in snapshot.networks.known() or ()):
            return N_(CONTEXT, "There is another network {name} now.", name=name)
        return _refused(record.spec, snapshot)
    return None


def _refused(spec: NetworkSpec, snapshot: Snapshot) -> Text | None:
    """The first thing that Windows or the engine would refuse."""
    errors = (one for one in preflight(spec, snapshot) if one.severity is Severity.ERROR)
    return next((one.message for one in errors), None)


def restoration(record: RememberedNetwork, snapshot: Snapshot) -> Plan:
    """The plan that makes the network again as it was, with the containers that were on it and are still
    there. One that lacks labels is removed first: docker can't give labels to a network that exists.
    """
    steps: list[Step] = []
    present = next((one for one in snapshot.networks.known() or () if one.id == record.network), None)
    if present is not None:
        steps += removal([present], snapshot, disconnect=True).steps
    steps.append(CreateNetwork(spec=record.spec))
    there = {one.id: one for one in snapshot.containers.known() or ()}
    for one in record.attached:
        container = there.get(one.container)
        if container is not None:
            steps += _connecting(record.spec.name, one, container, snapshot, removed=present is not None)
    title = N_(CONTEXT, "Restore the network {name}", name=record.spec.name)
    return Plan(title=title, steps=tuple(steps))


def restorations(records: Sequence[RememberedNetwork], snapshot: Snapshot) -> Plan:
    """One plan that makes several networks again."""
    plans = [restoration(one, snapshot) for one in records]
    if len(plans) == 1:
        return plans[0]
    title = N_(CONTEXT, "Restore {count} networks", count=len(plans))
    return Plan(title=title, steps=tuple(step for plan in plans for step in plan.steps))


def restoration_cautions(records: Sequence[RememberedNetwork], snapshot: Snapshot) -> tuple[Text, ...]:
    """What restoring means beyond its steps: what is removed first, and who can't come back."""
    told: list[Text] = []
    present = {one.id: one for one in snapshot.networks.known() or ()}
    for record in records:
        network = present.get(record.network)
        if network is not None:
            told.append(
                N_(
                    CONTEXT,
                    "{name} is removed and recreated: Docker can't add labels to an existing network. Its "
                    "containers are cut off meanwhile.",
                    name=record.spec.name,
                )
            )
            told += consequences(network, snapshot)
        if missing := missing_containers(record, snapshot):
            told.append(
                N_(
                    CONTEXT,
                    "These containers were on {name} and are no longer there: {names}.",
                    name=record.spec.name,
                    names=", ".join(missing),
                )
            )
    return tuple(told)


def _connecting(
    network: str, one: RememberedAttachment, container: Container, snapshot: Snapshot, *, removed: bool
) -> list[Step]:
    """Put one container back; by the network's name, as its id is only known once it exists.

    The engine keeps a lost network in the settings of a stopped container, under an id that never comes
    back: that is taken away first. Running ones were taken off before the network was removed.
    """
    where = {
        "network": network,
        "network_name": network,
        "container": one.container,
        "container_name": container.name,
        "address": one.address,
        "aliases": one.aliases,
    }
    listed = any(endpoint.network_name == network for endpoint in container.endpoints)
    steps: list[Step] = []
    if listed and not (removed and container.running):
        steps.append(DisconnectContainer(**where, force=True))
    steps.append(ConnectContainer(**where))
    if hot_change_refused_because(container, snapshot) is None:
        return steps
    stop = StopContainer(container=container.id, container_name=container.name)
    return [stop, *steps, StartContainer(container=container.id, container_name=container.name)]


def missing_containers(record: RememberedNetwork, snapshot: Snapshot) -> tuple[str, ...]:
    """The names of containers that were on it and are no longer there."""
    there = {one.id for one in snapshot.containers.known() or ()}
    return tuple(one.container_name for one in record.attached if one.container not in there)
