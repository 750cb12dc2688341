"""The JSON that the scripts of ``resources/powershell`` answer with, as models.

Windows PowerShell 5.1 and 7, HNS of every version and modules of every Windows release write the same
things differently: enums by name or number, a list of one as the one, of none as null or ``{}``, a
number as text (reference, 5.3). The types here take all of these; unknown members are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel, to_pascal

from console.domain.probes.connection import Tried
from console.domain.probes.probe import Reach
from console.domain.watch_report import WatchReport, WatchState

T = TypeVar("T")


def _items(value: Any) -> Any:
    """A list out of what PowerShell makes of a list: itself, its only element, null, ``{}``.

    5.1 also writes an array it has wrapped as ``{"value": […], "Count": n}``.
    """
    if value is None or value in ("", {}):
        return []
    if isinstance(value, dict) and value.keys() == {"value", "Count"}:
        return value["value"]
    return value if isinstance(value, list) else [value]


def _words(value: Any) -> Any:
    if value is None or value == {}:
        return ""
    return str(value) if isinstance(value, (int, float)) else value


def _number(value: Any) -> Any:
    if value is None or value in ("", {}):
        return None
    if isinstance(value, str):
        return int(value, 0) if value.lower().startswith("0x") else int(value)
    return int(value) if isinstance(value, (bool, float)) else value


def _flag(value: Any) -> Any:
    if value is None or value in ("", {}):
        return None
    if isinstance(value, str):
        return {"true": True, "false": False, "1": True, "0": False}.get(value.strip().lower(), value)
    return bool(value) if isinstance(value, int) else value


Words = Annotated[str, BeforeValidator(_words)]
Number = Annotated[int | None, BeforeValidator(_number)]
Flag = Annotated[bool | None, BeforeValidator(_flag)]
Items = Annotated[list[T], BeforeValidator(_items)]


class ScriptDocument(BaseModel):
    """A part of our own scripts' answers: camelCase members."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, extra="ignore", defer_build=True
    )


class HnsDocument(BaseModel):
    """A part of what HNS says: PascalCase members."""

    model_config = ConfigDict(
        alias_generator=to_pascal, populate_by_name=True, frozen=True, extra="ignore", defer_build=True
    )


class ErrorDocument(ScriptDocument):
    """An ErrorRecord: ``id`` is its FullyQualifiedErrorId, ``hresult`` e.g. ``0x80070005``."""

    message: Words = ""
    category: Words = ""
    id: Words = ""
    hresult: Words = ""


class TrialDocument(ScriptDocument):
    """The answer of ``test-host-connection``; ``reach`` has the words of :class:`Reach`."""

    schema_version: Literal[1] = Field(validation_alias=AliasChoices("schema", "schema_version"))
    reach: Reach
    address: Words = ""


class WatchDocument(ScriptDocument):
    """``after`` of ``start-watchdog`` and ``confirm-watchdog``, ``watchdog`` of ``get-watchdog``."""

    state: WatchState
    seconds_left: Number = None
    problem: Words = ""


class WatchAnswerDocument(ScriptDocument):
    """The answer of ``get-watchdog``; null where the host has no such watchdog."""

    schema_version: Literal[1] = Field(validation_alias=AliasChoices("schema", "schema_version"))
    watchdog: Mapping[str, Any] | None


class ChangeDocument(ScriptDocument):
    """The answer of a script that changes the host.

    ``before`` and ``after`` are the object as it was found and as it is now; null: it was or is not
    there. ``changed``: whether the script had begun to change it. ``notes`` are codes of
    ``console.domain.scripts.CHANGE_NOTES``.
    """

    schema_version: Literal[1] = Field(validation_alias=AliasChoices("schema", "schema_version"))
    ok: bool
    changed: bool
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    notes: Items[Words] = Field(default_factory=list)
    error: ErrorDocument | None = None


class SectionDocument(ScriptDocument, Generic[T]):
    """One section of the inventory: its items, or the error that took their place."""

    ok: bool
    value: Items[T] = Field(default_factory=list)
    error: ErrorDocument | None = None


class InventoryDocument(ScriptDocument):
    """The answer of ``get-host-inventory``. Sections are read one by one: each fails for itself."""

    schema_version: Literal[1] = Field(validation_alias=AliasChoices("schema", "schema_version"))
    taken_at: datetime | None = None
    sections: Mapping[str, Any]


class WindowsDocument(ScriptDocument):
    """Section ``windows``: the registry's facts of the running Windows."""

    computer: Words = ""
    product: Words = ""
    installation_type: Words = ""
    build: Number = None
    revision: Number = None
    display_version: Words = ""
    release_id: Words = ""
    ipv6_disabled_components: Number = Field(None, alias="ipv6DisabledComponents")
    elevated: Flag = None


