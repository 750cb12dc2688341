"""Hosts and specs for tests, written in one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from console.domain.container_details import Image
from console.domain.host_ports import DynamicPorts
from console.domain.host_setup import (
    ContainerSettings,
    EngineConfiguration,
    HnsService,
    Proxy,
    ProxyPlace,
)
from console.domain.sections import fresh, unavailable, unknown_facts
from console.domain.snapshot import (
    Adapter,
    EngineInfo,
    HostFacts,
    HostIdentity,
    Hypervisor,
    IpamPool,
    NatPrefix,
    Network,
    Route,
    Snapshot,
    SwarmState,
    VSwitch,
    VSwitchKind,
    WindowsVersion,
)
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_

WINDOWS_DRIVER_NAMES = (
    "ics",
    "internal",
    "l2bridge",
    "l2tunnel",
    "nat",
    "null",
    "overlay",
    "private",
    "transparent",
)
LINUX_DRIVER_NAMES = ("bridge", "host", "ipvlan", "macvlan", "null", "overlay")
REASON = N_("Test", "It can't be read here.")
WINDOWSSHIM = "com.docker.network.windowsshim."

MANAGER = SwarmState(local_node_state="active", control_available=True)
WORKER = SwarmState(local_node_state="active")

ETHERNET = Adapter(
    name="Ethernet", description="Intel(R) I210", addresses=("192.168.1.10/24",), gateways=("192.168.1.254",)
)
SECOND = Adapter(name="Ethernet 2", description="Intel(R) I210 #2", addresses=("10.123.174.5/23",))
HOST_VNIC = Adapter(name="vEthernet (nat)", physical=False, host_vnic=True, addresses=("172.16.0.1/16",))
NAT = Network(
    id="a" * 64, name="nat", driver="nat", pools=(IpamPool(subnet="172.16.0.0/16", gateway="172.16.0.1"),)
)


def network(name: str, driver: str, subnet: str = "", *, gateway: str = "", **more: Any) -> Network:
    """An existing network; its id is its name in hexadecimal."""
    pools = (IpamPool(subnet=subnet, gateway=gateway),) if subnet else ()
    return Network(id=name.encode().hex().ljust(64, "0"), name=name, driver=driver, pools=pools, **more)


def external_vswitch(name: str, *adapters: str, visible: bool = True) -> VSwitch:
    return VSwitch(name=name, id="1", kind=VSwitchKind.EXTERNAL, adapters=adapters, visible_to_docker=visible)


def host(
    *,
    build: int | None = 20348,
    revision: int | None = None,
    server: bool | None = True,
    drivers: Sequence[str] = WINDOWS_DRIVER_NAMES,
    swarm: SwarmState | None = None,
    networks: Sequence[Network] = (NAT,),
    adapters: Sequence[Adapter] = (ETHERNET,),
    vswitches: Sequence[VSwitch] = (),
    nat_prefixes: Sequence[str] = (),
    routes: Sequence[str] = (),
    hypervisor: Hypervisor | None = Hypervisor.NONE,
) -> Snapshot:
    """A Windows host all of which is known; None leaves a fact out."""
    version = WindowsVersion(build=build, revision=revision, server=server) if build is not None else None
    facts = HostFacts(
        adapters=fresh(tuple(adapters)),
        vswitches=fresh(tuple(vswitches)),
        nat_prefixes=fresh(tuple(NatPrefix(name="H1", internal_prefix=prefix) for prefix in nat_prefixes)),
        routes=fresh(tuple(Route(prefix=one) for one in routes)),
        hypervisor=fresh(hypervisor) if hypervisor is not None else unavailable(REASON),
        listeners=fresh(()),
        connections=fresh(()),
        port_exclusions=fresh(()),
        dynamic_ports=fresh(
            tuple(
                DynamicPorts(protocol=one, first=49152, count=16384, free_blocks=256)
                for one in ("TCP", "UDP")
            )
        ),
        proxies=fresh(tuple(Proxy(place=place) for place in ProxyPlace)),
        engine_configuration=fresh(EngineConfiguration()),
        container_settings=fresh(
            ContainerSettings(event_sources=("docker",), docker_clients=(r"C:\docker\docker.exe",))
        ),
        hns_service=fresh(HnsService(process_id=2204, threads=31, crashes=())),
    )
    engine = EngineInfo(
        version="29.0.0",
        api_version="1.52",
        os_type="windows",
        network_drivers=tuple(drivers),
        swarm=swarm or SwarmState(),
        windows=version,
    )
    return _snapshot(engine, networks, facts)


def unread_host(*networks: Network, build: int = 20348) -> Snapshot:
    """A Windows engine whose Windows side can't be read, as a real one is today."""
    known = host(build=build, networks=networks)
    return known.model_copy(update={"facts": unknown_facts(REASON)})


def unreachable_host() -> Snapshot:
    """A host of which nothing at all can be read."""
    known = host()
    nothing = unavailable(REASON)
    return known.model_copy(
        update={
            "engine": nothing,
            "images": nothing,
            "networks": nothing,
            "containers": nothing,
            "run_options": nothing,
            "facts": unknown_facts(REASON),
        }
    )


def linux_host(*networks: Network, swarm: SwarmState | None = None) -> Snapshot:
    """A Linux engine; there is no Windows side to read."""
    engine = EngineInfo(
        version="29.0.0",
        api_version="1.52",
        os_type="linux",
        network_drivers=LINUX_DRIVER_NAMES,
        swarm=swarm or SwarmState(),
    )
    return _snapshot(engine, networks, unknown_facts(REASON))


def _snapshot(engine: EngineInfo, networks: Sequence[Network], facts: HostFacts) -> Snapshot:
    return Snapshot(
        host=HostIdentity(id="h", name="host"),
        taken_at=datetime(2026, 1, 1, tzinfo=UTC),
        engine=fresh(engine),
        networks=fresh(tuple(networks)),
        containers=fresh(()),
        run_options=fresh(()),
        facts=facts,
        images=fresh((Image(id="sha256:1", tags=("mcr.microsoft.com/windows/nanoserver:ltsc2022",)),)),
    )


def spec(
    driver: str = "nat",
    subnet: str = "",
    gateway: str = "",
    *,
    name: str = "web",
    ip_range: str = "",
    aux: Mapping[str, str] | None = None,
    more_subnets: Sequence[str] = (),
    options: Mapping[str, str] | None = None,
    **more: Any,
) -> NetworkSpec:
    """A spec of one subnet, or of none where no part of it is given."""
    first = SubnetSpec(subnet=subnet, gateway=gateway, ip_range=ip_range, aux_addresses=aux or {})
    subnets = [first] if subnet or gateway or ip_range or aux else []
    subnets += [SubnetSpec(subnet=other) for other in more_subnets]
    return NetworkSpec(name=name, driver=driver, subnets=tuple(subnets), options=options or {}, **more)


def shim(**options: str) -> dict[str, str]:
    """Driver options by their last word: ``shim(vlanid="11")``."""
    return {WINDOWSSHIM + key: value for key, value in options.items()}
