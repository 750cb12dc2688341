"""What a snapshot adds to an explanation: which network, which adapter, which container it is."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from console.checks.errors.pattern import CONTEXT
from console.domain.addressing import next_free_subnet, parse_prefix, prefix_index
from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import INTERFACE, NETWORK_NAME
from console.domain.field import Field
from console.domain.host_adapters import AdapterUse, adapter_uses, free_adapters, hns_name
from console.domain.plan import CreateNetwork, RemoveNetwork, Step
from console.domain.prefix_index import UsedPrefix
from console.domain.snapshot import Snapshot
from console.domain.spec import NetworkSpec
from console.domain.text import N_, Text


@dataclass(frozen=True)
class Case:
    """One failed step on a host whose state is known; ``values`` are out of the error's words."""

    values: Mapping[str, str]
    step: Step | None
    snapshot: Snapshot

    @property
    def spec(self) -> NetworkSpec | None:
        """What was to be created, if a create failed."""
        return self.step.spec if isinstance(self.step, CreateNetwork) else None


@dataclass(frozen=True)
class Detail:
    """What is known better: a concrete reason, what to do first, and the field it is about."""

    why: Text
    do: tuple[Text, ...] = ()
    field: Field | None = None


def detail(pattern: str, case: Case) -> Detail | None:
    """What the snapshot tells about an error of one pattern, None where it tells nothing."""
    finder = _FINDERS.get(pattern)
    return finder(case) if finder else None


def _overlap(case: Case) -> Detail | None:
    for entry in case.spec.subnets if case.spec else ():
        wanted = parse_prefix(entry.subnet)
        used = _overlapped(wanted, case.snapshot) if wanted else None
        if wanted and used:
            why = N_(
                CONTEXT,
                "{subnet} overlaps {prefix}, which belongs to {owner}.",
                subnet=wanted,
                prefix=used.prefix,
                owner=used.owner,
            )
            return Detail(why, tuple(_free_subnet(wanted, case.snapshot)), Field.SUBNET)
    return None


def _overlapped(wanted: ipaddress.IPv4Network, snapshot: Snapshot) -> UsedPrefix | None:
    held = next(prefix_index(snapshot).overlapping(wanted), None)
    return held.described() if held is not None else None


def _free_subnet(wanted: ipaddress.IPv4Network, snapshot: Snapshot) -> Iterator[Text]:
    if free := next_free_subnet(wanted.prefixlen, snapshot):
        yield N_(CONTEXT, "Use {subnet}: nothing on this host uses it.", subnet=free)


def _invalid_parameter(case: Case) -> Detail | None:
    """0x57 is about the subnet or the adapter; what the snapshot shows decides which."""
    for name in _asked_adapters(case):
        if name.lower().startswith("vethernet"):
            why = N_(
                CONTEXT,
                "{adapter} is a virtual adapter that Windows made for a vSwitch. A network needs a "
                "network card.",
                adapter=name,
            )
            return Detail(why, tuple(_choose_adapter(case)), Field.ADAPTER)
        if any(each.name == name and each.wireless for each in case.snapshot.facts.adapters.known() or ()):
            why = N_(
                CONTEXT, "{adapter} is a Wi-Fi adapter, and these often can't carry a vSwitch.", adapter=name
            )
            return Detail(why, tuple(_choose_adapter(case)), Field.ADAPTER)
    return _overlap(case) or _adapter(case)


def _adapter(case: Case) -> Detail | None:
    adapters = case.snapshot.facts.adapters.known()
    uses = {use.adapter.casefold(): use for use in adapter_uses(case.snapshot)}
    for name in _asked_adapters(case):
        if adapters is not None and name.casefold() not in {each.name.casefold() for each in adapters}:
            why = N_(
                CONTEXT,
                "The host has no adapter called {adapter}. It has: {adapters}",
                adapter=name,
                adapters=", ".join(each.name for each in adapters if not each.host_vnic),
            )
            return Detail(why, tuple(_choose_adapter(case)), Field.ADAPTER)
        if use := uses.get(name.casefold()):
            return Detail(_taken(use), tuple(_choose_adapter(case)), Field.ADAPTER)
        if down := [each for each in adapters or () if each.name == name and each.status != "Up"]:
            why = N_(CONTEXT, "{adapter} is not up: {status}.", adapter=name, status=down[0].status)
            return Detail(why, tuple(_choose_adapter(case)), Field.ADAPTER)
    if case.spec and not _asked_adapters(case) and free_adapters(case.snapshot) == () and uses:
        taken = next(iter(uses.values()))
        return Detail(_taken(taken), (N_(CONTEXT, "Add a network card to the host."),), Field.ADAPTER)
    return None


