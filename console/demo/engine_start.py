"""What the engine does when it starts and stops (reference, 2.4, in its order)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.hns import HnsRequest
from console.demo.options import local_options
from console.demo.prefixes import UNKNOWN_PREFIX
from console.demo.refusal import Refusal
from console.demo.state import HnsNetworkState, HnsSubnet, NetworkState, PoolState
from console.domain.drivers import options as keys
from console.domain.snapshot import VSwitchKind

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_NOT_ADOPTED = frozenset({"internal", "private", "mirrored"})
_NO_DEFAULT = "none"
_EXIT_AT_SHUTDOWN = 1067
_RESTARTING = frozenset({"always", "unless-stopped"})


def stop_containers(host: PracticeHost) -> None:
    """The Host Compute Service stopped: every container is gone, the engine goes on."""
    for container in [one for one in host.containers.all() if one.running]:
        host.containers.exited(container, _EXIT_AT_SHUTDOWN)


def stop_engine(host: PracticeHost) -> None:
    """Stop the engine: its containers stop with it (no live restore on Windows)."""
    for container in [one for one in host.containers.all() if one.running]:
        policy = (container.host_config.get("RestartPolicy") or {}).get("Name")
        host.containers.exited(container, _EXIT_AT_SHUTDOWN)
        if policy in _RESTARTING:
            host.restart_after_start.append(container.id)


def start_engine(host: PracticeHost) -> None:
    """Start the engine: read HNS, drop or re-create its own networks, adopt unknown ones."""
    for network in list(host.networks.all()):
        if network.hns_id and host.hns.network(network.hns_id) is None:
            _lost(host, network)
    _create_none(host)
    known = {network.hns_id: network for network in host.networks.all() if network.hns_id}
    for hns_network in list(host.state.hns_networks.values()):
        if hns_network.type.lower() in _NOT_ADOPTED and hns_network.id not in known:
            continue
        if hns_network.id in known:
            _known_again(host, known[hns_network.id], hns_network)
        else:
            _adopt(host, hns_network)
    if not host.networks.named("nat") and host.state.windows.setup.daemon.get("bridge") != _NO_DEFAULT:
        _create_default_nat(host)
    waiting, host.restart_after_start = host.restart_after_start, []
    for container_id in waiting:
        container = host.state.containers.get(container_id)
        if container is None:
            continue
        try:
            host.containers.start(container)
        except Refusal as refusal:
            host.log(f"failed to start container {container_id}: {refusal.message}")


def announce_switches(host: PracticeHost) -> None:
    """A restarted HNS lists vSwitches that Hyper-V made, as networks of type Transparent."""
    used = {network.switch_id for network in host.state.hns_networks.values()}
    for switch in host.state.switches.values():
        if switch.kind is not VSwitchKind.EXTERNAL or switch.id in used:
            continue
        switch.hns_known = True
        host.hns.adopt_network(
            HnsNetworkState(
                id=host.identity.guid(upper=host.build.upper_case_guids),
                name=switch.name,
                type="Transparent",
                switch_id=switch.id,
                mac_pool=host.identity.mac_pool(),
            )
        )


def _lost(host: PracticeHost, network: NetworkState) -> None:
    """HNS does not list it any more: nat networks are made again under the same id, other local
    ones are gone, swarm ones are kept (step 3).
    """
    if network.scope == "swarm":
        network.hns_id = ""
        network.options.pop(keys.HNS_ID, None)
        network.changed()
        return
    host.networks.drop(network)
    if network.driver != "nat" or network.name == "nat":
        return
    options = {key: value for key, value in network.options.items() if key != keys.HNS_ID}
    pools = [pool for pool in network.pools or [] if pool.subnet != UNKNOWN_PREFIX]
    if not host.build.engine.keeps_labels_on_recreation:
        network.labels = {}
    parsed = local_options(options)
    try:
        made = host.hns.create_network(
            HnsRequest(
                name=parsed.network_name or network.id,
                type="nat",
                subnets=tuple(HnsSubnet(prefix=pool.subnet, gateway=pool.gateway) for pool in pools),
                vlan=parsed.vlan,
                vsid=parsed.vsid,
                dns_suffix=parsed.dns_suffix,
                dns_servers=parsed.dns_servers,
                mac_pools=parsed.mac_pools,
            )
        )
    except Refusal as refusal:
        host.log(f"could not re-create network {network.name}: {refusal.message}")
        return
    network.hns_id = made.id
    network.options = {**options, keys.HNS_ID: made.id}
    host.networks.add(network)


def _create_none(host: PracticeHost) -> None:
    for network in host.networks.named("none").copy():
        host.networks.drop(network)
    host.networks.add(
        NetworkState(
            id=host.identity.hex_id(),
            name="none",
            driver="null",
            created=host.clock(),
            ipam_driver="default",
            pools=None,
        )
    )


def _known_again(host: PracticeHost, network: NetworkState, hns_network: HnsNetworkState) -> None:
    """Made again in the engine with the same id; subnets come from HNS, Created is now (0.3)."""
    network.created = host.clock()
    if network.scope == "local":
        network.pools = _pools(hns_network)
        network.options[keys.NETWORK_NAME] = (
            hns_network.name if host.build.engine.writes_network_name else network.name
        )
        network.options[keys.HNS_ID] = hns_network.id
    network.changed()


def _adopt(host: PracticeHost, hns_network: HnsNetworkState) -> None:
    """An HNS network the engine does not know yet (step 5)."""
    driver = hns_network.type.lower()
    default = driver == "nat" and not host.networks.named("nat")
    options = {keys.HNS_ID: hns_network.id, keys.NETWORK_NAME: hns_network.name}
    if host.build.engine.marks_host_networks and not default:
        options[keys.HNS_OWNED] = "true"
    host.networks.add(
        NetworkState(
            id=host.identity.hex_id(),
            name="nat" if default else hns_network.name,
            driver=driver,
            created=host.clock(),
            pools=_pools(hns_network),
            options=options,
            hns_id=hns_network.id,
        )
    )


def _create_default_nat(host: PracticeHost) -> None:
    prefix = host.state.fixed_cidr
    try:
        made = host.hns.create_network(
            HnsRequest(name="nat", type="nat", subnets=(HnsSubnet(prefix=prefix),) if prefix else ())
        )
    except Refusal as refusal:
        raise RuntimeError(f"error creating default network: {refusal.message}") from refusal
    host.networks.add(
        NetworkState(
            id=host.identity.hex_id(),
            name="nat",
            driver="nat",
            created=host.clock(),
            pools=_pools(made),
            options={keys.HNS_ID: made.id, keys.NETWORK_NAME: "nat"},
            hns_id=made.id,
        )
    )


def _pools(hns_network: HnsNetworkState) -> list[PoolState]:
    known = [PoolState(subnet=one.prefix, gateway=one.gateway) for one in hns_network.subnets]
    return known or [PoolState(subnet=UNKNOWN_PREFIX)]
