"""The inventory's pages: which kinds of objects each one shows, in tabs where there are several."""

from __future__ import annotations

from console.ui.inventory.kind import AnyKind
from console.ui.inventory.kinds.adapters import ADAPTERS
from console.ui.inventory.kinds.compartments import COMPARTMENTS
from console.ui.inventory.kinds.connections import CONNECTIONS
from console.ui.inventory.kinds.container_endpoints import CONTAINER_ENDPOINTS
from console.ui.inventory.kinds.containers import CONTAINERS
from console.ui.inventory.kinds.firewall_profiles import FIREWALL_PROFILES
from console.ui.inventory.kinds.firewall_rules import FIREWALL_RULES
from console.ui.inventory.kinds.hns_endpoints import HNS_ENDPOINTS
from console.ui.inventory.kinds.hns_load_balancers import HNS_LOAD_BALANCERS
from console.ui.inventory.kinds.hns_namespaces import HNS_NAMESPACES
from console.ui.inventory.kinds.hns_networks import HNS_NETWORKS
from console.ui.inventory.kinds.listeners import LISTENERS
from console.ui.inventory.kinds.nats import NATS
from console.ui.inventory.kinds.overlay_networks import OVERLAY_NETWORKS
from console.ui.inventory.kinds.port_acls import PORT_ACLS
from console.ui.inventory.kinds.port_mappings import PORT_MAPPINGS
from console.ui.inventory.kinds.port_ranges import PORT_RANGES
from console.ui.inventory.kinds.routes import ROUTES
from console.ui.inventory.kinds.services import SERVICES
from console.ui.inventory.kinds.swarm_nodes import SWARM_NODES
from console.ui.inventory.kinds.swarm_services import SWARM_SERVICES
from console.ui.inventory.kinds.swarm_tasks import SWARM_TASKS
from console.ui.inventory.kinds.switches import SWITCHES

KINDS_BY_PAGE: dict[str, tuple[AnyKind, ...]] = {
    "adapters": (ADAPTERS, ROUTES),
    "switches": (SWITCHES,),
    "hns": (HNS_NETWORKS, HNS_ENDPOINTS, HNS_LOAD_BALANCERS, HNS_NAMESPACES),
    "compartments": (COMPARTMENTS,),
    "containers": (CONTAINERS, CONTAINER_ENDPOINTS),
    "nat": (PORT_MAPPINGS, NATS, LISTENERS, CONNECTIONS, PORT_RANGES),
    "firewall": (FIREWALL_RULES, PORT_ACLS, FIREWALL_PROFILES),
    "services": (SERVICES,),
    "swarm": (SWARM_NODES, SWARM_SERVICES, SWARM_TASKS, OVERLAY_NETWORKS),
}
"""By the page's id in :mod:`console.ui.pages.registry`."""