def _asked_adapters(case: Case) -> tuple[str, ...]:
    return adapter_names(case.spec.option(INTERFACE)) if case.spec else ()


def _taken(use: AdapterUse) -> Text:
    if use.network is not None:
        return N_(
            CONTEXT,
            "{adapter} already carries the network {network}, and an adapter carries one such network.",
            adapter=use.adapter,
            network=use.network.name,
        )
    if use.visible:
        return N_(
            CONTEXT, "{adapter} is bound to the vSwitch {vswitch}.", adapter=use.adapter, vswitch=use.vswitch
        )
    return N_(
        CONTEXT,
        "{adapter} is bound to the vSwitch {vswitch}, which was made while docker ran: docker does "
        "not see it.",
        adapter=use.adapter,
        vswitch=use.vswitch,
    )


def _choose_adapter(case: Case) -> Iterator[Text]:
    free = free_adapters(case.snapshot)
    if free:
        names = ", ".join(adapter.name for adapter in free)
        yield N_(CONTEXT, "Choose an adapter that is free: {adapters}", adapters=names)
    elif free is not None:
        yield N_(
            CONTEXT, "No adapter of this host is free: remove a network that uses one, or add a network card."
        )


def _name_taken(case: Case) -> Detail | None:
    name = case.values.get("name") or (case.spec.name if case.spec else "")
    for network in case.snapshot.networks.known() or ():
        if network.name == name:
            why = N_(
                CONTEXT, "The engine has a {driver} network called {name}.", driver=network.driver, name=name
            )
            return Detail(why)
    return None


def _hns_name_taken(case: Case) -> Detail | None:
    wanted = case.spec.option(NETWORK_NAME) if case.spec else ""
    for network in case.snapshot.networks.known() or ():
        if wanted and hns_name(network) == wanted:
            why = N_(
                CONTEXT,
                "The docker network {network} has the HNS name {name}.",
                network=network.name,
                name=wanted,
            )
            return Detail(why)
    return None


def _in_use(case: Case) -> Detail | None:
    if not isinstance(case.step, RemoveNetwork):
        return None
    wanted = {case.step.network, case.step.name}
    attached = [
        container.name
        for container in case.snapshot.containers.known() or ()
        if any({endpoint.network_id, endpoint.network_name} & wanted for endpoint in container.endpoints)
    ]
    if not attached:
        return None
    return Detail(N_(CONTEXT, "Attached to it: {containers}", containers=", ".join(attached)))


def _swarm(case: Case) -> Detail | None:
    engine = case.snapshot.engine.known()
    if engine is None:
        return None
    if engine.swarm.active:
        return Detail(N_(CONTEXT, "{host} is a worker in its swarm, not a manager.", host=engine.host_name))
    return Detail(N_(CONTEXT, "{host} is not in a swarm.", host=engine.host_name))


def _port(case: Case) -> Detail | None:
    port = case.values.get("port") or case.values.get("other")
    for container in case.snapshot.containers.known() or ():
        if port and any(str(mapping.host_port) == port for mapping in container.ports):
            why = N_(
                CONTEXT,
                "The container {container} publishes host port {port}.",
                container=container.name,
                port=port,
            )
            return Detail(why)
    return None


def _offered_drivers(case: Case) -> Detail | None:
    engine = case.snapshot.engine.known()
    if engine is None or not engine.network_drivers:
        return None
    why = N_(
        CONTEXT,
        "This engine runs {system} containers and has the drivers {drivers}.",
        system={"windows": "Windows", "linux": "Linux"}.get(engine.os_type, engine.os_type),
        drivers=", ".join(engine.network_drivers),
    )
    return Detail(why)


_FINDERS: Mapping[str, Callable[[Case], Detail | None]] = {
    "invalid-parameter": _invalid_parameter,
    "object-exists": _overlap,
    "pool-overlaps": _overlap,
    "adapter-not-found": _adapter,
    "name-taken": _name_taken,
    "hns-name-exists": _hns_name_taken,
    "network-in-use": _in_use,
    "not-a-manager": _swarm,
    "scope-without-swarm": _swarm,
    "port-allocated": _port,
    "driver-missing": _offered_drivers,
    "driver-unknown": _offered_drivers,
    "linux-engine": _offered_drivers,
}
