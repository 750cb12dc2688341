"""The pages of the navigation: one entry each. A page's module is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain.text import N_, Text
from console.ui.actions import ActionSet
from console.ui.hosts import Hosts
from console.ui.icons import Icon
from console.ui.inventory.source import Inventory
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.window_state import WindowState


def _cannot_open(_choice_id: str) -> None:
    """What opening a host does where the window was given none."""


def _stay(_page_id: str) -> None:
    """What going to a page does where there is no window."""


@dataclass(frozen=True)
class Parts:
    """What a page is built from. ``open_host`` opens the choice of an id beside the hosts that are open,
    ``reopen_host`` does so in the place of itself where it is open; ``go_to`` shows the page of an id.
    """

    session: Session
    tasks: Tasks
    actions: ActionSet
    state: WindowState
    inventory: Inventory
    hosts: Hosts | None = None
    open_host: Callable[[str], None] = _cannot_open
    reopen_host: Callable[[str], None] = _cannot_open
    go_to: Callable[[str], None] = _stay


@dataclass(frozen=True)
class PageGroup:
    """Pages that stand together under one ``title`` (None: the first ones, under none).

    ``keys`` and a number lead to the pages of the group in their order.
    """

    title: Text | None
    menu_title: Text | None
    keys: str


MAIN = PageGroup(None, None, "Ctrl")
WORKLOADS = PageGroup(N_("Pages", "Workloads"), N_("Pages", "Wor&kloads"), "Ctrl+Shift")
WINDOWS_SIDE = PageGroup(N_("Pages", "Windows side"), N_("Pages", "&Windows side"), "Alt")
GROUPS = (MAIN, WORKLOADS, WINDOWS_SIDE)


@dataclass(frozen=True)
class Page:
    """One entry of the navigation. ``shows`` are the kinds of objects that have their rows there.

    ``module`` is what ``make`` needs and imports.
    """

    id: str
    title: Text
    icon: Icon
    module: str
    make: Callable[[Parts], QWidget]
    shows: tuple[str, ...] = ()
    group: PageGroup = MAIN


def _networks(parts: Parts) -> QWidget:
    from console.ui.pages.networks import NetworksPage

    return NetworksPage(parts)


def _map(parts: Parts) -> QWidget:
    from console.ui.pages.map import MapPage

    return MapPage(parts)


def _discovery(parts: Parts) -> QWidget:
    from console.ui.pages.discovery import DiscoveryPage

    return DiscoveryPage(parts)


def _swarm(parts: Parts) -> QWidget:
    from console.ui.pages.swarm import SwarmPage

    return SwarmPage(parts)


def _compose(parts: Parts) -> QWidget:
    from console.ui.pages.compose import ComposePage

    return ComposePage(parts)


def _checks(parts: Parts) -> QWidget:
    from console.ui.pages.checks import ChecksPage

    return ChecksPage(parts)


def _ports(parts: Parts) -> QWidget:
    from console.ui.pages.ports import PortsPage

    return PortsPage(parts)


def _reachability(parts: Parts) -> QWidget:
    from console.ui.pages.reachability import ReachabilityPage

    return ReachabilityPage(parts)


def _explain(parts: Parts) -> QWidget:
    from console.ui.pages.explain import ExplainPage

    return ExplainPage(parts)


def _memory(parts: Parts) -> QWidget:
    from console.ui.pages.memory import MemoryPage

    return MemoryPage(parts)


def _limits(parts: Parts) -> QWidget:
    from console.ui.pages.limits import LimitsPage

    return LimitsPage(parts)


def _help(parts: Parts) -> QWidget:
    from console.ui.pages.help import HelpPage

    return HelpPage(parts)


def _activity(parts: Parts) -> QWidget:
    from console.ui.pages.activity import ActivityPage

    return ActivityPage(parts.session, parts.tasks, state=parts.state, actions=parts.actions)


def _inventory(page_id: str, parts: Parts) -> QWidget:
    from console.ui.pages.inventory import InventoryPage

    return InventoryPage(page_id, parts)


def _practice(parts: Parts) -> QWidget:
    from console.ui.pages.practice import PracticePage

    return PracticePage(parts)


def _hosts(parts: Parts) -> QWidget:
    from console.ui.pages.hosts import HostsPage

    return HostsPage(parts)


def _compare(parts: Parts) -> QWidget:
    from console.ui.pages.compare import ComparePage

    return ComparePage(parts)


def _host(parts: Parts) -> QWidget:
    from console.ui.pages.host import HostPage

    return HostPage(parts)


def _listing(page_id: str, title: Text, icon: Icon, *shows: str, group: PageGroup = WINDOWS_SIDE) -> Page:
    """A page of the inventory; what it lists stands in :mod:`console.ui.inventory.catalog`."""
    module = "console.ui.pages.inventory"
    return Page(page_id, title, icon, module, partial(_inventory, page_id), shows, group=group)


def pages_in(group: PageGroup) -> tuple[Page, ...]:
    """The pages of one group, in their order."""
    return tuple(page for page in PAGES if page.group is group)


def page_of(kind: str) -> Page | None:
    """The page with the rows of objects of ``kind``; None where there is none."""
    return next((page for page in PAGES if kind in page.shows), None)


PAGES: tuple[Page, ...] = (
    Page(
        "networks", N_("Pages", "Networks"), Icon.NETWORKS, "console.ui.pages.networks", _networks,
        ("network",),
    ),
    Page("map", N_("Pages", "Map"), Icon.MAP, "console.ui.pages.map", _map),
    Page("checks", N_("Pages", "Checks"), Icon.CHECKS, "console.ui.pages.checks", _checks),
    Page("explain", N_("Pages", "Explain"), Icon.EXPLAIN, "console.ui.pages.explain", _explain),
    Page("activity", N_("Pages", "Activity"), Icon.ACTIVITY, "console.ui.pages.activity", _activity),
    Page("help", N_("Pages", "Help"), Icon.HELP, "console.ui.pages.help", _help),
    Page("practice", N_("Pages", "Practice"), Icon.PRACTICE, "console.ui.pages.practice", _practice),
    Page("hosts", N_("Pages", "Hosts"), Icon.HOSTS, "console.ui.pages.hosts", _hosts),
    Page("compare", N_("Pages", "Compare"), Icon.COMPARE, "console.ui.pages.compare", _compare),
    _listing("containers", N_("Pages", "Containers"), Icon.CONTAINER, "container", group=WORKLOADS),
    Page(
        "discovery", N_("Pages", "Discovery"), Icon.DISCOVERY, "console.ui.pages.discovery", _discovery,
        group=WORKLOADS,
    ),
    Page(
        "reachability", N_("Pages", "Reachability"), Icon.REACHABILITY, "console.ui.pages.reachability",
        _reachability, group=WORKLOADS,
    ),
    Page(
        "ports", N_("Pages", "Port finder"), Icon.PORT_FINDER, "console.ui.pages.ports", _ports,
        group=WORKLOADS,
    ),
    Page(
        "compose", N_("Pages", "Compose"), Icon.COMPOSE, "console.ui.pages.compose", _compose,
        group=WORKLOADS,
    ),
    Page(
        "memory", N_("Pages", "Remembered"), Icon.MEMORY, "console.ui.pages.memory", _memory,
        group=WORKLOADS,
    ),
    Page(
        "limits", N_("Pages", "Limits"), Icon.LIMITS, "console.ui.pages.limits", _limits,
        group=WORKLOADS,
    ),
    Page("swarm", N_("Pages", "Swarm"), Icon.SWARM, "console.ui.pages.swarm", _swarm, group=WORKLOADS),
    Page("host", N_("Pages", "Host"), Icon.HOST, "console.ui.pages.host", _host, group=WINDOWS_SIDE),
    _listing("adapters", N_("Pages", "Adapters"), Icon.ADAPTER, "adapter"),
    _listing("switches", N_("Pages", "Switches"), Icon.SWITCH, "vswitch"),
    _listing(
        "hns", N_("Pages", "HNS"), Icon.HNS, "hns-network", "hns-endpoint", "hns-load-balancer",
        "hns-namespace",
    ),
    _listing("compartments", N_("Pages", "Compartments"), Icon.COMPARTMENT, "compartment"),
    _listing("nat", N_("Pages", "NAT and ports"), Icon.NAT, "nat", "port-mapping"),
    _listing("firewall", N_("Pages", "Firewall"), Icon.FIREWALL, "firewall-rule"),
    _listing("services", N_("Pages", "Services"), Icon.SERVICE, "service"),
)  # fmt: skip

_HELP = {
    "networks": "concepts/drivers",
    "map": "concepts/vswitches",
    "checks": "concepts/checks",
    "explain": "concepts/checks",
    "practice": "concepts/practice-host",
    "containers": "concepts/ipam",
    "discovery": "concepts/service-discovery",
    "compose": "concepts/compose",
    "swarm": "concepts/overlay",
    "adapters": "concepts/set-teaming",
    "switches": "concepts/vswitches",
    "hns": "concepts/hns",
    "compartments": "concepts/compartments",
    "nat": "concepts/nat",
    "firewall": "concepts/firewall",
    "services": "concepts/hns",
}


def help_topic(page_id: str) -> str:
    """The help page about what a page shows."""
    return _HELP.get(page_id, "contents")
