"""``docker network create`` on Windows: every check in the engine's order (reference, 2.2)."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from console.demo import hns_messages as codes
from console.demo.hns import HnsRequest
from console.demo.network_request import CreateBody, check_ipam
from console.demo.options import is_bool, local_options, quoted, truth, vxlan_ids
from console.demo.prefixes import UNKNOWN_PREFIX, first_host, is_ipv6, overlap, partitions, range_of
from console.demo.refusal import Refusal
from console.demo.state import HnsNetworkState, HnsSubnet, NetworkState, PoolState
from console.domain.drivers import options as keys

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

PREDEFINED = frozenset({"nat", "none", "default"})
NOT_A_MANAGER = (
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect '
    "this node to swarm and try again."
)
WORKER = (
    "Cannot create a multi-host network from a worker node. Please create the network from a manager node."
)


def drivers(host: PracticeHost) -> tuple[str, ...]:
    """The network drivers the engine has registered, as ``docker info`` lists them."""
    added = ("internal", "private") if host.build.engine.has_internal_and_private else ()
    return tuple(sorted(("ics", "l2bridge", "l2tunnel", "nat", "null", "overlay", "transparent", *added)))


class Creation:
    """One create request on its way through the checks."""

    def __init__(self, host: PracticeHost, body: CreateBody) -> None:
        self.host = host
        self.body = body
        self.engine = host.build.engine
        self.driver = body.driver or "nat"
        self.options = dict(body.options or {})
        self.pools = body.pools
        self.ipv6 = bool(body.enable_ipv6)
        self.ipam_driver = (body.ipam.driver if body.ipam else "") or "default"

    def run(self) -> NetworkState:
        """All checks in order, then the network; raises the first refusal."""
        self._check_names_and_swarm()
        self._check_request()
        self._check_registries()
        if self.body.config_only:
            return self._network(driver="null")
        self._apply_configuration()
        self._check_ipam_driver()
        self._check_driver()
        return self._create_overlay() if self.driver == "overlay" else self._create_local()

    # Steps 1 to 3

    def _check_names_and_swarm(self) -> None:
        name = self.body.name
        named = self.host.networks.named(name)
        if any(network.scope == "swarm" for network in named):
            raise Refusal(409, f"network with name {name} already exists")
        if name.lower() in PREDEFINED or name.startswith("container:"):
            raise Refusal(403, "operation is not permitted on predefined nat network ")
        if self.driver == "overlay" and not self.host.swarm.is_manager:
            raise Refusal(403 if self.engine.forbids_overlay_off_swarm else 500, NOT_A_MANAGER)

    # Steps 4 to 7

    def _check_request(self) -> None:
        for key in (keys.ENABLE_IPV4, keys.ENABLE_IPV6):
            if key in self.options and not is_bool(self.options[key]):
                raise Refusal(400, f"driver-opt {quoted(key)} is not a valid bool")
        if self.body.enable_ipv6 is None and keys.ENABLE_IPV6 in self.options:
            self.ipv6 = truth(self.options[keys.ENABLE_IPV6])
        if self.engine.has_ipam_validation:
            check_ipam(self.pools)
        name = self.body.name
        if not name.strip():
            raise Refusal(400, "invalid name: name is empty")
        checked = self.body.check_duplicate or not self.engine.allows_duplicate_names
        if checked and self.host.networks.named(name):
            raise Refusal(409, f"network with name {name} already exists")

    # Steps 8 to 10

    def _check_registries(self) -> None:
        if self.body.config_only:
            return
        if self.driver not in drivers(self.host):
            raise self._no_plugin(self.driver)
        if self.driver == "null":
            raise Refusal(403, 'only one instance of "null" network is allowed')
        self._check_scope()

    def _check_scope(self) -> None:
        scope = self.body.scope
        if self.driver == "overlay" and scope == "local":
            raise Refusal(403, "cannot downgrade network scope for overlay networks")
        if self.body.ingress and self.driver != "overlay" and scope not in ("swarm", "global"):
            raise Refusal(403, "Ingress network can only be global scope network")
        if scope not in ("swarm", "global") or self.driver == "overlay":
            return
        if not self.host.swarm.active:
            raise Refusal(403, "cannot create a swarm scoped network when swarm is not active")
        if not self.host.swarm.is_manager:
            raise Refusal(403, WORKER)

    def _apply_configuration(self) -> None:
        source = self.body.config_from.network if self.body.config_from else ""
        if not source:
            return
        configuration = next(
            (network for network in self.host.networks.named(source) if network.config_only), None
        )
        if configuration is None:
            raise Refusal(404, f"configuration network {quoted(source)} does not exist")
        if self.pools or self.options:
            raise Refusal(
                403,
                "user supplied configurations are not supported if the network depends on a "
                "configuration network",
            )
        self.pools = [pool.model_copy(deep=True) for pool in configuration.requested]
        self.options = dict(configuration.options)
        self.ipv6 = configuration.enable_ipv6

    # Steps 11 and 12

    def _no_plugin(self, name: str) -> Refusal:
        if self.engine.prefixes_hns_call:
            return Refusal(404, f"could not find plugin {name} in v1 plugin registry: plugin not found")
        return Refusal(404, f"plugin {quoted(name)} not found")

    def _check_ipam_driver(self) -> None:
        if self.ipam_driver not in ("default", "windows", "null"):
            raise self._no_plugin(self.ipam_driver)
        if self.ipam_driver == "default" and self.driver != "overlay":
            self.ipam_driver = "windows"
        if self.ipam_driver == "windows" and (self.ipv6 or any(pool.ip_range for pool in self.pools)):
            raise Refusal(500, "this request is not supported by the 'windows' ipam driver")
        # An IPv6 subnet without --ipv6 is skipped silently (reference, 2.2).
        self.pools = [pool for pool in self.pools if not is_ipv6(pool.subnet)]
        for pool in self.pools:
            try:
                ip_network(pool.subnet, strict=False)
            except ValueError:
                raise Refusal(500, f"invalid CIDR address: {pool.subnet}") from None
            if pool.gateway and not _is_address(pool.gateway):
                # moby libnetwork, IpamConf.Validate: what engines before 25.0 check of it.
                raise Refusal(400, f"invalid gateway address {pool.gateway} in Ipam configuration")

    def _check_driver(self) -> None:
        off = self.body.enable_ipv4 is False
        if keys.ENABLE_IPV4 in self.options and self.body.enable_ipv4 is None:
            off = not truth(self.options[keys.ENABLE_IPV4])
        if off and self.engine.checks_ipv4_off:
            raise Refusal(400, "IPv4 cannot be disabled on Windows")

    # Step 13 and 14: local drivers

    def _create_local(self) -> NetworkState:
        parsed = local_options(self.options)
        network = self._network()
        if parsed.hns_id:
            # Discovered: no HNS call at all (reference, 1.1 hnsid).
            network.hns_id = parsed.hns_id
            network.pools = network.pools or [PoolState(subnet=UNKNOWN_PREFIX)]
            return network
        if any(is_ipv6(pool.gateway) for pool in self.pools):
            # Engines before 25.0 hand it on as it is, and HNS knows IPv4 gateways only.
            raise self.host.hns.refusal(codes.INVALID_PARAMETER)
        made = self.host.hns.create_network(
            HnsRequest(
                name=parsed.network_name or network.id,
                type=self.driver,
                subnets=tuple(HnsSubnet(prefix=pool.subnet, gateway=pool.gateway) for pool in self.pools),
                adapters=parsed.adapters,
                vlan=parsed.vlan,
                vsid=parsed.vsid,
                dns_suffix=parsed.dns_suffix,
                dns_servers=parsed.dns_servers,
                mac_pools=parsed.mac_pools,
            )
        )
        if self.engine.wants_gateway_with_subnet and any(not subnet.gateway for subnet in made.subnets):
            self.host.hns.delete_network(made.id)
            raise Refusal(500, "invalid CIDR address: /32")
        network.hns_id = made.id
        network.pools = self._shown_pools(made)
        network.options[keys.HNS_ID] = made.id
        if self.engine.writes_network_name:
            network.options[keys.NETWORK_NAME] = made.name
        return network

    def _shown_pools(self, made: HnsNetworkState) -> list[PoolState]:
        """``IPAM.Config`` as inspect shows it, which differs by engine (reference, 2.4)."""
        if self.pools:
            gateways = {subnet.prefix: subnet.gateway for subnet in made.subnets}
            return [
                pool.model_copy(update={"gateway": pool.gateway or gateways.get(pool.subnet, "")})
                for pool in self.pools
            ]
        if not made.subnets:
            shown = "" if self.engine.wants_gateway_with_subnet else "0.0.0.0"  # noqa: S104 (no listener)
            return [PoolState(subnet=UNKNOWN_PREFIX, gateway=shown)]
        if self.engine.shows_hns_subnet:
            return [PoolState(subnet=subnet.prefix, gateway=subnet.gateway) for subnet in made.subnets]
        gateway = made.subnets[0].gateway if self.engine.wants_gateway_with_subnet else "0.0.0.0"  # noqa: S104
        return [PoolState(subnet=UNKNOWN_PREFIX, gateway=gateway)]

    # Overlay

    def _create_overlay(self) -> NetworkState:
        pools = self.pools or [PoolState(subnet=self._free_overlay_prefix())]
        self._check_overlay_pools(pools)
        numbers = vxlan_ids(self.options)
        if numbers and len(numbers) < len(pools):
            raise Refusal(
                500,
                f"insufficient vnis({len(numbers)}) passed to overlay. Windows driver requires VNIs to be "
                "prepopulated",
            )
        if not numbers:
            numbers = self.host.swarm.allocate_vnis(len(pools))
        network = self._network()
        network.pools = [
            pool.model_copy(update={"gateway": pool.gateway or first_host(pool.subnet)}) for pool in pools
        ]
        network.options[keys.VXLAN_ID_LIST] = ",".join(str(number) for number in numbers)
        network.scope = "swarm"
        network.ipam_options = None
        return network

    def _free_overlay_prefix(self) -> str:
        used = self._overlay_ranges()
        size = self.host.state.swarm.subnet_size
        for pool in self.host.swarm.pools:
            for prefix in partitions(pool, size):
                if not any(overlap(range_of(prefix), other) for other in used):
                    return prefix
        raise Refusal(400, "all predefined address pools have been fully subnetted")

    def _overlay_ranges(self) -> list[tuple[int, int]]:
        networks = self.host.state.networks.values()
        overlays = [network for network in networks if network.driver == "overlay"]
        return [range_of(pool.subnet) for network in overlays for pool in network.pools or []]

    def _check_overlay_pools(self, pools: list[PoolState]) -> None:
        used = self._overlay_ranges()
        for pool in pools:
            asked = range_of(pool.subnet)
            if any(overlap(asked, other) for other in used):
                raise Refusal(403, "Pool overlaps with other one on this address space")
            used.append(asked)

    def _network(self, driver: str = "") -> NetworkState:
        body = self.body
        swarm = self.driver == "overlay" or body.scope in ("swarm", "global")
        return NetworkState(
            id=self.host.identity.swarm_id()
            if swarm and not body.config_only
            else self.host.identity.hex_id(),
            name=body.name,
            driver=driver or self.driver,
            created=self.host.clock(),
            scope="swarm" if swarm and not body.config_only else "local",
            enable_ipv6=self.ipv6,
            internal=bool(body.internal),
            attachable=bool(body.attachable),
            ingress=bool(body.ingress),
            config_only=bool(body.config_only),
            config_from=body.config_from.network if body.config_from else "",
            ipam_driver=self.ipam_driver,
            ipam_options=body.ipam.options if body.ipam else None,
            pools=[pool.model_copy(deep=True) for pool in self.pools] or None,
            requested=[pool.model_copy(deep=True) for pool in self.pools],
            options=dict(self.options),
            labels=dict(body.labels or {}),
        )


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
