"""What each text of the records is: a name, a sentence, or what stays as it is: :data:`MEANINGS`."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Final

from console.domain.container_details import Image
from console.domain.container_spec import ContainerSpec
from console.domain.container_steps import (
    RemoveContainer,
    RestartContainer,
    StartContainer,
    StopContainer,
)
from console.domain.failure import Failure
from console.domain.host_inventory import (
    FirewallProfile,
    FirewallRule,
    HnsEndpoint,
    HnsLoadBalancer,
    HnsNamespace,
    HnsNetwork,
    HnsPolicy,
    Hotfix,
    NatMapping,
    Service,
    SwitchExtension,
    WindowsHost,
)
from console.domain.host_ports import Connection, Listener
from console.domain.host_setup import ContainerSettings, EngineConfiguration, HnsService, Proxy
from console.domain.plan import ConnectContainer, DisconnectContainer, RemoveNetwork, RunScript, StepState
from console.domain.record import Record
from console.domain.run_options import RunOptions
from console.domain.snapshot import (
    Adapter,
    Container,
    Endpoint,
    EngineInfo,
    HostIdentity,
    NatPrefix,
    Network,
    VSwitch,
    WindowsVersion,
)
from console.domain.spec import NetworkSpec
from console.domain.swarm.objects import SwarmNode, SwarmService


class Meaning(StrEnum):
    """What a field's text is. Names are replaced as a whole; their meaning begins the made-up name.

    ``VALUE`` is what nothing is said of: a name too, unless it is an address, a number, or a word that all
    hosts have. In a ``SENTENCE`` the addresses, paths and known names are replaced. The kinds of names stand
    first in the order in which one is told of a name that is several things.
    """

    NETWORK = "network"
    VSWITCH = "vswitch"
    ADAPTER = "adapter"
    CONTAINER = "container"
    HOST = "host"
    DOMAIN = "domain"
    IMAGE = "image"
    SERVICE = "service"
    RULE = "rule"
    WORDS = "words"
    VALUE = "value"
    LABELS = "label"
    OPTIONS = "option"
    PROGRAM = "program"
    DRIVER = "driver"
    ID = "id"
    KEPT = "kept"
    SENTENCE = "sentence"
    SETTINGS = "settings"
    PATH = "path"
    MODE = "mode"
    LINK = "link"
    RESOLVER = "resolver"
    CONSTRAINT = "constraint"
    PROXY = "proxy"


#: Meanings whose texts are one name each.
NAMES: Final = frozenset(
    {
        Meaning.NETWORK,
        Meaning.VSWITCH,
        Meaning.ADAPTER,
        Meaning.CONTAINER,
        Meaning.HOST,
        Meaning.DOMAIN,
        Meaning.SERVICE,
        Meaning.WORDS,
    }
)


_KEPT: Final[dict[type[Record], tuple[str, ...]]] = {
    Container: ("state", "status"),
    HnsNetwork: ("type",),
    HnsPolicy: ("kind",),
    SwitchExtension: ("id", "name", "kind"),
    Adapter: ("description", "status", "driver"),
    WindowsVersion: ("name",),
    WindowsHost: (
        "product", "installation_type", "display_version", "manufacturer", "model", "features",
    ),
    EngineInfo: ("os_type", "operating_system", "default_isolation"),
    FirewallProfile: ("name", "default_inbound", "default_outbound"),
    FirewallRule: ("direction", "action", "local_ports", "profile", "source_kind"),
    Service: ("name", "title", "start_type"),
    Hotfix: ("id",),
    Failure: ("script",),
    RunScript: ("script",),
    ContainerSpec: ("isolation", "restart"),
    SwarmNode: ("availability", "os", "architecture", "reachability"),
    SwarmService: ("endpoint_mode", "platforms"),
}  # fmt: skip

_ONE_CONTAINER: Final = (StartContainer, StopContainer, RestartContainer, RemoveContainer)

# Networks and vSwitches first: of names that are the same, the first one's kind is told.
MEANINGS: Final[dict[tuple[type[Record], str], Meaning]] = {
    (ContainerSpec, "network"): Meaning.NETWORK,
    (Network, "name"): Meaning.NETWORK,
    (HnsNetwork, "name"): Meaning.NETWORK,
    (NetworkSpec, "name"): Meaning.NETWORK,
    (Network, "config_from"): Meaning.NETWORK,
    (NetworkSpec, "config_from"): Meaning.NETWORK,
    (Endpoint, "network_name"): Meaning.NETWORK,
    (HnsEndpoint, "network_name"): Meaning.NETWORK,
    (RemoveNetwork, "name"): Meaning.NETWORK,
    (RemoveNetwork, "network"): Meaning.NETWORK,
    (ConnectContainer, "network_name"): Meaning.NETWORK,
    (ConnectContainer, "network"): Meaning.NETWORK,
    (DisconnectContainer, "network_name"): Meaning.NETWORK,
    (DisconnectContainer, "network"): Meaning.NETWORK,
    (NatPrefix, "name"): Meaning.NETWORK,
    (NatMapping, "nat"): Meaning.NETWORK,
    (VSwitch, "name"): Meaning.VSWITCH,
    (Adapter, "vswitch"): Meaning.VSWITCH,
    (VSwitch, "notes"): Meaning.WORDS,
    (EngineConfiguration, "group"): Meaning.WORDS,
    (Proxy, "http"): Meaning.PROXY,
    (Proxy, "https"): Meaning.PROXY,
    (Proxy, "bypass"): Meaning.PROXY,
    (EngineConfiguration, "bridge"): Meaning.NETWORK,
    (ContainerSettings, "event_sources"): Meaning.PROGRAM,
    (ContainerSettings, "docker_clients"): Meaning.PATH,
    (HnsService, "shared_with"): Meaning.PROGRAM,
    (Service, "dependents"): Meaning.PROGRAM,
    (FirewallRule, "program"): Meaning.PATH,
    **{
        (kind, field): Meaning.PROGRAM for kind in (Listener, Connection) for field in ("process", "services")
    },
    (Adapter, "name"): Meaning.ADAPTER,
    (VSwitch, "adapters"): Meaning.ADAPTER,
    (HnsNetwork, "adapter"): Meaning.ADAPTER,
    (Container, "name"): Meaning.CONTAINER,
    (ContainerSpec, "name"): Meaning.CONTAINER,
    (ContainerSpec, "environment"): Meaning.LABELS,
    (ContainerSpec, "command"): Meaning.WORDS,
    **{(step, "container"): Meaning.CONTAINER for step in _ONE_CONTAINER},
    (ConnectContainer, "container_name"): Meaning.CONTAINER,
    (ConnectContainer, "container"): Meaning.CONTAINER,
    (DisconnectContainer, "container_name"): Meaning.CONTAINER,
    (DisconnectContainer, "container"): Meaning.CONTAINER,
    (HnsEndpoint, "name"): Meaning.CONTAINER,
    (HostIdentity, "id"): Meaning.HOST,
    (HostIdentity, "name"): Meaning.HOST,
    (EngineInfo, "engine_id"): Meaning.HOST,
    (WindowsHost, "computer"): Meaning.HOST,
    (HnsNetwork, "dns_suffix"): Meaning.DOMAIN,
    (RunOptions, "dns_search"): Meaning.DOMAIN,
    (RunOptions, "network_mode"): Meaning.MODE,
    (RunOptions, "links"): Meaning.LINK,
    (RunOptions, "dns_options"): Meaning.RESOLVER,
    (Image, "tags"): Meaning.IMAGE,
    (SwarmService, "name"): Meaning.SERVICE,
    (SwarmService, "network_ids"): Meaning.NETWORK,
    (SwarmService, "constraints"): Meaning.CONSTRAINT,
    (SwarmService, "update_message"): Meaning.SENTENCE,
    (FirewallRule, "id"): Meaning.RULE,
    (FirewallRule, "title"): Meaning.RULE,
    (FirewallRule, "group"): Meaning.RULE,
    (Network, "options"): Meaning.OPTIONS,
    (NetworkSpec, "options"): Meaning.OPTIONS,
    (Network, "ipam_options"): Meaning.OPTIONS,
    (NetworkSpec, "ipam_options"): Meaning.OPTIONS,
    (HnsPolicy, "settings"): Meaning.SETTINGS,
    (RunScript, "parameters"): Meaning.SETTINGS,
    (HnsNetwork, "nat_name"): Meaning.NETWORK,
    (HnsNetwork, "layered_on"): Meaning.ID,
    (HnsEndpoint, "containers"): Meaning.ID,
    (HnsLoadBalancer, "endpoints"): Meaning.ID,
    (HnsNamespace, "endpoints"): Meaning.ID,
    (HnsNamespace, "containers"): Meaning.ID,
    (StepState, "result"): Meaning.ID,
    **{(kind, field): Meaning.KEPT for kind, fields in _KEPT.items() for field in fields},
}

#: What a field of this name is in a record that :data:`MEANINGS` does not know it of.
BY_FIELD: Final[dict[str, Meaning]] = {
    "labels": Meaning.LABELS,
    "aux_addresses": Meaning.LABELS,
    "image": Meaning.IMAGE,
    "aliases": Meaning.CONTAINER,
    "container_name": Meaning.CONTAINER,
    "host_name": Meaning.HOST,
    "hostname": Meaning.HOST,
    "network_name": Meaning.NETWORK,
    "dns_suffix": Meaning.DOMAIN,
    "dns_search": Meaning.DOMAIN,
    **dict.fromkeys(("driver", "ipam_driver", "network_drivers"), Meaning.DRIVER),
    **dict.fromkeys(("id", "guid"), Meaning.ID),
    **dict.fromkeys(
        (
            "reason",
            "remedy",
            "title",
            "notes",
            "interruptions",
            "cautions",
            "consent",
            "raw",
            "error",
            "message",
            "problem",
            "warning",
        ),
        Meaning.SENTENCE,
    ),
    **dict.fromkeys(
        ("kind", "mode", "protocol", "role", "scope", "state", "status", "type", "version"), Meaning.KEPT
    ),
}


@cache
def meaning_of(owner: type[Record], field: str) -> Meaning:
    """What the texts in ``owner``'s ``field`` are."""
    found = MEANINGS.get((owner, field)) or BY_FIELD.get(field)
    if found is not None:
        return found
    if field.endswith(("_version", "_state")):
        return Meaning.KEPT
    return Meaning.ID if field.endswith(("_id", "_ids")) else Meaning.VALUE
