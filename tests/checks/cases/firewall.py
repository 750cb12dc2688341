"""Cases of checks about what Windows Firewall and WinNAT let through."""

from __future__ import annotations

from typing import Any

from console.domain.host_inventory import FirewallProfile, FirewallRule, HnsNetwork, NatMapping
from console.domain.sections import fresh
from console.domain.snapshot import Container, NatPrefix, Network, PortMapping, Snapshot, SwarmState
from tests.checks.cases.case import Case, with_facts
from tests.domain.hosts import MANAGER, NAT, WORKER, host, network

FRONTEND = network("frontend", "nat", "10.77.8.0/24", gateway="10.77.8.1")
_PORTS = {"TCP": ("2377", "7946"), "UDP": ("7946", "4789")}
_CLUSTER = MANAGER.model_copy(update={"nodes": 3})


def rule(action: str, *ports: str, protocol: str = "TCP", **changes: Any) -> FirewallRule:
    facts = {"id": f"{action}{ports}{protocol}", "title": "A rule", "enabled": True, "direction": "Inbound"}
    return FirewallRule.model_validate(
        {**facts, "action": action, "protocol": protocol, "local_ports": ports, "program": "Any", **changes}
    )


def behind(
    *rules: FirewallRule, on: bool = True, inbound: str = "", known: Snapshot | None = None
) -> Snapshot:
    """A host with those rules, its profiles on."""
    profile = FirewallProfile(name="Public", enabled=on, default_inbound=inbound)
    return with_facts(known or host(), firewall_rules=rules, firewall_profiles=(profile,))


def _publishing(*rules: FirewallRule, state: str = "running", on: bool = True) -> Snapshot:
    ports = (PortMapping(container_port=80, host_port=8080), PortMapping(container_port=443))
    web = Container(id="c0ffee" + "0" * 58, name="web", state=state, ports=ports)
    return behind(*rules, on=on, known=host().model_copy(update={"containers": fresh((web,))}))


def _swarm(swarm: SwarmState, *rules: FirewallRule, **how: Any) -> Snapshot:
    return behind(*rules, known=host(swarm=swarm), **how)


def _opened(**changes: Any) -> tuple[FirewallRule, ...]:
    return tuple(rule("Allow", *ports, protocol=one, **changes) for one, ports in _PORTS.items())


def _nat(prefix: str, *networks: Network, name: str = "Machines", own: str = "NAT1") -> Snapshot:
    known = host(networks=(NAT, *networks))
    hns = HnsNetwork(id="0A87F093-80A3-4495-8C09-608A6D28416D", name="nat", type="nat", nat_name=own)
    mapping = NatMapping(
        nat=name, protocol="TCP", external_port=25, internal_address="10.77.8.9", internal_port=25
    )
    nats = (NatPrefix(name=name, internal_prefix=prefix),)
    return with_facts(known, nat_prefixes=nats, hns_networks=(hns,), nat_mappings=(mapping,))


CASES: dict[str, Case] = {
    "firewall-blocks-port": Case(
        (
            _publishing(rule("Block", "8080")),
            _publishing(rule("Block", "80", "8000-8100")),
            _publishing(rule("Block", "Any", protocol="Any", program="")),
        ),
        (
            _publishing(rule("Block", "8081", "RPC", "9000-")),
            _publishing(rule("Block", "80")),
            _publishing(rule("Block", "8080", protocol="UDP")),
            _publishing(rule("Block", "8080", enabled=False)),
            _publishing(rule("Block", "8080", program="C:\\Apps\\chat.exe")),
            _publishing(rule("Block", "8080", direction="Outbound")),
            _publishing(rule("Allow", "8080")),
            _publishing(rule("Block", "8080"), on=False),
            _publishing(rule("Block", "8080"), state="exited"),
        ),
    ),
    "swarm-ports-blocked": Case(
        (
            _swarm(WORKER),
            _swarm(_CLUSTER),
            _swarm(_CLUSTER, *_opened(), rule("Block", "2000-3000")),
            _swarm(_CLUSTER, *_opened(program="C:\\Apps\\chat.exe")),
            _swarm(WORKER, *_opened(), rule("Block", "Any", program="C:\\docker\\dockerd.exe")),
            _swarm(_CLUSTER.model_copy(update={"data_path_port": 4790}), *_opened()),
        ),
        (
            _swarm(MANAGER),
            _swarm(SwarmState()),
            _swarm(_CLUSTER, *_opened()),
            _swarm(_CLUSTER, *_opened(program="C:\\docker\\dockerd.exe")),
            _swarm(WORKER, rule("Allow", "Any", protocol="Any"), rule("Block", "2377")),
            _swarm(WORKER, inbound="Allow"),
            _swarm(WORKER, on=False),
        ),
    ),
    "winnat-conflict": Case(
        (_nat("10.77.0.0/16", FRONTEND), _nat("10.77.8.128/25", FRONTEND), _nat("172.16.0.0/12")),
        (
            _nat("10.78.0.0/16", FRONTEND),
            _nat("10.77.8.0/24", FRONTEND, name="NAT1"),
            _nat("10.77.0.0/16", network("mesh", "overlay", "10.77.8.0/24")),
            _nat("no prefix", FRONTEND),
            _nat("172.16.0.0/12", name="nat", own=""),
        ),
    ),
}  # fmt: skip
