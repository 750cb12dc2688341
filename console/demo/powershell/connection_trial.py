"""Trying from the practice host itself whether something answers: ``Test-HostConnection.ps1``."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Address
from typing import TYPE_CHECKING, Any

from console.demo.powershell.writing import text_of
from console.demo.surroundings import OUTSIDE_NAMES
from console.demo.traffic import Fate, Packet, Traffic

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_REACH = {Fate.ANSWERED: "connected", Fate.REFUSED: "refused"}
_DNS = 53


def answer(host: PracticeHost, parameters: Mapping[str, Any]) -> str:
    """The script's document. The caller holds the host's lock."""
    address = _address(host, parameters["Address"])
    if not address:
        return text_of({"ok": True, "reach": "unknown-name", "address": "", "schema": 1})
    port = parameters["Port"]
    packet = Packet("tcp", address, port) if port else Packet("icmp", address)
    reach = _REACH.get(Traffic(host).from_host(packet), "no-answer")
    return text_of({"ok": True, "reach": reach, "address": address, "schema": 1})


def _address(host: PracticeHost, name: str) -> str:
    """The host knows its own name and asks its DNS servers; names of containers it does not know."""
    try:
        return str(IPv4Address(name))
    except AddressValueError:
        pass
    if name.casefold() in ("localhost", host.name.casefold()):
        return "127.0.0.1"
    servers = [server for adapter in host.state.adapters for server in adapter.dns_servers]
    answers = [Traffic(host).from_host(Packet("udp", server, _DNS)) for server in servers]
    return OUTSIDE_NAMES.get(name.rstrip(".").casefold(), "") if Fate.ANSWERED in answers else ""
