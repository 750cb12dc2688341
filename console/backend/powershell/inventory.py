"""The answer of ``get-host-inventory`` as :class:`HostFacts`.

Every section stands for itself: a cmdlet that is missing, refused or failed leaves that part of the
facts unavailable, with the reason and what would help, and never hides another part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from console.backend.powershell import documents as shape
from console.backend.powershell.adapter_facts import AddressFacts, adapter_of, routes_of
from console.backend.powershell.faults import record_of
from console.backend.powershell.hns_facts import endpoint_of, load_balancer_of, namespace_of, network_of
from console.backend.powershell.host_facts import (
    firewall_profile_of,
    firewall_rule_of,
    hypervisor_of,
    service_of,
    windows_of,
)
from console.backend.powershell.port_facts import (
    Processes,
    connection_of,
    dynamic_ports_of,
    exclusions_of,
    listener_of,
)
from console.backend.powershell.setup_facts import configuration_of, hns_service_of, proxy_of, settings_of
from console.backend.powershell.switch_facts import HostAdapters, derived_switches, switches_of
from console.backend.powershell.values import guid, named
from console.domain.addressing import parse_prefix
from console.domain.failure import Failure, FailureKind
from console.domain.host_failure import reason, remedy
from console.domain.host_inventory import (
    Compartment,
    HnsEndpoint,
    HnsNamespace,
    HnsNetwork,
    NatMapping,
    WindowsHost,
)
from console.domain.host_ports import Connection, DynamicPorts, Listener, PortExclusion
from console.domain.host_setup import EngineConfiguration, HnsService, Proxy, ProxyPlace
from console.domain.scripts import GET_HOST_INVENTORY
from console.domain.sections import fresh, unavailable
from console.domain.snapshot import Adapter, HostFacts, NatPrefix, Route, Section, VSwitch

T = TypeVar("T")
R = TypeVar("R")
M = TypeVar("M", bound=BaseModel)

#: From this build (1709) on Get-NetNat does not list the nat networks of Docker (reference, 5.1).
_NAT_IN_HNS_BUILD = 16299
#: What Windows shows to administrators alone; without their rights some of it looks empty.
_ADMINISTRATORS_ONLY = frozenset(
    {
        "vswitches",
        "hostVNics",
        "nats",
        "natMappings",
        "hnsNetworks",
        "hnsEndpoints",
        "hnsPolicyLists",
        "hnsNamespaces",
    }
)
_NAT_TYPES = frozenset({"nat", "ics"})
_PROTOCOLS = {"6": "TCP", "17": "UDP"}


def facts_of(text: str) -> HostFacts:
    """The facts in the answer's text.

    Raises ValueError where it is no such document or one of another schema.
    """
    return _Inventory(shape.inventory_of(text)).facts()


@dataclass(frozen=True)
class _Read(Generic[T]):
    """One section as it came: its items, or the unavailable section that takes their place."""

    items: tuple[T, ...] = ()
    problem: Section[Any] | None = None

    def section(self, convert: Callable[[T], R]) -> Section[tuple[R, ...]]:
        """The items as domain records; what is no such item makes the section unavailable."""
        if self.problem is not None:
            return self.problem
        try:
            return fresh(tuple(convert(one) for one in self.items))
        except ValueError as error:
            return _malformed(str(error))


class _Inventory:
    """One answer. Sections that several parts of the facts need are read once."""

    def __init__(self, document: shape.InventoryDocument) -> None:
        self._sections = document.sections
        windows = self._read_section("windows", shape.WindowsDocument)
        self._windows = windows
        self._elevated = bool(windows.items) and windows.items[0].elevated is True
        self._build = (windows.items[0].build or 0) if windows.items else 0
        self._hns = self._read("hnsNetworks", shape.HnsNetworkDocument).section(network_of)
        self._adapters_told = self._read("adapters", shape.AdapterDocument)
        self._host = HostAdapters(
            adapters=self._adapters_told.items,
            bindings=self._read("bindings", shape.BindingDocument).items,
            vnics=self._read("hostVNics", shape.VNicDocument).items,
            team_bindings=self._read("teamBindings", shape.BindingDocument).items,
        )
        self._switches = self._vswitches()
        self._processes_told = self._read("processes", shape.ProcessDocument)
        self._hosts_told = self._read("serviceProcesses", shape.ServiceProcessDocument)
        self._processes = Processes(self._processes_told.items, self._hosts_told.items)

    def facts(self) -> HostFacts:
        """All parts."""
        namespaces = self._read("hnsNamespaces", shape.HnsNamespaceDocument).section(namespace_of)
        by_id = {one.id: one for one in namespaces.known() or ()}
        profiles = self._read("firewallProfiles", shape.FirewallProfileDocument)
        rules = self._read("firewallRules", shape.FirewallRuleDocument)
        balancers = self._read("hnsPolicyLists", shape.HnsPolicyListDocument)
        machine = self._read("machine", shape.MachineDocument)
        return HostFacts(
            adapters=self._adapters(),
            vswitches=self._switches,
            nat_prefixes=self._nat_prefixes(),
            routes=self._routes(),
            hypervisor=_only(machine.section(hypervisor_of)),
            nat_mappings=self._read("natMappings", shape.NatMappingDocument).section(_mapping_of),
            hns_networks=self._hns,
            hns_endpoints=self._endpoints(by_id),
            hns_load_balancers=balancers.section(load_balancer_of),
            hns_namespaces=namespaces,
            compartments=self._read("compartments", shape.CompartmentDocument).section(_compartment_of),
            firewall_profiles=profiles.section(firewall_profile_of),
            firewall_rules=rules.section(firewall_rule_of),
            services=self._read("services", shape.ServiceDocument).section(service_of),
            windows=self._windows_host(machine),
            **self._ports(),
            **self._setup(),
        )

    def _read(self, name: str, model: type[M]) -> _Read[M]:
        """A section, and whether it is as empty as it looks."""
        read = self._read_section(name, model)
        if name not in _ADMINISTRATORS_ONLY or self._elevated or read.items:
            return read
        if read.problem is None:
            return _Read(problem=_refused(""))
        return read

    def _read_section(self, name: str, model: type[M]) -> _Read[M]:
        if name not in self._sections:
            return _Read(problem=_malformed(name))
        try:
            section = shape.SectionDocument[model].model_validate(self._sections[name])  # type: ignore[valid-type]
        except ValueError as error:
            return _Read(problem=_malformed(str(error)))
        if section.ok:
            return _Read(items=tuple(section.value))
        return _Read(problem=self._failed(name, section.error or shape.ErrorDocument()))

    def _failed(self, name: str, error: shape.ErrorDocument) -> Section[Any]:
        record = record_of(error.model_dump())
        kind = record.kind
        if kind is FailureKind.SCRIPT_ERROR and name in _ADMINISTRATORS_ONLY and not self._elevated:
            return _refused(record.words)
        return _unavailable(kind, record.words)

    def _adapters(self) -> Section[tuple[Adapter, ...]]:
        """The adapters; where a part of what they are made of is not known, the section says why."""
        addresses = self._read("addresses", shape.AddressDocument)
        interfaces = self._read("interfaces", shape.InterfaceDocument)
        routes = self._read("routes", shape.RouteDocument)
        servers = self._read("dnsServers", shape.DnsServersDocument)
        stack = AddressFacts(addresses.items, interfaces.items, routes.items, servers.items)
        switches = self._switches.known() or ()
        section = self._adapters_told.section(lambda one: adapter_of(one, stack, self._host, switches))
        return _with_gap(section, (addresses, interfaces, routes, servers))

    def _vswitches(self) -> Section[tuple[VSwitch, ...]]:
        """What Hyper-V tells, else what follows from HNS' networks; where neither answers, why."""
        read = self._read("vswitches", shape.SwitchDocument)
        networks = self._hns.known()
        if read.problem is not None:
            return read.problem if networks is None else fresh(derived_switches(self._host, networks))
        try:
            return fresh(switches_of(read.items, self._host, networks))
        except ValueError as error:
            return _malformed(str(error))

    def _routes(self) -> Section[tuple[Route, ...]]:
        read = self._read("routes", shape.RouteDocument)
        return read.problem if read.problem is not None else fresh(routes_of(read.items))

    def _endpoints(self, namespaces: dict[str, HnsNamespace]) -> Section[tuple[HnsEndpoint, ...]]:
        read = self._read("hnsEndpoints", shape.HnsEndpointDocument)
        return read.section(lambda one: endpoint_of(one, namespaces))

    def _nat_prefixes(self) -> Section[tuple[NatPrefix, ...]]:
        """WinNAT's prefixes and those of HNS' nat networks that WinNAT does not list."""
        read = self._read("nats", shape.NatDocument)
        told = [_nat_of(one) for one in read.items if one.internal_prefix]
        networks = self._hns.known()
        if networks is not None:
            names = {one.name.casefold() for one in told}
            return fresh((*told, *(nat for one in networks for nat in _nats_of(one, names))))
        if read.problem is not None:
            return read.problem
        return fresh(tuple(told)) if told or self._build < _NAT_IN_HNS_BUILD else self._hns_problem()

    def _hns_problem(self) -> Section[Any]:
        return Section(state=self._hns.state, reason=self._hns.reason, remedy=self._hns.remedy)

    def _ports(self) -> dict[str, Section[Any]]:
        """Listeners, excluded and dynamic ports, by the names of the facts."""
        exclusions = self._exclusions()
        return {
            "listeners": self._listeners(),
            "connections": self._connections(),
            "port_exclusions": exclusions,
            "dynamic_ports": self._dynamic_ports(exclusions),
        }

    def _listeners(self) -> Section[tuple[Listener, ...]]:
        """Both protocols' listeners; where a part is not known, the section says why."""
        tcp = self._read("tcpListeners", shape.ListenerDocument)
        udp = self._read("udpListeners", shape.ListenerDocument)
        if tcp.problem is not None and udp.problem is not None:
            return tcp.problem
        found = (
            *(listener_of(one, "TCP", self._processes) for one in tcp.items),
            *(listener_of(one, "UDP", self._processes) for one in udp.items),
        )
        return _with_gap(fresh(found), (tcp, udp, self._processes_told, self._hosts_told))

    def _connections(self) -> Section[tuple[Connection, ...]]:
        """Established connections, but for those of the host with itself."""
        read = self._read("tcpConnections", shape.ConnectionDocument)
        if read.problem is not None:
            return read.problem
        found = (connection_of(one, self._processes) for one in read.items)
        beyond = tuple(one for one in found if one.address != one.remote_address)
        return _with_gap(fresh(beyond), (read, self._processes_told, self._hosts_told))

    def _exclusions(self) -> Section[tuple[PortExclusion, ...]]:
        read = self._read("portExclusions", shape.ExclusionsDocument)
        return read.problem if read.problem is not None else fresh(tuple(exclusions_of(read.items)))

    def _dynamic_ports(
        self, exclusions: Section[tuple[PortExclusion, ...]]
    ) -> Section[tuple[DynamicPorts, ...]]:
        read = self._read("dynamicPorts", shape.DynamicPortsDocument)
        used = {one.protocol: one for one in self._read("portsInUse", shape.PortsInUseDocument).items}
        return read.section(lambda one: dynamic_ports_of(one, exclusions.known(), used))

    def _setup(self) -> dict[str, Section[Any]]:
        """Proxies, daemon.json, settings and HNS' process, by the names of the facts."""
        configuration = self._read("engineConfiguration", shape.EngineConfigurationDocument)
        settings = self._read("containerSettings", shape.ContainerSettingsDocument)
        own: Section[EngineConfiguration] = _only(configuration.section(configuration_of))
        return {
            "proxies": self._proxies(configuration),
            "engine_configuration": own,
            "container_settings": _only(settings.section(settings_of)),
            "hns_service": self._hns_service(),
        }

    def _proxies(self, configuration: _Read[shape.EngineConfigurationDocument]) -> Section[tuple[Proxy, ...]]:
        """What is set in each place that could be read; where one could not, the section says why."""
        environment = self._read("environmentProxy", shape.ProxyDocument)
        service = self._read("serviceProxy", shape.ProxyDocument)
        win_http = self._read("winHttpProxy", shape.ProxyDocument)
        reads = (environment, service, configuration, win_http)
        if all(one.problem is not None for one in reads):
            return environment.problem or _malformed("")
        found = (
            *(proxy_of(one, ProxyPlace.ENVIRONMENT) for one in environment.items),
            *(proxy_of(one, ProxyPlace.SERVICE) for one in service.items),
            *(proxy_of(one.proxy, ProxyPlace.CONFIGURATION) for one in configuration.items),
            *(proxy_of(one, ProxyPlace.WINHTTP) for one in win_http.items),
        )
        return _with_gap(fresh(found), reads)

    def _hns_service(self) -> Section[HnsService]:
        crashes = self._read("hnsCrashes", shape.CrashDocument)
        if self._hosts_told.problem is not None:
            return self._hosts_told.problem
        known = None if crashes.problem is not None else crashes.items
        return _with_gap(fresh(hns_service_of(self._processes, known)), (self._processes_told, crashes))

    def _windows_host(self, machine: _Read[shape.MachineDocument]) -> Section[WindowsHost]:
        features = self._read("features", shape.FeatureDocument).items
        hotfixes = self._read("hotfixes", shape.HotfixDocument).items
        known = machine.items[0] if machine.items else None
        return _only(self._windows.section(lambda one: windows_of(one, known, features, hotfixes)))


