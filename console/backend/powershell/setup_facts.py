"""Proxies, daemon.json, settings of containers and HNS' process as domain records."""

from __future__ import annotations

from collections.abc import Iterable

from console.backend.powershell.documents import (
    ContainerSettingsDocument,
    CrashDocument,
    EngineConfigurationDocument,
    ProxyDocument,
)
from console.backend.powershell.port_facts import Processes
from console.domain.host_setup import (
    ContainerSettings,
    EngineConfiguration,
    HnsService,
    Proxy,
    ProxyPlace,
    RegistryValue,
    without_credentials,
)

_HNS = "hns"


def proxy_of(document: ProxyDocument, place: ProxyPlace) -> Proxy:
    """What is set in one place. The script leaves credentials out; nothing is lost by doing so again."""
    return Proxy(
        place=place,
        http=without_credentials(document.http.strip()),
        https=without_credentials(document.https.strip()),
        bypass=document.bypass.strip(),
    )


def configuration_of(document: EngineConfigurationDocument) -> EngineConfiguration:
    """What daemon.json says beside its proxy."""
    return EngineConfiguration(
        bridge=document.bridge,
        fixed_cidr=document.fixed_cidr,
        group=document.group,
        dns=tuple(document.dns),
        mtu=document.mtu,
    )


def settings_of(document: ContainerSettingsDocument) -> ContainerSettings:
    """The settings that Debug-ContainerHost.ps1 looks at."""
    return ContainerSettings(
        smb_oplocks_disabled=document.smb_oplocks_disabled,
        left_over_values=tuple(
            RegistryValue(name=one.name, value=one.value) for one in document.left_over_values
        ),
        fixed_drives_denied=document.fixed_drives_denied,
        event_sources=tuple(document.event_sources),
        docker_clients=tuple(document.docker_clients),
    )


def hns_service_of(processes: Processes, crashes: Iterable[CrashDocument] | None) -> HnsService:
    """The process of HNS, and when it crashed; None: that could not be read."""
    process_id = processes.of_service(_HNS)
    others = (one for one in processes.services(process_id) if one.casefold() != _HNS)
    return HnsService(
        process_id=process_id,
        threads=processes.threads(process_id) if process_id else None,
        shared_with=tuple(others) if process_id else (),
        crashes=None if crashes is None else tuple(sorted(one.at for one in crashes)),
    )
