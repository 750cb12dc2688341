"""The adapter that a vSwitch goes out by is not connected (reference, 2.1 and 5.1)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.by_hand import quoted
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.other_adapter import on_a_free_adapter
from console.domain.host_adapters import external_adapters
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Adapter, Network, VSwitch
from console.domain.text import N_, Text, verbatim

CONTEXT = "Check adapter-unplugged"
_NAMED_AT_MOST = 6
_DISABLED = "Disabled"


def _find(host: Host) -> Iterator[Symptom]:
    for switch, adapters in external_adapters(host.snapshot):
        for adapter in adapters:
            if adapter.status != "Up":
                yield Symptom(ref_of(adapter), tuple(_facts(host, switch, adapter, adapters)))


def _facts(host: Host, switch: VSwitch, adapter: Adapter, team: tuple[Adapter, ...]) -> Iterator[Text]:
    yield N_(
        CONTEXT, "{adapter} is not connected: its status is {status}.",
        adapter=adapter.name, status=adapter.status,
    )  # fmt: skip
    name = host.relations.title_of(ref_of(switch))
    networks = [one.name for one in host.relations.networks_on(switch)]
    if networks:
        names = ", ".join(networks[:_NAMED_AT_MOST])
        yield N_(CONTEXT, "The vSwitch {switch} is on it, with {networks}.", switch=name, networks=names)
    else:
        yield N_(CONTEXT, "The vSwitch {switch} is on it.", switch=name)
    others = [one.name for one in team if one.status == "Up"]
    if others:
        yield N_(
            CONTEXT, "These adapters of its team are still connected: {adapters}.", adapters=", ".join(others)
        )


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    adapter = host.relations.find(subject) if subject else None
    if not isinstance(adapter, Adapter):
        return ()
    return (_connected(adapter), *on_a_free_adapter(host, _only_network(host, adapter)))


def _connected(adapter: Adapter) -> Remedy:
    if adapter.status == _DISABLED:
        command = verbatim(f"Enable-NetAdapter -Name {quoted(adapter.name)}")
        step = N_(CONTEXT, "As an administrator: {command}", command=command)
        return Remedy(N_(CONTEXT, "Enable the adapter"), steps=(step,))
    return Remedy(
        N_(CONTEXT, "Plug the cable in"),
        steps=(
            N_(
                CONTEXT,
                "Check the cable and the port of the physical switch; in a virtual machine, the virtual "
                "switch that its adapter is connected to.",
            ),
            N_(
                CONTEXT, "Check that it is up: {command}",
                command=verbatim(f"Get-NetAdapter -Name {quoted(adapter.name)}"),
            ),
        ),
    )  # fmt: skip


def _only_network(host: Host, adapter: Adapter) -> Network | None:
    """The network that goes out by the adapter alone; None where there is none, or others share it."""
    for switch, adapters in external_adapters(host.snapshot):
        networks = host.relations.networks_on(switch)
        if adapters == (adapter,) and len(networks) == 1:
            return networks[0]
    return None


CHECK = Check(
    id="adapter-unplugged",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "The adapter under a vSwitch is not connected"),
    reason=N_(
        CONTEXT,
        "Everything on the vSwitch goes out through this adapter. Its containers still reach each other, "
        "but nothing outside the host; where addresses come from DHCP they get none.",
    ),
    needs=("adapters", "vswitches"),
    find=_find,
    remedies=_remedies,
    source="reference, 2.1 and 5.1",
)
