"""Programs with which people look at a container's network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import TYPE_CHECKING

from console.demo.lookups import look_up
from console.demo.programs.outcome import Outcome, failure, said
from console.demo.resolution import attached, dns_servers, endpoint_dns_servers
from console.demo.traffic import Fate, Packet, Traffic
from console.domain.drivers import options as keys

if TYPE_CHECKING:
    from console.demo.host import PracticeHost
    from console.demo.state import ContainerState, EndpointState, NetworkState


def ipconfig(host: PracticeHost, container: ContainerState, words: list[str]) -> Outcome:
    """``ipconfig [/all]``: one adapter per endpoint, in the order and form of Windows' own."""
    everything = any(word.lower() in ("/all", "-all") for word in words)
    lines = ["", "Windows IP Configuration", ""]
    if everything:
        lines += [
            f"   Host Name . . . . . . . . . . . . : {container.hostname}",
            "   Primary Dns Suffix  . . . . . . . :",
            "   Node Type . . . . . . . . . . . . : Hybrid",
            "   IP Routing Enabled. . . . . . . . : No",
            "   WINS Proxy Enabled. . . . . . . . : No",
            "",
        ]
    for place, (network, endpoint) in enumerate(attached(host, container)):
        title = "Ethernet" if place == 0 else f"Ethernet {place + 1}"
        suffix = network.options.get(keys.WINDOWS_PREFIX + "dnssuffix", "")
        lines += ["", f"Ethernet adapter vEthernet ({title}):", ""]
        lines.append(f"   Connection-specific DNS Suffix  . : {suffix}".rstrip())
        if everything:
            lines += _adapter_lines(endpoint, place, leased=_leased(host, network, endpoint))
        lines += _addresses(host, network, endpoint, everything=everything)
        if everything:
            servers = endpoint_dns_servers(host, container, network, endpoint)
            lines += [f"   DNS Servers . . . . . . . . . . . : {server}" for server in servers[:1]]
            lines += [" " * 39 + server for server in servers[1:]]
            lines.append("   NetBIOS over Tcpip. . . . . . . . : Disabled")
    return said("".join(f"{line}\r\n" for line in lines))


def _leased(host: PracticeHost, network: NetworkState, endpoint: EndpointState) -> bool:
    """Whether a DHCP server gave the address: on a network without a subnet, where one answered."""
    hns_network = host.hns.network(network.hns_id)
    return hns_network is not None and not hns_network.subnets and not _self_given(endpoint)


def _self_given(endpoint: EndpointState) -> bool:
    return endpoint.lease.startswith("169.254.")


def _adapter_lines(endpoint: EndpointState, place: int, *, leased: bool) -> list[str]:
    physical = endpoint.mac_address.replace(":", "-").upper()
    number = f" #{place + 1}" if place else ""
    dhcp = "Yes" if leased or _self_given(endpoint) else "No"
    return [
        f"   Description . . . . . . . . . . . : Hyper-V Virtual Ethernet Container Adapter{number}",
        f"   Physical Address. . . . . . . . . : {physical}",
        f"   DHCP Enabled. . . . . . . . . . . : {dhcp}",
        "   Autoconfiguration Enabled . . . . : Yes",
    ]


def _addresses(
    host: PracticeHost, network: NetworkState, endpoint: EndpointState, *, everything: bool
) -> list[str]:
    mask = IPv4Network(f"0.0.0.0/{endpoint.lease_prefix}").netmask
    automatic = _self_given(endpoint)
    label = "Autoconfiguration IPv4 Address. . " if automatic else "IPv4 Address. . . . . . . . . . . "
    preferred = "(Preferred)" if everything else ""
    lease = []
    if everything and _leased(host, network, endpoint):
        now = datetime.fromtimestamp(host.clock(), tz=UTC)
        lease = [
            f"   Lease Obtained. . . . . . . . . . : {_moment(now)}",
            f"   Lease Expires . . . . . . . . . . : {_moment(now + timedelta(days=8))}",
        ]
    return [
        f"   {label}: {endpoint.lease}{preferred}",
        f"   Subnet Mask . . . . . . . . . . . : {mask}",
        *lease,
        f"   Default Gateway . . . . . . . . . : {endpoint.lease_gateway}".rstrip(),
        *([f"   DHCP Server . . . . . . . . . . . : {endpoint.lease_gateway}"] if lease else []),
    ]


def _moment(when: datetime) -> str:
    return f"{when:%A, %B} {when.day}, {when:%Y} {when:%I:%M:%S %p}"