def _with_gap(section: Section[T], parts: Iterable[_Read[Any]]) -> Section[T]:
    """The section; where a part of what it is made of could not be read, it says why."""
    gap = next((one.problem for one in parts if one.problem is not None), None)
    if gap is None or section.known() is None:
        return section
    return section.model_copy(update={"reason": gap.reason, "remedy": gap.remedy})


def _only(section: Section[tuple[T, ...]]) -> Section[T]:
    """The one item of a section that has no more; without any it is unavailable."""
    items = section.known()
    if items is None:
        return Section[Any](state=section.state, reason=section.reason, remedy=section.remedy)
    return fresh(items[0]) if items else _malformed("")


def _unavailable(kind: FailureKind, raw: str) -> Section[Any]:
    failure = Failure(kind=kind, raw=raw, script=GET_HOST_INVENTORY.id)
    return unavailable(reason(failure), remedy(failure))


def _malformed(raw: str) -> Section[Any]:
    return _unavailable(FailureKind.MALFORMED_ANSWER, raw)


def _refused(raw: str) -> Section[Any]:
    """What an account without an administrator's rights is not shown, whatever Windows called it."""
    return _unavailable(FailureKind.ACCESS_DENIED, raw)


def _nat_of(document: shape.NatDocument) -> NatPrefix:
    """WinNAT of 2016 shows the gateway's address in place of the prefix's (172.30.176.1/20)."""
    prefix = parse_prefix(document.internal_prefix)
    return NatPrefix(name=document.name, internal_prefix=str(prefix or document.internal_prefix))


def _nats_of(network: HnsNetwork, known: set[str]) -> Iterator[NatPrefix]:
    name = network.nat_name or network.name
    if (network.nat_name or network.type.lower() in _NAT_TYPES) and name.casefold() not in known:
        for subnet in network.subnets:
            yield NatPrefix(name=name, internal_prefix=subnet.prefix)


def _mapping_of(document: shape.NatMappingDocument) -> NatMapping:
    return NatMapping(
        nat=document.nat,
        protocol=named(document.protocol, _PROTOCOLS),
        external_port=document.external_port or 0,
        internal_address=document.internal_address,
        internal_port=document.internal_port or 0,
        external_address=document.external_address,
    )


def _compartment_of(document: shape.CompartmentDocument) -> Compartment:
    return Compartment(
        id=document.id, description=document.description, guid=guid(document.guid), kind=document.kind
    )
