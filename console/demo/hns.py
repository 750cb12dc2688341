"""The Host Networking Service: HNS networks, vSwitches on adapters, endpoint addresses and ports.

What Windows itself accepts and refuses (reference, 0, 2.1, 4.2 and 7). It knows nothing of Docker's
names; the engine's part is in :mod:`console.demo.networks` and :mod:`console.demo.containers`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from console.demo import hns_messages as codes
from console.demo.builds import WindowsBuild
from console.demo.hns_switches import VFP_TYPES, HnsSwitches
from console.demo.identity import Identity, mac_text
from console.demo.prefixes import UNKNOWN_PREFIX, Range, first_host, overlap, partitions, range_of
from console.demo.refusal import Refusal
from console.demo.state import HnsNetworkState, HnsSubnet, HostState, PublishedPort
from console.domain.snapshot import Hypervisor

EXTERNAL_TYPES = frozenset({"transparent", "l2bridge", "l2tunnel", "overlay"})
ROUTED_TYPES = frozenset({"nat", "ics", "internal"})
HEALTHY = 1
STATIC_TYPES = frozenset({"l2bridge", "l2tunnel"})
_FIRST_VXLAN_ID = 4096  # Windows can't use those below (reference, 1.2; moby#32935)


@dataclass(frozen=True, slots=True)
class HnsRequest:
    """The body of HNS' network creation (reference, 2.2 "HNS POST body")."""

    name: str
    type: str
    subnets: tuple[HnsSubnet, ...] = ()
    adapters: tuple[str, ...] = ()
    vlan: int = 0
    vsid: int = 0
    dns_suffix: str = ""
    dns_servers: str = ""
    mac_pools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lease:
    """What an endpoint got. ``known`` is False where only the container sees it (DHCP)."""

    address: str
    prefix_length: int
    gateway: str
    mac_address: str
    known: bool


@dataclass(slots=True)
class Ports:
    """Host ports held by endpoints, by protocol and number."""

    held: set[tuple[str, int]] = field(default_factory=set)


