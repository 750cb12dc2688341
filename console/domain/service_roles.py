"""What the Windows services below container networking do, and what stops when one of them does.

(reference, 5.5; seed, "Existing vSwitch (not visible to Docker) can block transparent network
creation")
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from console.domain.text import N_, Text

CONTEXT = "Services"


@dataclass(frozen=True, slots=True)
class ServiceRole:
    """One service: its ``purpose``, and what ``stops`` with it, most serious first.

    ``stops_containers`` is whether that is every running container.
    """

    purpose: Text
    stops: tuple[Text, ...]

    @property
    def stops_containers(self) -> bool:
        """Whether all containers are stopped with the service."""
        return _ALL_CONTAINERS in self.stops


_ALL_CONTAINERS = N_(CONTEXT, "All containers of the host are stopped.")
_FIREWALL = N_(CONTEXT, "The firewall's rules and the port rules of containers are not enforced meanwhile.")

_ENGINE_STOPS = (
    _ALL_CONTAINERS,
    N_(CONTEXT, "The console loses its connection to the engine until it runs again."),
)

SERVICE_ROLES: Final = MappingProxyType(
    {
        "docker": ServiceRole(N_(CONTEXT, "the Docker Engine"), _ENGINE_STOPS),
        "com.docker.service": ServiceRole(
            N_(CONTEXT, "Docker Desktop's helper, which starts the Windows engine when Desktop asks it to"),
            _ENGINE_STOPS,
        ),
        "hns": ServiceRole(
            N_(CONTEXT, "the Host Networking Service, which makes networks and endpoints"),
            (
                N_(
                    CONTEXT,
                    "Every HNS network is cut off for some seconds, those of WSL and Default Switch too.",
                ),
                N_(CONTEXT, "Docker needs a restart afterwards to find its networks again."),
            ),
        ),
        "vmcompute": ServiceRole(
            N_(CONTEXT, "the Host Compute Service, which runs containers"),
            (_ALL_CONTAINERS, N_(CONTEXT, "WSL and Windows Sandbox are stopped.")),
        ),
        "vmms": ServiceRole(
            N_(CONTEXT, "Hyper-V's management of virtual machines"),
            (N_(CONTEXT, "Virtual machines go on running but can't be managed meanwhile."),),
        ),
        "vfpext": ServiceRole(
            N_(CONTEXT, "the Virtual Filtering Platform of l2bridge and overlay networks"),
            (N_(CONTEXT, "Containers on l2bridge and overlay networks are cut off."),),
        ),
        "winnat": ServiceRole(
            N_(CONTEXT, "Windows' address translation (WinNAT)"),
            (
                N_(
                    CONTEXT,
                    "Containers on nat networks reach nothing outside; published ports close.",
                ),
            ),
        ),
        "SharedAccess": ServiceRole(
            N_(CONTEXT, "Internet Connection Sharing, which Default Switch and Server 2019 use for NAT"),
            (
                N_(
                    CONTEXT,
                    "Default Switch, WSL and on Windows Server 2019 also nat networks reach nothing outside.",
                ),
            ),
        ),
        "mpssvc": ServiceRole(N_(CONTEXT, "Windows Firewall"), (_FIREWALL,)),
        "BFE": ServiceRole(
            N_(CONTEXT, "the Base Filtering Engine below the firewall"),
            (_FIREWALL, N_(CONTEXT, "Services that filter packets stop with it.")),
        ),
        # What else the agent serves is not documented: nothing is claimed to stop.
        "nvagent": ServiceRole(N_(CONTEXT, "the agent of Microsoft's software-defined networks"), ()),
    }
)
"""By the service's name as Get-Service has it."""


def service_role(name: str) -> ServiceRole | None:
    """The role of a service, in whatever case its name is written; None for one not known here."""
    wanted = name.casefold()
    return next((role for known, role in SERVICE_ROLES.items() if known.casefold() == wanted), None)
