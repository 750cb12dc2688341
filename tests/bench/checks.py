"""All checks on a host of 5,000 networks: they are asked at each look, and nothing may wait for them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator

from console.checks.registry import checks
from console.checks.report import run_checks
from console.domain.drivers.options import HNS_ID
from console.domain.host_inventory import HnsNetwork, HnsSubnet, Service, ServiceStatus
from console.domain.sections import fresh
from console.domain.snapshot import Adapter, IpamPool, Network, Snapshot, VSwitch, VSwitchKind
from tests.bench.figures import Figure
from tests.domain.hosts import ETHERNET, NAT, SECOND, host

NETWORKS = 5_000
BUDGET_MS = 100.0
ROUNDS = 5


def figures() -> Iterator[Figure]:
    """On snapshots of which nothing is worked out yet. They compute and wait for nothing: what counts is
    the processor's time, whatever else the machine does.
    """
    checks()  # loading them is part of the start
    times = [_once(_host()) for _ in range(ROUNDS)]
    basis = f"{NETWORKS:,} networks, {len(checks())} checks, median of {ROUNDS}"
    yield Figure("checks: all on a new snapshot", statistics.median(times) * 1000, "ms", BUDGET_MS, basis)


def _once(snapshot: Snapshot) -> float:
    gc.collect()
    gc.disable()  # as the window does: it collects while nothing is to be done (console/ui/collection.py)
    try:
        begun = time.process_time()
        report = run_checks(snapshot)
        taken = time.process_time() - begun
    finally:
        gc.enable()
    if report.crashed or report.findings:
        raise RuntimeError("something was found on a host on which nothing is wrong")
    return taken


def _host() -> Snapshot:
    """A host as Windows Server 2022 has it: nat networks on one vSwitch, each with its part in HNS."""
    networks, hns, vnics = [], [], []
    for number in range(NETWORKS):
        guid = f"{number:08X}-0000-4000-8000-000000000000"
        prefix, gateway = f"10.{number >> 8}.{number & 255}.0/24", f"10.{number >> 8}.{number & 255}.1"
        networks.append(
            Network(
                id=f"{number:064x}",
                name=f"network {number}",
                driver="nat",
                pools=(IpamPool(subnet=prefix, gateway=gateway),),
                options={HNS_ID: guid},
            )
        )
        subnets = (HnsSubnet(prefix=prefix, gateway=gateway),)
        hns.append(
            HnsNetwork(id=guid, name=f"{number:064x}", type="nat", subnets=subnets, switch_id="1", state=1)
        )
        vnics.append(
            Adapter(
                name=f"vEthernet ({number:015x})", physical=False, host_vnic=True, vswitch="nat",
                addresses=(f"{gateway}/24",),
            )
        )  # fmt: skip
    switch = VSwitch(name="nat", id="1", kind=VSwitchKind.INTERNAL)
    known = host(networks=(NAT, *networks), adapters=(ETHERNET, SECOND, *vnics), vswitches=(switch,))
    services = tuple(Service(name=name, status=ServiceStatus.RUNNING) for name in ("docker", "hns", "vfpext"))
    facts = {"hns_networks": hns, "hns_endpoints": (), "services": services, "firewall_rules": ()}
    sections = {name: fresh(tuple(value)) for name, value in facts.items()}
    return known.model_copy(update={"facts": known.facts.model_copy(update=sections)})