class MachineDocument(ScriptDocument):
    """Section ``machine``: Win32_ComputerSystem and the asset tags of Win32_SystemEnclosure."""

    manufacturer: Words = ""
    model: Words = ""
    hypervisor_present: Flag = None
    asset_tags: Items[Words] = Field(default_factory=list)


class FeatureDocument(ScriptDocument):
    """An element of section ``features``: Win32_OptionalFeature."""

    name: Words
    install_state: Number = None


class HotfixDocument(ScriptDocument):
    """An element of section ``hotfixes``: Win32_QuickFixEngineering, its date as WMI has it."""

    id: Words
    installed_on: Words = ""


class AdapterDocument(ScriptDocument):
    """An element of section ``adapters``: Get-NetAdapter."""

    name: Words
    description: Words = ""
    index: Number = None
    guid: Words = ""
    status: Words = ""
    operational_status: Words = ""
    mac_address: Words = ""
    speed_bits: Number = None
    virtual: Flag = None
    hardware_interface: Flag = None
    physical_medium: Number = None
    vlan: Number = None
    driver_file: Words = ""
    driver_version: Words = ""


class BindingDocument(ScriptDocument):
    """An element of a section of Get-NetAdapterBinding.

    ``bindings`` are those of the vSwitch protocol (vms_pp), ``teamBindings`` those of teams of adapters that
    NIC Teaming (LBFO) made (ms_implat).
    """

    name: Words
    description: Words = ""
    enabled: Flag = None


class AddressDocument(ScriptDocument):
    """An element of section ``addresses``: Get-NetIPAddress."""

    address: Words
    prefix_length: Number = None
    index: Number = None
    alias: Words = ""
    state: Words = ""
    origin: Words = ""


class InterfaceDocument(ScriptDocument):
    """An element of section ``interfaces``: Get-NetIPInterface."""

    index: Number = None
    alias: Words = ""
    compartment: Number = None
    mtu: Number = None
    metric: Number = None
    dhcp: Words = ""


class RouteDocument(ScriptDocument):
    """An element of section ``routes``: Get-NetRoute."""

    prefix: Words
    next_hop: Words = ""
    index: Number = None
    metric: Number = None


class DnsServersDocument(ScriptDocument):
    """An element of section ``dnsServers``: Get-DnsClientServerAddress."""

    index: Number = None
    addresses: Items[Words] = Field(default_factory=list)


class CompartmentDocument(ScriptDocument):
    """An element of section ``compartments``: Get-NetCompartment."""

    id: int
    description: Words = ""
    guid: Words = ""
    kind: Words = ""


class ExtensionDocument(ScriptDocument):
    """An extension of a vSwitch."""

    id: Words
    name: Words = ""
    kind: Words = ""
    enabled: Flag = None
    running: Flag = None


class SwitchDocument(ScriptDocument):
    """An element of section ``vswitches``: Get-VMSwitch. ``kind`` is SwitchType, name or number."""

    id: Words
    name: Words = ""
    kind: Words = ""
    notes: Words = ""
    allow_management_os: Flag = Field(None, alias="allowManagementOS")
    embedded_teaming: Flag = None
    adapter_description: Words = ""
    adapter_descriptions: Items[Words] = Field(default_factory=list)
    adapter_guids: Items[Words] = Field(default_factory=list)
    extensions: Items[ExtensionDocument] = Field(default_factory=list)


class VNicDocument(ScriptDocument):
    """An element of section ``hostVNics``: Get-VMNetworkAdapter -ManagementOS."""

    name: Words = ""
    switch_name: Words = ""
    switch_id: Words = ""
    device_id: Words = ""
    mac_address: Words = ""
    vlan_mode: Words = ""
    vlan: Number = None


class NatDocument(ScriptDocument):
    """An element of section ``nats``: Get-NetNat."""

    name: Words
    internal_prefix: Words = ""


class NatMappingDocument(ScriptDocument):
    """An element of section ``natMappings``: Get-NetNatStaticMapping."""

    nat: Words
    protocol: Words = ""
    external_address: Words = ""
    external_port: Number = None
    internal_address: Words = ""
    internal_port: Number = None


class ServiceDocument(ScriptDocument):
    """An element of section ``services``: Get-Service."""

    name: Words
    title: Words = ""
    status: Words = ""
    start_type: Words = ""
    dependents: Items[Words] = Field(default_factory=list)


class FirewallProfileDocument(ScriptDocument):
    """An element of section ``firewallProfiles``: Get-NetFirewallProfile."""

    name: Words
    enabled: Words = ""
    default_inbound: Words = ""
    default_outbound: Words = ""


