"""A network that needs the Virtual Filtering Platform is on a vSwitch where it is off (seed, "VFP")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.hns_restart import restart_of_hns
from console.checks.stopped_service import stopped
from console.domain.drivers.options import HNS_ID
from console.domain.host_actions import enable_vfp, vfp_blocked_because
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Network, VSwitch
from console.domain.text import N_, verbatim
from console.domain.vfp import DRIVERS_ON_VFP, vfp_of

CONTEXT = "Check vfp-extension-off"
_SERVICE = "vfpext"
_MODULE = "Install-WindowsFeature -Name Hyper-V-PowerShell"


def _find(host: Host) -> Iterator[Symptom]:
    for switch in host.snapshot.facts.vswitches.known() or ():
        extension = vfp_of(switch)
        # Of what HNS tells nobody knows whether it runs: then it counts as running where it is enabled.
        if extension is None or (extension.enabled and extension.running is not False):
            continue
        if extension.enabled and next(stopped(host, _SERVICE), None):
            continue  # l2bridge-prerequisites tells it: no vSwitch has it while its service does not run
        names = ", ".join(one.name for one in host.relations.networks_on(switch) if _rests_on_vfp(one))
        if not names:
            continue
        if extension.enabled:
            fact = N_(
                CONTEXT, "VFP is enabled but not running on the vSwitch {switch}, which carries {names}.",
                switch=switch.name, names=names,
            )  # fmt: skip
        else:
            fact = N_(
                CONTEXT, "VFP is off on the vSwitch {switch}, which carries {names}.",
                switch=switch.name, names=names,
            )  # fmt: skip
        yield Symptom(ref_of(switch), (fact,))


def _rests_on_vfp(network: Network) -> bool:
    # An overlay network that nobody uses here is in no vSwitch yet, and has no hnsid (reference, 2.5).
    return network.driver in DRIVERS_ON_VFP and not (
        network.driver == "overlay" and not network.option(HNS_ID)
    )


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    switch = host.relations.find(subject) if subject else None
    if not isinstance(switch, VSwitch):
        return ()
    if vfp_blocked_because(switch) is not None:
        return (_start_driver(), *restart_of_hns(host, N_(CONTEXT, "Restart hns and docker")))
    if switch.derived:
        return (_with_module(switch),)
    plan = enable_vfp(switch, host.relations)
    return (Remedy(N_(CONTEXT, "Enable VFP on this vSwitch"), plan=plan),)


def _start_driver() -> Remedy:
    return Remedy(
        N_(CONTEXT, "Start VFP's driver"),
        steps=(
            N_(CONTEXT, "As an administrator: {command}", command=verbatim("Start-Service vfpext")),
            N_(CONTEXT, "If it does not start, check: {command}", command=verbatim("sc.exe query vfpext")),
        ),
    )


def _with_module(switch: VSwitch) -> Remedy:
    """Only Hyper-V's cmdlets switch extensions, and this host has none of them."""
    extension = vfp_of(switch)
    command = (
        f"Get-VMSwitch -Id '{switch.id}' | Get-VMSwitchExtension | "
        f"Where-Object Id -eq '{extension.id if extension else ''}' | Enable-VMSwitchExtension"
    )
    return Remedy(
        N_(CONTEXT, "Install the Hyper-V cmdlets and enable VFP with them"),
        steps=(
            N_(CONTEXT, "As an administrator: {command}", command=verbatim(_MODULE)),
            N_(CONTEXT, "Then: {command}", command=verbatim(command)),
        ),
    )


CHECK = Check(
    id="vfp-extension-off",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "The Virtual Filtering Platform is off where a network needs it"),
    reason=N_(
        CONTEXT,
        "Overlay networks use it to encapsulate, l2bridge networks to rewrite MAC addresses. While it is "
        "off, their containers reach nothing outside the host.",
    ),
    needs=("engine", "networks", "vswitches"),
    find=_find,
    remedies=_remedies,
    source='seed, "VFP"; reference, 5.4',
    drivers=frozenset({"l2bridge", "overlay"}),
)