def ping(host: PracticeHost, container: ContainerState, words: list[str]) -> Outcome:
    """``ping [-n COUNT] [-t] TARGET``."""
    target, count, endless = _ping_arguments(words)
    if not target:
        return said("\r\nUsage: ping [-t] [-n count] target_name\r\n", 1)
    try:
        addresses = [str(IPv4Address(target))]
        heading = f"\r\nPinging {target} with 32 bytes of data:\r\n"
    except AddressValueError:
        addresses = look_up(host, container, target)
        if not addresses:
            return said(
                f"Ping request could not find host {target}. Please check the name and try again.\r\n", 1
            )
        heading = f"\r\nPinging {target} [{addresses[0]}] with 32 bytes of data:\r\n"
    fate = Traffic(host).from_container(container, Packet("icmp", addresses[0]))
    answered = fate is Fate.ANSWERED
    line = {
        Fate.ANSWERED: f"Reply from {addresses[0]}: bytes=32 time<1ms TTL=128\r\n",
        Fate.NO_ROUTE: "PING: transmit failed. General failure.\r\n",
    }.get(fate, "Request timed out.\r\n")
    if endless:
        return Outcome(((1, heading + line),), lasting=True)
    lost = 0 if answered else count
    summary = (
        f"\r\nPing statistics for {addresses[0]}:\r\n    Packets: Sent = {count}, Received = {count - lost}, "
        f"Lost = {lost} ({100 * lost // count}% loss),\r\n"
    )
    if answered:
        summary += "Approximate round trip times in milli-seconds:\r\n"
        summary += "    Minimum = 0ms, Maximum = 0ms, Average = 0ms\r\n"
    return said(heading + line * count + summary, 0 if answered else 1)


def _ping_arguments(words: list[str]) -> tuple[str, int, bool]:
    target, count, endless = "", 4, False
    rest = iter(words)
    for word in rest:
        switch = word.lower().replace("/", "-")
        if switch == "-t":
            endless = True
        elif switch in ("-n", "-w", "-l", "-i"):
            value = next(rest, "")
            if switch == "-n" and value.isdigit():
                count = max(1, min(int(value), 100))
        elif not switch.startswith("-"):
            target = word
    return target, count, endless


def nslookup(host: PracticeHost, container: ContainerState, words: list[str]) -> Outcome:
    """``nslookup NAME``."""
    servers = dns_servers(host, container)
    if not words or not servers:
        return failure("*** Default servers are not available\r\n", 1)
    name = words[0]
    heading = f"Server:  UnKnown\r\nAddress:  {servers[0]}\r\n\r\n"
    addresses = look_up(host, container, name)
    if not addresses:
        wrong = f"*** UnKnown can't find {name}: Non-existent domain\r\n"
        return Outcome(((1, heading), (2, wrong)), 1)
    label = "Address:  " if len(addresses) == 1 else "Addresses:  "
    listed = "\r\n          ".join(addresses)
    return said(f"{heading}Non-authoritative answer:\r\nName:    {name}\r\n{label}{listed}\r\n\r\n")


def resolve_dnsname(host: PracticeHost, container: ContainerState, words: list[str]) -> Outcome:
    """PowerShell's ``Resolve-DnsName [-Name] NAME``."""
    names = _values(words, "-name", takes=("-type", "-server"))
    if not names:
        return failure("Resolve-DnsName : Cannot bind argument to parameter 'Name'.\r\n", 1)
    addresses = look_up(host, container, names[0])
    if not addresses:
        return failure(f"Resolve-DnsName : {names[0]} : DNS name does not exist\r\n", 1)
    lines = [
        "",
        f"{'Name':<46} {'Type':<6} {'TTL':<5} {'Section':<10} IPAddress",
        f"{'----':<46} {'----':<6} {'---':<5} {'-------':<10} ---------",
    ]
    lines += [f"{names[0]:<46} {'A':<6} {600:<5} {'Answer':<10} {address}" for address in addresses]
    return said("".join(f"{line}\r\n" for line in lines))


def _values(words: list[str], *named: str, takes: tuple[str, ...] = ()) -> list[str]:
    """A cmdlet's values that stand alone or behind one of ``named``; those behind ``takes`` are others'."""
    found = []
    rest = iter(words)
    for word in rest:
        switch = word.lower()
        if switch in takes:
            next(rest, "")
        elif switch in named or not switch.startswith("-"):
            found.append(next(rest, "") if switch in named else word)
    return [one for one in found if one]
