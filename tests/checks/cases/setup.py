"""Cases of checks about how a host is set up around its engine, as Debug-ContainerHost.ps1 looks at it."""

from __future__ import annotations

from typing import Any

from console.domain.container_details import Image
from console.domain.host_inventory import Service, ServiceStatus, WindowsHost
from console.domain.host_setup import (
    ContainerSettings,
    EngineConfiguration,
    Proxy,
    ProxyPlace,
    RegistryValue,
)
from console.domain.sections import fresh
from console.domain.snapshot import Snapshot
from tests.checks.cases.case import OTHER_NAT, Case, with_facts
from tests.domain.hosts import NAT, host, network

_DOCKER = Service(name="docker", status=ServiceStatus.STOPPED)
_DESKTOP = (
    Service(name="docker", status=ServiceStatus.MISSING),
    Service(name="com.docker.service", status=ServiceStatus.RUNNING),
)
_NONE = network("none", "null")


def _settings(*services: Service, **values: Any) -> Snapshot:
    known = {"event_sources": ("docker",), "docker_clients": (r"C:\docker.exe",)} | values
    return with_facts(host(), container_settings=ContainerSettings(**known), services=services or (_DOCKER,))


def _windows(build: int = 20348, **features: str) -> Snapshot:
    windows = WindowsHost(
        computer="HOST", product="Windows", installation_type="Server", build=build, revision=2000,
        features=features,
    )  # fmt: skip
    return with_facts(host(), windows=windows)


def _images(*tags: str) -> Snapshot:
    images = tuple(Image(id=f"sha256:{tag}", tags=(tag,)) for tag in tags)
    return host().model_copy(update={"images": fresh(images)})


def _bridge(bridge: str, *networks: Any) -> Snapshot:
    return with_facts(host(networks=networks), engine_configuration=EngineConfiguration(bridge=bridge))


def _proxies(**given: str) -> Snapshot:
    """A host with proxies by place; a place that is given None was not read."""
    places = {place: given.get(place.value, "") for place in ProxyPlace}
    proxies = (Proxy(place=place, http=http) for place, http in places.items() if http is not None)
    return with_facts(host(), proxies=tuple(proxies))


CASES: dict[str, Case] = {
    "base-image-missing": Case((_images(),), (_images("nanoserver:latest"), _images("shop:1"))),
    "blocking-build": Case((_windows(14931), _windows(14936)), (_windows(14393), _windows(15063))),
    "containers-feature-missing": Case(
        (_windows(Containers="Disabled"), _windows(Containers="Absent")),
        (_windows(Containers="Enabled"), _windows(), _windows(**{"Hyper-V": "Disabled"})),
    ),
    "docker-not-in-path": Case(
        (_settings(docker_clients=()),), (_settings(), _settings(*_DESKTOP, docker_clients=()))
    ),
    "event-source-missing": Case(
        (_settings(event_sources=()),),
        (_settings(event_sources=("DockerService",)), _settings(*_DESKTOP, event_sources=())),
    ),
    "fve-deny-write": Case(
        (_settings(fixed_drives_denied=1),), (_settings(), _settings(fixed_drives_denied=0))
    ),
    "no-container-network": Case(
        (_bridge("none", _NONE), _bridge("none")),
        (_bridge("none", _NONE, OTHER_NAT), _bridge("", _NONE, NAT), _bridge("", _NONE)),
    ),
    "oplocks-disabled": Case(
        (_settings(smb_oplocks_disabled=1),), (_settings(), _settings(smb_oplocks_disabled=0))
    ),
    "proxy-not-set": Case(
        (
            _proxies(winhttp="proxy:8080"),
            _proxies(winhttp="http=a:80;https=b:81"),
            with_facts(
                _proxies(winhttp="proxy:8080"),
                services=(Service(name="docker", status=ServiceStatus.RUNNING),),
            ),
        ),
        (
            _proxies(),
            _proxies(winhttp="proxy:8080", environment="http://proxy:8080"),
            _proxies(winhttp="proxy:8080", service="http://other:1"),
            _proxies(winhttp="proxy:8080", configuration=None),
            _proxies(environment="http://proxy:8080"),
            # Docker Desktop has settings of its own for it.
            with_facts(
                _proxies(winhttp="proxy:8080"),
                services=(
                    Service(name="docker", status=ServiceStatus.MISSING),
                    Service(name="com.docker.service", status=ServiceStatus.RUNNING),
                ),
            ),
        ),
    ),
    "zz-registry-values": Case(
        (
            _settings(left_over_values=(RegistryValue(name="zzA", value="1"),)),
            _settings(left_over_values=(RegistryValue(name="zzA", value="text"),)),
        ),
        (_settings(),),
    ),
}
