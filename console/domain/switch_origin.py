"""Who made a vSwitch: told by well-known ids and names, and by what docker and HNS have on it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from console.domain.host_inventory import HnsNetwork
from console.domain.network_origin import WINDOWS_OWN_NETWORKS, is_adopted, is_docker_name
from console.domain.snapshot import Network, VSwitch
from console.domain.text import N_, Text

CONTEXT = "Switches"

DEFAULT_SWITCH_ID: Final = "C08CB7B8-9B3C-408E-8E30-5E16A3AEB444"
WSL_ID: Final = "790E58B4-7939-4434-9358-89AE7DDBE87E"
"""Ids that are the same on every Windows (reference, 5.4)."""


class SwitchOrigin(StrEnum):
    """Who made a vSwitch."""

    DOCKER = "docker"
    HNS = "hns"
    HYPER_V = "hyper-v"
    DEFAULT_SWITCH = "default-switch"
    WSL = "wsl"
    DOCKER_DESKTOP = "docker-desktop"


ORIGIN_TEXTS: Final = {
    SwitchOrigin.DOCKER: N_(CONTEXT, "created by Docker"),
    SwitchOrigin.HNS: N_(CONTEXT, "created by the Host Networking Service"),
    SwitchOrigin.HYPER_V: N_(CONTEXT, "created with Hyper-V Manager or PowerShell"),
    SwitchOrigin.DEFAULT_SWITCH: N_(CONTEXT, "Windows' own Default Switch"),
    SwitchOrigin.WSL: N_(CONTEXT, "the switch of the Windows Subsystem for Linux"),
    SwitchOrigin.DOCKER_DESKTOP: N_(CONTEXT, "Docker Desktop's switch for its Linux VM"),
}


def origin_text(origin: SwitchOrigin) -> Text:
    """Who made it, as the end of a sentence."""
    return ORIGIN_TEXTS[origin]


def known_origin(name: str, guid: str) -> SwitchOrigin | None:
    """Whose switch or network it is by its name and id alone; None where they tell nothing."""
    if guid.upper() == DEFAULT_SWITCH_ID or name == "Default Switch":
        return SwitchOrigin.DEFAULT_SWITCH
    if guid.upper() == WSL_ID or name in WINDOWS_OWN_NETWORKS or name.startswith("WSL ("):
        return SwitchOrigin.WSL
    # seed, "Moby Linux VMs use DockerNAT switch with Docker for Windows"
    return SwitchOrigin.DOCKER_DESKTOP if name == "DockerNAT" else None


def origin(switch: VSwitch, networks: Iterable[Network], hns_networks: Iterable[HnsNetwork]) -> SwitchOrigin:
    """Who made ``switch``, which carries these networks of docker and of HNS."""
    known = known_origin(switch.name, switch.id)
    if known is not None:
        return known
    networks, hns_networks = tuple(networks), tuple(hns_networks)
    for hns in hns_networks:
        known = known_origin(hns.name, hns.id)
        if known is not None:
            return known
    if any(not is_adopted(network) for network in networks) or any(
        is_docker_name(name) for name in (switch.name, *(hns.name for hns in hns_networks))
    ):
        return SwitchOrigin.DOCKER
    # A switch made in Hyper-V Manager is to HNS a transparent network (reference, 2.4).
    if any(hns.type.casefold() not in {"transparent", "internal", "private"} for hns in hns_networks):
        return SwitchOrigin.HNS
    return SwitchOrigin.HYPER_V