class FirewallRuleDocument(ScriptDocument):
    """An element of ``firewallRules``: Get-NetFirewallRule with its port and application filters."""

    id: Words
    title: Words = ""
    group: Words = ""
    enabled: Words = ""
    direction: Words = ""
    action: Words = ""
    profile: Words = ""
    source: Words = ""
    source_kind: Words = ""
    protocol: Words = ""
    local_ports: Items[Words] = Field(default_factory=list)
    program: Words = ""


class ListenerDocument(ScriptDocument):
    """An element of ``tcpListeners`` (Get-NetTCPConnection) or ``udpListeners`` (Get-NetUDPEndpoint)."""

    address: Words = ""
    port: int
    process_id: Number = None


class ConnectionDocument(ListenerDocument):
    """An element of ``tcpConnections`` (Get-NetTCPConnection)."""

    remote_address: Words = ""
    remote_port: int


class ProcessDocument(ScriptDocument):
    """An element of section ``processes``: Win32_Process."""

    id: Number = None
    name: Words = ""
    threads: Number = None


class ServiceProcessDocument(ScriptDocument):
    """An element of section ``serviceProcesses``: a running Win32_Service."""

    name: Words
    process_id: Number = None


class ExclusionsDocument(ScriptDocument):
    """An element of section ``portExclusions``: what netsh prints for a protocol, line by line."""

    protocol: Words
    lines: Items[Words] = Field(default_factory=list)


class DynamicPortsDocument(ScriptDocument):
    """An element of section ``dynamicPorts``: Get-NetTCPSetting, Get-NetUDPSetting."""

    protocol: Words
    first: Number = None
    count: Number = None


class PortsInUseDocument(ScriptDocument):
    """An element of section ``portsInUse``: all local ports of a protocol, each once."""

    protocol: Words
    ports: Items[int] = Field(default_factory=list)


class ProxyDocument(ScriptDocument):
    """The item of ``environmentProxy``, ``serviceProxy`` and ``winHttpProxy``, without credentials."""

    http: Words = ""
    https: Words = ""
    bypass: Words = ""


class EngineConfigurationDocument(ScriptDocument):
    """Section ``engineConfiguration``: what daemon.json says."""

    proxy: ProxyDocument = Field(default_factory=ProxyDocument)
    bridge: Words = ""
    fixed_cidr: Words = ""
    group: Words = ""
    dns: Items[Words] = Field(default_factory=list)
    mtu: Number = None


class RegistryValueDocument(ScriptDocument):
    """A value of the registry as text."""

    name: Words
    value: Words = ""


class ContainerSettingsDocument(ScriptDocument):
    """Section ``containerSettings``: what Debug-ContainerHost.ps1 looks at."""

    smb_oplocks_disabled: Number = None
    left_over_values: Items[RegistryValueDocument] = Field(default_factory=list)
    fixed_drives_denied: Number = None
    event_sources: Items[Words] = Field(default_factory=list)
    docker_clients: Items[Words] = Field(default_factory=list)


class CrashDocument(ScriptDocument):
    """An element of section ``hnsCrashes``: the service ended unexpectedly ``at`` (UTC)."""

    at: datetime


_HnsId = Annotated[str, BeforeValidator(_words), Field(validation_alias=AliasChoices("ID", "Id"))]
Policies = Annotated[list[Mapping[str, Any]], BeforeValidator(_items)]


class HnsHealthDocument(HnsDocument):
    """``Health`` of an HNS object."""

    last_error_code: Number = None


class HnsRouteDocument(HnsDocument):
    """A route of a subnet of the second schema."""

    next_hop: Words = ""
    destination_prefix: Words = ""


class HnsSubnetDocument(HnsDocument):
    """A subnet of an HNS network, of the first schema or the second (``Ipams``)."""

    address_prefix: Words = Field("", validation_alias=AliasChoices("AddressPrefix", "IpAddressPrefix"))
    gateway_address: Words = ""
    policies: Policies = Field(default_factory=list)
    routes: Items[HnsRouteDocument] = Field(default_factory=list)


class HnsIpamDocument(HnsDocument):
    """An element of ``Ipams`` of the second schema."""

    subnets: Items[HnsSubnetDocument] = Field(default_factory=list)


class HnsMacPoolDocument(HnsDocument):
    """A range of MAC addresses."""

    start_mac_address: Words = ""
    end_mac_address: Words = ""


class HnsExtensionDocument(HnsDocument):
    """An extension as HNS tells it; its name is localized and missing before 1803."""

    id: _HnsId
    is_enabled: Flag = None
    name: Words = ""


class HnsAllocatorDocument(HnsDocument):
    """An element of ``Resources.Allocators``: what HNS made for a network."""

    tag: Words = ""
    switch_id: Words = ""
    interface_guid: Words = ""
    nic_friendly_name: Words = ""


