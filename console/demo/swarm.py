"""The engine's part in a swarm (reference, 2.7)."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Interface, IPv4Network, ip_address
from typing import TYPE_CHECKING, Any

from console.demo.network_creation import NOT_A_MANAGER
from console.demo.prefixes import first_host, partitions
from console.demo.refusal import Refusal
from console.demo.state import NetworkState, PoolState, SwarmMembership
from console.demo.swarm_view import other_node
from console.domain.drivers import options as keys

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_WORKER = (
    "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. "
    "Please run this command on a manager node or promote the current node to a manager."
)
_ALREADY = (
    'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.'
)
_LAST_MANAGER = (
    "You are attempting to leave the swarm on a node that is participating as a manager. Removing the "
    "last manager erases all current state of the swarm. Use `--force` to ignore this message. "
)


_DEFAULT_POOLS = ("10.0.0.0/8",)
_USUAL_SUBNET_SIZE = 24


def _holds_subnets(pool: str, size: int) -> bool:
    try:
        return IPv4Network(pool).prefixlen <= size <= 29
    except ValueError:
        return False


class Swarm:
    """Swarm mode of one engine. Callers hold the host's lock."""

    def __init__(self, host: PracticeHost) -> None:
        self._host = host

    @property
    def active(self) -> bool:
        """Whether the engine is a member of a swarm."""
        return bool(self._membership.node_id)

    @property
    def is_manager(self) -> bool:
        """Whether the engine is a manager of its swarm."""
        return self.active and self._membership.manager

    @property
    def not_manager_message(self) -> str:
        """Why a request that needs a manager is refused here."""
        return _WORKER if self.active else NOT_A_MANAGER

    @property
    def _membership(self) -> SwarmMembership:
        return self._host.state.swarm

    def require_manager(self) -> None:
        """Refuse what only a manager can do."""
        if not self.is_manager:
            raise Refusal(503, self.not_manager_message)

    @property
    def pools(self) -> tuple[str, ...]:
        """What overlay networks get their subnets from."""
        return tuple(self._membership.pools) or _DEFAULT_POOLS

    def init(self, advertise: str, pools: Sequence[str] = (), subnet_size: int = 0) -> str:
        """Become the manager of a new swarm; gives the node's id. Nothing and 0: the usual ones."""
        if self.active:
            raise Refusal(503, _ALREADY)
        size = subnet_size or _USUAL_SUBNET_SIZE
        for pool in pools:
            if not _holds_subnets(pool, size):
                raise Refusal(400, f"invalid default address pool {pool} for subnets of size {size}")
        address = self._advertised(advertise)
        identity = self._host.identity
        self._host.state.swarm = SwarmMembership(
            node_id=identity.swarm_id(),
            cluster_id=identity.swarm_id(),
            manager=True,
            address=address,
            pools=list(pools),
            subnet_size=size,
            created=self._host.clock(),
            worker_token=f"SWMTKN-1-{identity.token()}",
            manager_token=f"SWMTKN-1-{identity.token()}",
        )
        self._create_ingress()
        return self._membership.node_id

    def join(self, token: str, advertise: str) -> None:
        """Become a worker of somebody else's swarm, whose managers are only imagined."""
        if self.active:
            raise Refusal(503, _ALREADY)
        if not token.startswith("SWMTKN-1-"):
            raise Refusal(400, "invalid join token")
        self._host.state.swarm = SwarmMembership(
            node_id=self._host.identity.swarm_id(),
            manager=False,
            address=self._advertised(advertise),
            created=self._host.clock(),
        )

    def leave(self, *, force: bool) -> None:
        """Leave; a last manager only by force. Swarm networks go with it."""
        if not self.active:
            raise Refusal(503, "This node is not part of a swarm")
        if self.is_manager and not force:
            raise Refusal(503, _LAST_MANAGER)
        host = self._host
        for network in [one for one in host.networks.all() if one.scope == "swarm"]:
            for container in list(network.members.values()):
                host.attachments.detach(container, network)
            if network.hns_id:
                host.hns.delete_network(network.hns_id)
            host.networks.drop(network)
            host.networks.tell(network, "remove")
        host.state.swarm = SwarmMembership()

    def allocate_vnis(self, count: int) -> list[int]:
        """The next VNIs; Windows can't use those below 4096 (reference, 1.2)."""
        first = self._membership.next_vni
        self._membership.next_vni += count
        return list(range(first, first + count))

    def _advertised(self, advertise: str) -> str:
        if advertise:
            return self._given_address(
                advertise.rsplit(":", 1)[0] if advertise.count(":") == 1 else advertise
            )
        found = [one for one in self._host.state.adapters if one.addresses and one.gateways]
        if len(found) != 1 or not self._host.build.server:
            raise Refusal(400, "could not find the system's IP address - specify one with --advertise-addr")
        return str(IPv4Interface(found[0].addresses[0]).ip)

    def _given_address(self, text: str) -> str:
        for adapter in self._host.state.adapters:
            if adapter.name == text and adapter.addresses:
                return str(IPv4Interface(adapter.addresses[0]).ip)
        try:
            return str(ip_address(text))
        except ValueError:
            raise Refusal(
                400,
                "advertise address must be a non-zero IP address or network interface (with optional port "
                "number)",
            ) from None

    def _create_ingress(self) -> None:
        """The routing mesh' network. That it can't be made is not told to the client (2.7)."""
        host = self._host
        subnet = "10.255.0.0/16"
        if self._membership.pools or host.build.engine.number >= (19,):
            subnet = next(partitions(self.pools[0], self._membership.subnet_size))
        network = NetworkState(
            id=host.identity.swarm_id(),
            name="ingress",
            driver="overlay",
            created=host.clock(),
            scope="swarm",
            ingress=True,
            ipam_driver="default",
            pools=[PoolState(subnet=subnet, gateway=first_host(subnet))],
            options={keys.VXLAN_ID_LIST: str(self.allocate_vnis(1)[0])},
        )
        try:
            host.networks.instantiate(network)
        except Refusal as refusal:
            host.log(f"Failed creating ingress network: {refusal.message}")
            return
        host.networks.add(network)
        host.networks.tell(network, "create")

    # What is shown

    def info(self) -> dict[str, Any]:
        """``Swarm`` of ``docker info``."""
        member = self._membership
        shown: dict[str, Any] = {
            "NodeID": member.node_id,
            "NodeAddr": member.address,
            "LocalNodeState": "active" if self.active else "inactive",
            "ControlAvailable": self.is_manager,
            "Error": "",
            "RemoteManagers": None,
        }
        if self.is_manager:
            shown |= {
                "RemoteManagers": [{"NodeID": member.node_id, "Addr": f"{member.address}:2377"}],
                "Nodes": 1 + len(member.others),
                "Managers": 1 + sum(other.role == "manager" for other in member.others),
                "Cluster": self.document(tokens=False),
            }
        return shown

    def document(self, *, tokens: bool = True) -> dict[str, Any]:
        """``GET /swarm``."""
        member = self._membership
        document: dict[str, Any] = {
            "ID": member.cluster_id,
            "Version": {"Index": 10},
            "CreatedAt": self._host.time_text(member.created),
            "UpdatedAt": self._host.time_text(member.created),
            "Spec": {
                "Name": "default",
                "Labels": {},
                "Orchestration": {"TaskHistoryRetentionLimit": 5},
                "Raft": {
                    "SnapshotInterval": 10000,
                    "KeepOldSnapshots": 0,
                    "LogEntriesForSlowFollowers": 500,
                    "ElectionTick": 10,
                    "HeartbeatTick": 1,
                },
                "Dispatcher": {"HeartbeatPeriod": 5_000_000_000},
                "CAConfig": {"NodeCertExpiry": 7_776_000_000_000_000},
                "TaskDefaults": {},
                "EncryptionConfig": {"AutoLockManagers": False},
            },
            "TLSInfo": {"TrustRoot": "", "CertIssuerSubject": "", "CertIssuerPublicKey": ""},
            "RootRotationInProgress": False,
            "DefaultAddrPool": list(self.pools),
            "SubnetSize": member.subnet_size,
            "DataPathPort": 4789,
        }
        if tokens:
            document["JoinTokens"] = {"Worker": member.worker_token, "Manager": member.manager_token}
        return document

    def nodes(self) -> list[dict[str, Any]]:
        """All nodes, as ``GET /nodes`` tells them: this one first."""
        return [self.node(), *(other_node(self._host, other) for other in self._membership.others)]

    def node(self) -> dict[str, Any]:
        """This node, as ``GET /nodes`` tells it."""
        member = self._membership
        return {
            "ID": member.node_id,
            "Version": {"Index": 9},
            "CreatedAt": self._host.time_text(member.created),
            "UpdatedAt": self._host.time_text(member.created),
            "Spec": {"Labels": {}, "Role": "manager", "Availability": "active"},
            "Description": {
                "Hostname": self._host.name,
                "Platform": {"Architecture": "x86_64", "OS": "windows"},
                "Resources": {"NanoCPUs": 4_000_000_000, "MemoryBytes": 8_589_398_016},
                "Engine": {"EngineVersion": self._host.build.engine.version, "Plugins": []},
            },
            "Status": {"State": "ready", "Addr": member.address},
            "ManagerStatus": {"Leader": True, "Reachability": "reachable", "Addr": f"{member.address}:2377"},
        }
