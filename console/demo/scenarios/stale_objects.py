"""A crash left a network and endpoints in HNS that belong to nothing (reference, 0.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.hns import HnsRequest
from console.demo.identity import mac_text
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.demo.state import HnsNetworkState
from console.demo.windows_state import HnsEndpointRecord
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_DETACHED = 4


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    left = host.hns.create_network(HnsRequest(name=host.identity.hex_id(), type="nat"))
    leave_endpoint(host, left)
    known = host.hns.network(host.networks.find("frontend").hns_id)
    if known is None:
        raise RuntimeError("the network just made has no part in HNS")
    leave_endpoint(host, known)


def leave_endpoint(host: PracticeHost, hns_network: HnsNetworkState) -> None:
    """A detached endpoint of a container that is no more; it holds its address."""
    lease = host.hns.lease(hns_network, "", mac_text(hns_network.mac_pool))
    record = HnsEndpointRecord(
        id=host.identity.guid(upper=False),
        network_id=hns_network.id,
        network_name=hns_network.name,
        name="Ethernet",
        address=lease.address,
        prefix_length=lease.prefix_length,
        gateway=lease.gateway,
        mac_address=lease.mac_address,
        state=_DETACHED,
    )
    host.state.windows.hns_endpoints[record.id] = record


SCENARIO = Scenario(
    id="stale-objects",
    title=N_("Scenario", "Leftovers in Windows"),
    description=N_(
        "Scenario", "The Host Networking Service holds a network and endpoints that belong to nothing."
    ),
    apply=_apply,
)
