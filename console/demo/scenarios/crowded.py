"""A busy host: networks of every driver that works on it, with containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.network_creation import drivers
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import add_default_switch, network, run
from console.domain.drivers.options import NETWORK_NAME
from console.domain.drivers.options import WINDOWS_PREFIX as PREFIX
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _prepare(host: PracticeHost) -> None:
    if not host.build.server:
        add_default_switch(host)


def _apply(host: PracticeHost) -> None:
    inside = "172.16.1" if host.build.single_nat else "10.244.1"
    network(host, "frontend", "nat", subnet=f"{inside}.0/24", gateway=f"{inside}.1", labels={"team": "web"})
    network(host, "backend", "nat", labels={"team": "data"})
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080}, labels={"app": "shop"})
    run(host, "web-2", "iis", network="frontend", ports={"80/tcp": 8081}, labels={"app": "shop"})
    run(host, "database", "servercore", network="backend", aliases=("db",))
    run(host, "cache", "nanoserver", network="backend")
    run(host, "worker", "nanoserver")
    run(host, "batch", "nanoserver", network="backend", started=False)
    if "private" in drivers(host):
        network(host, "sealed", "private", subnet="10.99.0.0/24", gateway="10.99.0.1")
        network(host, "lab", "internal", subnet="10.98.0.0/24", gateway="10.98.0.1")
    if host.build.server:
        _external(host)


def _external(host: PracticeHost) -> None:
    host.swarm.init("192.168.1.10")
    network(host, "mesh", "overlay", attachable=True)
    run(host, "agent", "nanoserver", network="mesh")
    vlan = {PREFIX + "vlanid": "7", NETWORK_NAME: "CorpSwitch", PREFIX + "dnsservers": "10.123.174.10"}
    network(
        host,
        "corp",
        "transparent",
        subnet="10.123.174.0/23",
        gateway="10.123.174.1",
        interface="Ethernet 2",
        options=vlan,
    )
    run(host, "printer-gateway", "servercore", network="corp", address="10.123.174.105")
    routed = {PREFIX + "enable_outboundnat": "true", PREFIX + "outboundnat_exceptions": "10.200.0.0/24"}
    network(
        host,
        "pods",
        "l2bridge",
        subnet="10.200.0.0/24",
        gateway="10.200.0.1",
        interface="Ethernet 3",
        options=routed,
    )
    run(host, "pod-a", "nanoserver", network="pods")
    run(host, "pod-b", "nanoserver", network="pods")


SCENARIO = Scenario(
    id="crowded",
    title=N_("Scenario", "A busy container host"),
    description=N_(
        "Scenario", "Networks of every driver that this Windows supports, with containers on them."
    ),
    prepare=_prepare,
    apply=_apply,
)