class Hns:
    """HNS of one host. Callers hold the host's lock."""

    def __init__(self, state: HostState, build: WindowsBuild, identity: Identity) -> None:
        self._state = state
        self._build = build
        self._identity = identity
        self._ports = Ports()
        self._ranges: dict[str, list[Range]] = {}
        self._names: set[str] = set()
        self.switches = HnsSwitches(state, build, identity, self.refusal)
        for network in state.hns_networks.values():
            self._index(network)

    def refusal(self, code: int) -> Refusal:
        """HNS' refusal as the engine passes it on (reference, 4.1)."""
        words = f"hnsCall failed in Win32: {codes.hns_text(code, self._state.language)}"
        if self._build.engine.prefixes_hns_call:
            words = f"failed during hnsCallRawResponse: {words}"
        return Refusal(500, words)

    def network(self, hns_id: str) -> HnsNetworkState | None:
        """The HNS network with that id."""
        return self._state.hns_networks.get(hns_id)

    def create_network(self, request: HnsRequest) -> HnsNetworkState:
        """Create a network and the vSwitch it needs, or raise the refusal."""
        self._check_running()
        if request.name in self._names:
            raise self.refusal(codes.NETWORK_EXISTS)
        self._check_type(request)
        return self._create(request, self._subnets(request))

    def _check_running(self) -> None:
        if not self._runs("hns"):
            raise self.refusal(codes.SERVICE_NOT_ACTIVE)

    def _runs(self, name: str) -> bool:
        service = self._state.windows.services.get(name)
        return service is not None and service.status == "Running"

    def create_unchecked(self, request: HnsRequest) -> HnsNetworkState:
        """As :meth:`create_network` where the caller knows that nothing clashes (thousands)."""
        return self._create(request, list(request.subnets))

    def _create(self, request: HnsRequest, subnets: list[HnsSubnet]) -> HnsNetworkState:
        network = HnsNetworkState(
            id=self._identity.guid(upper=self._build.upper_case_guids),
            name=request.name,
            type=request.type,
            subnets=subnets,
            persistent=request.type != "nat" or not self._build.loses_nat_at_reboot,
            vlan=request.vlan,
            vsid=request.vsid,
            dns_suffix=request.dns_suffix,
            dns_servers=request.dns_servers,
            mac_pools=list(request.mac_pools),
            mac_pool=self._mac_pool(request),
            host_vnic_mac=mac_text(self._identity.mac_pool()),
        )
        network.switch_id = self.switches.bind(network, request.adapters)
        if request.type == "nat":
            network.nat_name = f"{self._build.nat_name_prefix}{self._identity.guid(upper=False)}"
            network.vlan = network.vlan or self.switches.next_nat_vlan()
        self._state.hns_networks[network.id] = network
        self._index(network)
        return network

    def delete_network(self, hns_id: str) -> None:
        """Delete a network, and its vSwitch with the last network on it."""
        network = self._state.hns_networks.pop(hns_id, None)
        if network is None:
            return
        self._ranges.pop(hns_id, None)
        self._names.discard(network.name)
        self._drop_records(hns_id)
        self.switches.release(network)

    def _drop_records(self, hns_id: str) -> None:
        """Endpoints that are no container's go with their network, and load balancers with them."""
        windows = self._state.windows
        gone = {one.id for one in windows.hns_endpoints.values() if one.network_id == hns_id}
        for endpoint_id in gone:
            del windows.hns_endpoints[endpoint_id]
        for balancer in [one for one in windows.load_balancers.values() if one.endpoint_id in gone]:
            del windows.load_balancers[balancer.id]

    def adopt_network(self, network: HnsNetworkState) -> None:
        """List a network that others made (Hyper-V's external vSwitches, the Default Switch)."""
        self._state.hns_networks[network.id] = network
        self._index(network)

    def _check_type(self, request: HnsRequest) -> None:
        kind = request.type
        if kind == "l2tunnel" and self._state.hypervisor is not Hypervisor.AZURE:
            # Only in Azure (reference, 2.1); Windows' own words for it are not recorded anywhere.
            raise self.refusal(codes.NOT_SUPPORTED)
        if kind in VFP_TYPES and not self._runs("vfpext"):
            raise self.refusal(codes.VFP_UNAVAILABLE)
        if kind == "overlay" and request.vsid < _FIRST_VXLAN_ID:
            raise self.refusal(codes.ELEMENT_NOT_FOUND)
        known = [subnet for subnet in request.subnets if subnet.prefix != UNKNOWN_PREFIX]
        if kind in STATIC_TYPES and not known:
            raise self.refusal(codes.NO_SUBNET)
        many = kind in EXTERNAL_TYPES - {"transparent"} and self._build.many_subnets
        if (len(known) > 1 and not many and kind != "overlay") or request.vlan > 4095:
            raise self.refusal(codes.INVALID_PARAMETER)

    def _subnets(self, request: HnsRequest) -> list[HnsSubnet]:
        known = [subnet for subnet in request.subnets if subnet.prefix != UNKNOWN_PREFIX]
        for subnet in known:
            self._check_subnet(request.type, subnet)
        if known:
            return [self._with_gateway(request.type, subnet) for subnet in known]
        if request.type in ("nat", "internal"):
            prefix = self.free_nat_prefix()
            return [HnsSubnet(prefix=prefix, gateway=first_host(prefix))]
        return []

    def _with_gateway(self, kind: str, subnet: HnsSubnet) -> HnsSubnet:
        if subnet.gateway or kind in ("transparent", *STATIC_TYPES):
            return subnet
        return HnsSubnet(prefix=subnet.prefix, gateway=first_host(subnet.prefix))

    def _check_subnet(self, kind: str, subnet: HnsSubnet) -> None:
        asked = range_of(subnet.prefix)
        if subnet.gateway:
            gateway = int(IPv4Address(subnet.gateway))
            if not asked[0] <= gateway <= asked[1]:
                raise self.refusal(codes.INVALID_PARAMETER)
        if kind == "nat" and not self._inside_nat_prefix(asked):
            raise self.refusal(codes.INVALID_PARAMETER)
        if self._taken(asked, kind):
            raise self.refusal(codes.INVALID_PARAMETER)

    def _inside_nat_prefix(self, asked: Range) -> bool:
        """Whether WinNAT translates these addresses: Server 2016 does so for one prefix only."""
        if not self._state.nat_prefix:
            return True
        outer = range_of(self._state.nat_prefix)
        return outer[0] <= asked[0] and asked[1] <= outer[1]

    def _taken(self, asked: Range, kind: str) -> bool:
        """Whether a prefix clashes: with routed networks always, with the host's own links and
        routes, and other programs' NATs, where the new network is itself behind the host.
        """
        if any(overlap(asked, used) for ranges in self._ranges.values() for used in ranges):
            return True
        if kind not in ROUTED_TYPES:
            return False
        links = [address for adapter in self._state.adapters for address in adapter.addresses]
        routes = [route for route in self._state.routes if route != UNKNOWN_PREFIX]
        others = [nat.prefix for nat in self._state.windows.nats]
        return any(overlap(asked, range_of(used)) for used in (*links, *routes, *others))

    def free_nat_prefix(self) -> str:
        """HNS' own choice: a random free /20, out of WinNAT's prefix on 2016, else out of
        172.16.0.0/12 and then 192.168.0.0/16 (reference, 7).
        """
        outer = [self._state.nat_prefix] if self._state.nat_prefix else ["172.16.0.0/12", "192.168.0.0/16"]
        for prefix in outer:
            candidates = list(partitions(prefix, 20))
            # The first partition stays free on 2016: the seed's examples 172.16.1.0/24 and
            # 172.16.2.0/24 lie there.
            first = 1 if self._state.nat_prefix else 0
            for index in self._identity.sample(len(candidates), len(candidates)):
                if index >= first and not self._taken(range_of(candidates[index]), "nat"):
                    return candidates[index]
        raise self.refusal(codes.INVALID_PARAMETER)

    def _mac_pool(self, request: HnsRequest) -> int:
        if not request.mac_pools:
            return self._identity.mac_pool()
        try:
            ends = [int(text.replace("-", ""), 16) for text in request.mac_pools]
        except ValueError:
            raise self.refusal(codes.INVALID_PARAMETER) from None
        if any(len(text) != 17 for text in request.mac_pools) or ends[1] < ends[0]:
            raise self.refusal(codes.INVALID_PARAMETER)
        return ends[0]

    def _index(self, network: HnsNetworkState) -> None:
        self._names.add(network.name)
        if network.type.lower() in ROUTED_TYPES:
            self._ranges[network.id] = [range_of(subnet.prefix) for subnet in network.subnets]

    # Endpoints

    def lease(self, network: HnsNetworkState, address: str, mac_address: str) -> Lease:
        """Addresses for a new endpoint, random out of the subnet (reference, 7)."""
        self._check_running()
        if network.state != HEALTHY:
            raise self.refusal(codes.ELEMENT_NOT_FOUND)
        if network.type.lower() in STATIC_TYPES and not network.subnets:
            raise self.refusal(codes.NO_SUBNET)
        mac = mac_address or self._free_mac(network)
        if not network.subnets:
            return self._dhcp_lease(network, address, mac)
        subnet = self._subnet_for(network, address)
        if network.type.lower() == "nat" and not self._inside_nat_prefix(range_of(subnet.prefix)):
            raise self.refusal(codes.INVALID_PARAMETER)
        chosen = address or self._free_address(network, subnet)
        if chosen in network.taken or chosen == subnet.gateway:
            raise self.refusal(codes.ADDRESS_RESERVED)
        network.taken.update((chosen, mac))
        length = IPv4Network(subnet.prefix).prefixlen
        return Lease(chosen, length, subnet.gateway, mac, known=True)

    def release(self, network: HnsNetworkState, lease: tuple[str, str], ports: list[PublishedPort]) -> None:
        """Give back an endpoint's address, MAC and host ports."""
        network.taken.difference_update(lease)
        self._ports.held.difference_update((port.protocol, port.host_port) for port in ports)

    def hold(self, network: HnsNetworkState, lease: tuple[str, str], ports: list[PublishedPort]) -> None:
        """Take what a loaded endpoint already has."""
        network.taken.update(part for part in lease if part)
        self._ports.held.update((port.protocol, port.host_port) for port in ports)

    def publish(self, protocol: str, host_port: int) -> int:
        """Reserve a host port of a NAT policy (0: one of Windows' dynamic range)."""
        if not host_port:
            host_port = self._dynamic_port(protocol)
        if self._blocked(protocol, host_port):
            raise self.refusal(codes.PORT_IN_USE)
        if (protocol, host_port) in self._ports.held:
            raise self.refusal(codes.PORT_EXISTS)
        self._ports.held.add((protocol, host_port))
        return host_port

    def publish_by_engine(self, protocol: str, host_port: int) -> int:
        """Reserve a host port that the engine's own allocator hands out (l2bridge, overlay)."""
        candidates = [host_port] if host_port else list(range(60000, 65001))
        for port in candidates:
            if (protocol, port) not in self._ports.held and not self._blocked(protocol, port):
                self._ports.held.add((protocol, port))
                return port
        raise Refusal(500, f"Bind for 0.0.0.0:{host_port} failed: port is already allocated")

    def _blocked(self, protocol: str, port: int) -> bool:
        return self._state.windows.ports.blocked(protocol, port)

    def withdraw(self, ports: list[PublishedPort]) -> None:
        """Give back host ports of an endpoint that could not be made."""
        self._ports.held.difference_update((port.protocol, port.host_port) for port in ports)

    def _dynamic_port(self, protocol: str) -> int:
        for offset in self._identity.sample(256, 16384):
            port = 49152 + offset
            if (protocol, port) not in self._ports.held and not self._blocked(protocol, port):
                return port
        raise self.refusal(codes.PORT_IN_USE)

    def _subnet_for(self, network: HnsNetworkState, address: str) -> HnsSubnet:
        if not address:
            return network.subnets[0]
        number = int(IPv4Address(address))
        for subnet in network.subnets:
            low, high = range_of(subnet.prefix)
            if low < number < high:
                return subnet
        raise self.refusal(codes.INVALID_ADDRESS)

    def _free_address(self, network: HnsNetworkState, subnet: HnsSubnet) -> str:
        low, high = range_of(subnet.prefix)
        if high - low < 2:
            raise self.refusal(codes.ADDRESS_RESERVED)
        start = self._identity.below(high - low - 1)
        for step in range(high - low - 1):
            address = str(IPv4Address(low + 1 + (start + step) % (high - low - 1)))
            if address != subnet.gateway and address not in network.taken:
                return address
        raise self.refusal(codes.ADDRESS_RESERVED)

    def _free_mac(self, network: HnsNetworkState) -> str:
        start = self._identity.below(4096)
        for step in range(4096):
            mac = mac_text(network.mac_pool + (start + step) % 4096)
            if mac not in network.taken:
                return mac
        raise self.refusal(codes.ADDRESS_RESERVED)

    def _dhcp_lease(self, network: HnsNetworkState, address: str, mac: str) -> Lease:
        """An address of the physical network's DHCP server, or one Windows makes up itself."""
        network.taken.add(mac)
        if address:
            network.taken.add(address)
            return Lease(address, 0, "", mac, known=True)
        adapter = self.switches.adapter_of(network)
        serves = network.type.lower() == "transparent" and self._state.hypervisor is not Hypervisor.AZURE
        if not serves or adapter is None or not adapter.addresses:
            tail = self._identity.below(65022) + 256
            return Lease(f"169.254.{tail >> 8}.{tail & 255}", 16, "", mac, known=False)
        link = IPv4Interface(adapter.addresses[0]).network
        gateway = adapter.gateways[0] if adapter.gateways else ""
        subnet = HnsSubnet(prefix=str(link), gateway=gateway)
        chosen = self._free_address(network, subnet)
        network.taken.add(chosen)
        return Lease(chosen, link.prefixlen, gateway, mac, known=False)
