"""Proxies, daemon.json and settings of containers, as the inventory script tells them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from console.demo.powershell.errors import PowerShellError
from console.demo.powershell.writing import text_of
from console.domain.host_setup import without_credentials

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_DAY_SECONDS = 86400.0
_LEFT_OVER = "zz"


def environment_items(host: PracticeHost) -> list[str]:
    """The item of ``environmentProxy``."""
    return [_proxy(_by_upper_name(host.state.windows.setup.environment))]


def service_items(host: PracticeHost) -> list[str]:
    """The item of ``serviceProxy``."""
    pairs = (line.partition("=") for line in host.state.windows.setup.service_environment)
    return [_proxy(_by_upper_name({name: value for name, _, value in pairs}))]


def win_http_items(host: PracticeHost) -> list[str]:
    """The item of ``winHttpProxy``."""
    setup = host.state.windows.setup
    return [_document(setup.win_http, setup.win_http, setup.win_http_bypass)]


def configuration_items(host: PracticeHost) -> list[str]:
    """The item of ``engineConfiguration``."""
    daemon = host.state.windows.setup.daemon
    proxies = daemon.get("proxies", {})
    proxy = _values(
        proxies.get("http-proxy", ""), proxies.get("https-proxy", ""), proxies.get("no-proxy", "")
    )
    document = {
        "proxy": proxy,
        "bridge": daemon.get("bridge", ""),
        "fixedCidr": host.state.fixed_cidr,
        "group": daemon.get("group", ""),
        "dns": daemon.get("dns", []),
        "mtu": daemon.get("mtu"),
    }
    return [text_of(document)]


def check_configuration(host: PracticeHost, _command: str) -> None:
    """Raise what reading daemon.json says to who is no administrator: the engine keeps its folder closed."""
    if not host.state.windows.elevated:
        raise PowerShellError(
            r"Access to the path 'C:\ProgramData\docker\config\daemon.json' is denied.",
            category="PermissionDenied",
            error_id="GetContentReaderUnauthorizedAccessError,Microsoft.PowerShell.Commands.GetContentCommand",
            hresult="0x80070005",
        )


def settings_items(host: PracticeHost) -> list[str]:
    """The item of ``containerSettings``."""
    setup = host.state.windows.setup
    left_over = {name: value for name, value in setup.container_values.items() if name.startswith(_LEFT_OVER)}
    document = {
        "smbOplocksDisabled": setup.container_values.get("VSmbDisableOplocks"),
        "leftOverValues": [{"name": name, "value": str(value)} for name, value in left_over.items()],
        "fixedDrivesDenied": setup.drive_policies.get("FDVDenyWriteAccess"),
        "eventSources": setup.event_sources,
        "dockerClients": setup.docker_clients,
    }
    return [text_of(document)]


def crash_items(host: PracticeHost) -> list[str]:
    """The items of ``hnsCrashes``: those of the last 24 hours."""
    since = host.clock() - _DAY_SECONDS
    times = (moment for moment in host.state.windows.setup.hns_crashes if moment >= since)
    return [text_of({"at": datetime.fromtimestamp(moment, UTC).isoformat()}) for moment in times]


def _by_upper_name(values: Mapping[str, str]) -> dict[str, str]:
    return {name.upper(): value for name, value in values.items()}


def _proxy(values: Mapping[str, str]) -> str:
    return _document(values.get("HTTP_PROXY", ""), values.get("HTTPS_PROXY", ""), values.get("NO_PROXY", ""))


def _document(http: str, https: str, bypass: str) -> str:
    return text_of(_values(http, https, bypass))


def _values(http: str, https: str, bypass: str) -> dict[str, Any]:
    return {"http": without_credentials(http), "https": without_credentials(https), "bypass": bypass}
