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
from console.domain.host_inventory import (
    Compartment,
    FirewallProfile,
    FirewallRule,
    HnsEndpoint,
    HnsNetwork,
    HnsPolicy,
    Hotfix,
    NatMapping,
    Service,
    SwitchExtension,
    WindowsHost,
)
from console.domain.host_setup import EngineConfiguration, Proxy
from console.domain.plan import ConnectContainer, DisconnectContainer, RemoveNetwork, RunScript
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
    PortMapping,
    SwarmState,
    VSwitch,
    WindowsVersion,
)
from console.domain.spec import NetworkSpec
from console.domain.swarm.objects import SwarmService


class Meaning(StrEnum):
    """What a field's text is. Names are replaced as a whole; their meaning begins the made-up name.

    ``SENTENCE`` is what nothing is said of: the addresses and known names in it are replaced.
    """

    KEPT = "kept"
    HOST = "host"
    NETWORK = "network"
    CONTAINER = "container"
    ADAPTER = "adapter"
    VSWITCH = "vswitch"
    DOMAIN = "domain"
    IMAGE = "image"
    LABELS = "label"
    OPTIONS = "option"
    SERVICE = "service"
    RULE = "rule"
    WORDS = "words"
    SENTENCE = "sentence"


_KEPT: Final[dict[type[Record], tuple[str, ...]]] = {
    Network: ("id", "driver", "scope", "ipam_driver"),
    NetworkSpec: ("driver", "scope", "ipam_driver"),
    Container: ("id", "state", "status"),
    Endpoint: ("network_id", "endpoint_id"),
    PortMapping: ("protocol",),
    NatMapping: ("protocol",),
    HnsNetwork: ("id", "type", "nat_name", "switch_id", "layered_on"),
    HnsEndpoint: ("id", "network_id", "namespace_id", "containers"),
    HnsPolicy: ("kind",),
    SwitchExtension: ("id", "name", "kind"),
    VSwitch: ("id",),
    Adapter: ("description", "status", "guid", "driver"),
    SwarmState: ("local_node_state", "node_id"),
    WindowsVersion: ("name",),
    WindowsHost: (
        "product", "installation_type", "display_version", "manufacturer", "model", "features",
    ),
    EngineInfo: (
        "version", "api_version", "os_type", "operating_system", "kernel_version",
        "default_isolation", "network_drivers",
    ),
    Compartment: ("guid", "kind"),
    FirewallProfile: ("name", "default_inbound", "default_outbound"),
    FirewallRule: ("direction", "action", "protocol", "local_ports", "profile"),
    Service: ("name", "title", "status", "start_type", "dependents"),
    Hotfix: ("id",),
    RunScript: ("script",),
    RunOptions: ("id",),
    ContainerSpec: ("isolation", "restart"),
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
    (Proxy, "http"): Meaning.WORDS,
    (Proxy, "https"): Meaning.WORDS,
    (Proxy, "bypass"): Meaning.WORDS,
    (Adapter, "name"): Meaning.ADAPTER,
    (VSwitch, "adapters"): Meaning.ADAPTER,
    (HnsNetwork, "adapter"): Meaning.ADAPTER,
    (Container, "name"): Meaning.CONTAINER,
    (ContainerSpec, "name"): Meaning.CONTAINER,
    (ContainerSpec, "environment"): Meaning.WORDS,
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
    (RunOptions, "network_mode"): Meaning.NETWORK,
    (Image, "tags"): Meaning.IMAGE,
    (SwarmService, "name"): Meaning.SERVICE,
    (FirewallRule, "id"): Meaning.RULE,
    (FirewallRule, "title"): Meaning.RULE,
    (FirewallRule, "group"): Meaning.RULE,
    (Network, "options"): Meaning.OPTIONS,
    (NetworkSpec, "options"): Meaning.OPTIONS,
    (RunScript, "parameters"): Meaning.OPTIONS,
    **{(kind, field): Meaning.KEPT for kind, fields in _KEPT.items() for field in fields},
}

#: What a field of this name is in a record that :data:`MEANINGS` does not know it of.
BY_FIELD: Final[dict[str, Meaning]] = {
    "labels": Meaning.LABELS,
    "image": Meaning.IMAGE,
    "aliases": Meaning.CONTAINER,
    "container_name": Meaning.CONTAINER,
    "host_name": Meaning.HOST,
    "hostname": Meaning.HOST,
    "network_name": Meaning.NETWORK,
    "dns_suffix": Meaning.DOMAIN,
    "dns_search": Meaning.DOMAIN,
    **dict.fromkeys(
        ("id", "driver", "kind", "mode", "protocol", "role", "scope", "state", "status", "type", "version"),
        Meaning.KEPT,
    ),
}


@cache
def meaning_of(owner: type[Record], field: str) -> Meaning:
    """What the texts in ``owner``'s ``field`` are."""
    found = MEANINGS.get((owner, field)) or BY_FIELD.get(field)
    if found is not None:
        return found
    return Meaning.KEPT if field.endswith(("_id", "_ids", "_version", "_state")) else Meaning.SENTENCE