class HnsResourcesDocument(HnsDocument):
    """``Resources`` of an HNS network."""

    allocators: Items[HnsAllocatorDocument] = Field(default_factory=list)


class HnsNetworkDocument(HnsDocument):
    """An element of section ``hnsNetworks``: Get-HnsNetwork (reference, 5.4)."""

    id: _HnsId
    name: Words = ""
    type: Words = ""
    version: Number = None
    flags: Number = None
    state: Number = None
    nat_name: Words = ""
    layered_on: Words = ""
    management_ip: Words = Field("", alias="ManagementIP")
    network_adapter_name: Words = ""
    dns_suffix: Words = Field("", alias="DNSSuffix")
    dns_server_list: Words = Field("", alias="DNSServerList")
    dns_server_compartment: Number = Field(None, alias="DNSServerCompartment")
    current_endpoint_count: Number = None
    health: HnsHealthDocument | None = None
    subnets: Items[HnsSubnetDocument] = Field(default_factory=list)
    ipams: Items[HnsIpamDocument] = Field(default_factory=list)
    mac_pools: Items[HnsMacPoolDocument] = Field(default_factory=list)
    policies: Policies = Field(default_factory=list)
    extensions: Items[HnsExtensionDocument] = Field(default_factory=list)
    resources: HnsResourcesDocument | None = None


class HnsReferenceDocument(HnsDocument):
    """An object that is only named: ``{"ID": …}``."""

    id: _HnsId


class HnsEndpointDocument(HnsDocument):
    """An element of section ``hnsEndpoints``: Get-HnsEndpoint (reference, 5.4)."""

    id: _HnsId
    name: Words = ""
    virtual_network: Words = ""
    virtual_network_name: Words = ""
    state: Words = ""
    mac_address: Words = ""
    ip_address: Words = Field("", alias="IPAddress")
    prefix_length: Number = None
    gateway_address: Words = ""
    dns_server_list: Words = Field("", alias="DNSServerList")
    enable_internal_dns: Flag = Field(None, alias="EnableInternalDNS")
    is_remote_endpoint: Flag = None
    namespace: HnsReferenceDocument | None = None
    shared_containers: Items[Words] = Field(default_factory=list)
    policies: Policies = Field(default_factory=list)


class HnsPolicyListDocument(HnsDocument):
    """An element of section ``hnsPolicyLists``: ``References`` are paths such as ``/endpoints/<id>``."""

    id: _HnsId
    state: Number = None
    references: Items[Words] = Field(default_factory=list)
    policies: Policies = Field(default_factory=list)


class HnsResourceDocument(HnsDocument):
    """A member of a namespace: ``type`` is Container or Endpoint."""

    type: Words = ""
    data: HnsReferenceDocument | None = None


class HnsNamespaceDocument(HnsDocument):
    """An element of section ``hnsNamespaces``, of the first schema or the second."""

    id: _HnsId
    compartment: Number = Field(None, validation_alias=AliasChoices("CompartmentId", "NamespaceId"))
    resource_list: Items[HnsResourceDocument] = Field(default_factory=list)
    resources: Items[HnsResourceDocument] = Field(default_factory=list)


_BYTE_ORDER_MARK = "\ufeff"


def change_of(text: str) -> ChangeDocument:
    """The answer of a change script. Raises ValueError for what is none."""
    return ChangeDocument.model_validate_json(text.removeprefix(_BYTE_ORDER_MARK))


def trial_of(text: str) -> Tried:
    """The answer of ``test-host-connection``. Raises ValueError for what is none."""
    document = TrialDocument.model_validate_json(text.removeprefix(_BYTE_ORDER_MARK))
    return Tried("PowerShell", document.reach, document.address)


def watch_of(told: Mapping[str, Any] | None) -> WatchReport:
    """How a watchdog stands by what a script tells of it. Raises ValueError for what tells nothing."""
    if told is None:
        return WatchReport(state=WatchState.GONE)
    document = WatchDocument.model_validate(told)
    return WatchReport(
        state=document.state, seconds_left=document.seconds_left or 0, problem=document.problem
    )


def watch_answer_of(text: str) -> WatchReport:
    """The answer of ``get-watchdog``. Raises ValueError for what is none."""
    document = WatchAnswerDocument.model_validate_json(text.removeprefix(_BYTE_ORDER_MARK))
    return watch_of(document.watchdog)


def inventory_of(text: str) -> InventoryDocument:
    """The answer of ``get-host-inventory``. Raises ValueError for what is none."""
    return InventoryDocument.model_validate_json(text.removeprefix(_BYTE_ORDER_MARK))
