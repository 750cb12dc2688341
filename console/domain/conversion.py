"""From what exists to what would create it again."""

from __future__ import annotations

from console.domain.drivers.options import HNS_ID, HNS_OWNED, NETWORK_NAME
from console.domain.snapshot import IpamPool, Network
from console.domain.spec import NetworkSpec, SubnetSpec

_ENGINE_SET = frozenset({HNS_ID, HNS_OWNED})
# "No subnet known": DHCP, or an adopted vSwitch (reference, 0.8).
_UNKNOWN_SUBNETS = frozenset({"", "0.0.0.0/0", "::/0"})
# What an engine chooses by itself, so that asking for it says nothing (reference, 2.5 and 3.4).
_USUAL_IPAM_DRIVERS = frozenset({"", "default", "windows"})
_SWARM_DRIVERS = frozenset({"overlay"})


def spec_of(network: Network) -> NetworkSpec:
    """What would create ``network`` again with the same settings.

    Left out is what the engine sets by itself: the HNS id and owner marks, an HNS name that is only
    the network's id or its docker name (reference, 1.1), pools without a subnet, the usual IPAM
    driver, and the scope that the driver has anyway. A network that took its settings from another one
    (``--config-from``) shows them as its own, but the engine refuses to be given them beside it ("user-
    specified configurations are not supported if the network depends on a configuration network",
    moby, libnetwork, ``validateConfiguration``).
    """
    if network.config_from:
        return NetworkSpec(
            name=network.name,
            driver=network.driver,
            scope=_scope(network),
            internal=network.internal,
            attachable=network.attachable,
            ingress=network.ingress,
            config_from=network.config_from,
        )
    return NetworkSpec(
        name=network.name,
        driver=network.driver,
        subnets=tuple(_subnet(pool) for pool in network.pools if pool.subnet not in _UNKNOWN_SUBNETS),
        options={
            key: value for key, value in network.options.items() if not _engine_set(network, key, value)
        },
        labels=dict(network.labels),
        scope=_scope(network),
        internal=network.internal,
        attachable=network.attachable,
        ingress=network.ingress,
        enable_ipv4=network.enable_ipv4,
        enable_ipv6=network.enable_ipv6,
        ipam_driver="" if network.ipam_driver in _USUAL_IPAM_DRIVERS else network.ipam_driver,
        ipam_options=dict(network.ipam_options),
        config_only=network.config_only,
    )


def _engine_set(network: Network, key: str, value: str) -> bool:
    return key in _ENGINE_SET or (key == NETWORK_NAME and value in {network.id, network.name})


def _subnet(pool: IpamPool) -> SubnetSpec:
    # Old engines show 0.0.0.0 where there is no gateway (reference, 2.5).
    gateway = "" if pool.gateway == "0.0.0.0" else pool.gateway  # noqa: S104 - not a listening address
    return SubnetSpec(
        subnet=pool.subnet, gateway=gateway, ip_range=pool.ip_range, aux_addresses=dict(pool.aux_addresses)
    )


def _scope(network: Network) -> str:
    usual = {"", "swarm", "global"} if network.driver in _SWARM_DRIVERS else {"", "local"}
    return "" if network.scope in usual else network.scope
