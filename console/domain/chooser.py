"""Help me choose: a few questions that end in a driver, with the reasons.

The facts are those of the seed's driver list, topology tables and tips (reference, 2.1, 3.1 and
3.2); what the host can't do is asked of :mod:`console.domain.drivers.availability`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain.drivers.availability import unavailable_because
from console.domain.drivers.registry import driver
from console.domain.snapshot import Hypervisor, Snapshot
from console.domain.text import N_, Text


class Hosts(StrEnum):
    """On how many hosts containers of the network run."""

    ONE = "one"
    SEVERAL = "several"


class LanReach(StrEnum):
    """How others on the LAN reach the containers."""

    NONE = "none"
    PUBLISHED_PORTS = "published-ports"
    OWN_ADDRESS = "own-address"


class Addressing(StrEnum):
    """Where containers get their addresses."""

    ANY = "any"
    STATIC = "static"
    DHCP = "dhcp"


class Vlan(StrEnum):
    """Whether the network belongs to a VLAN."""

    NO = "no"
    YES = "yes"


class Machine(StrEnum):
    """What the container host is."""

    PHYSICAL = "physical"
    HYPER_V = "hyper-v"
    VMWARE = "vmware"
    AZURE = "azure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to :data:`QUESTIONS`; as made, those of the simplest case."""

    hosts: Hosts = Hosts.ONE
    lan_reach: LanReach = LanReach.PUBLISHED_PORTS
    addressing: Addressing = Addressing.ANY
    vlan: Vlan = Vlan.NO
    machine: Machine = Machine.PHYSICAL


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. ``value`` is what :class:`Answers` holds."""

    value: StrEnum
    title: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``id`` is the name of the attribute of :class:`Answers` it fills."""

    id: str
    title: Text
    choices: tuple[Choice, ...]


QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "hosts",
        N_("Chooser", "Where do the containers run?"),
        (
            Choice(Hosts.ONE, N_("Chooser", "On this host")),
            Choice(Hosts.SEVERAL, N_("Chooser", "On several hosts, and they talk to each other")),
        ),
    ),
    Question(
        "lan_reach",
        N_("Chooser", "How do others on the LAN reach them?"),
        (
            Choice(LanReach.NONE, N_("Chooser", "Not at all")),
            Choice(LanReach.PUBLISHED_PORTS, N_("Chooser", "Through published ports of the host")),
            Choice(LanReach.OWN_ADDRESS, N_("Chooser", "At the container's own LAN address")),
        ),
    ),
    Question(
        "addressing",
        N_("Chooser", "Where do their addresses come from?"),
        (
            Choice(Addressing.ANY, N_("Chooser", "It does not matter")),
            Choice(Addressing.STATIC, N_("Chooser", "From a subnet I specify")),
            Choice(Addressing.DHCP, N_("Chooser", "From the DHCP server on the LAN")),
        ),
    ),
    Question(
        "vlan",
        N_("Chooser", "Does the network belong to a VLAN?"),
        (Choice(Vlan.NO, N_("Chooser", "No")), Choice(Vlan.YES, N_("Chooser", "Yes"))),
    ),
    Question(
        "machine",
        N_("Chooser", "What is this host?"),
        (
            Choice(Machine.PHYSICAL, N_("Chooser", "A physical machine")),
            Choice(Machine.HYPER_V, N_("Chooser", "A virtual machine on Hyper-V")),
            Choice(Machine.VMWARE, N_("Chooser", "A virtual machine on VMware")),
            Choice(Machine.AZURE, N_("Chooser", "A virtual machine in Azure")),
            Choice(Machine.OTHER, N_("Chooser", "Another virtual machine")),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to take and why.

    ``driver`` is None where nothing fits. ``reasons`` speak for it, ``cautions`` say what to mind.
    ``rejected`` holds each other driver by name with what speaks against it.
    """

    driver: str | None
    reasons: tuple[Text, ...]
    cautions: tuple[Text, ...]
    rejected: tuple[tuple[str, Text], ...]


def presumed_answers(snapshot: Snapshot) -> Answers:
    """The answers to begin with: what the host is, is known from the snapshot."""
    machines = {
        Hypervisor.NONE: Machine.PHYSICAL,
        Hypervisor.HYPER_V: Machine.HYPER_V,
        Hypervisor.VMWARE: Machine.VMWARE,
        Hypervisor.AZURE: Machine.AZURE,
        Hypervisor.OTHER: Machine.OTHER,
    }
    hypervisor = snapshot.facts.hypervisor.known()
    return Answers(machine=machines[hypervisor]) if hypervisor is not None else Answers()


def recommend(answers: Answers, snapshot: Snapshot) -> Recommendation:
    """The driver that fits the answers on this host."""
    engine = snapshot.engine.known()
    windows = engine is None or engine.is_windows
    rejected: list[tuple[str, Text]] = []
    fitting: list[_Candidate] = []
    for candidate in _WINDOWS if windows else _LINUX:
        against = next(candidate.against(answers), None) or _host_is_against(
            candidate.driver, windows, snapshot
        )
        if against is None:
            fitting.append(candidate)
        else:
            rejected.append((candidate.driver, against))
    if not fitting:
        nothing = N_("Chooser", "No driver does all of this on this host.")
        return Recommendation(None, (nothing,), (), tuple(rejected))
    best, *others = sorted(fitting, key=lambda candidate: candidate.rank(answers))
    rejected += [(other.driver, _possible_too(best.driver)) for other in others]
    return Recommendation(
        best.driver, tuple(best.reasons(answers)), tuple(best.cautions(answers)), tuple(rejected)
    )


def _host_is_against(name: str, windows: bool, snapshot: Snapshot) -> Text | None:
    known = driver(name, windows=windows)
    return unavailable_because(known, snapshot) if known is not None else None


def _possible_too(best: str) -> Text:
    return N_("Chooser", "It would work too; {driver} is simpler here.", driver=best)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A driver with what speaks against it, for it, and how well it fits (lowest rank first)."""

    driver: str
    against: Callable[[Answers], Iterator[Text]]
    reasons: Callable[[Answers], Iterator[Text]]
    cautions: Callable[[Answers], Iterator[Text]]
    rank: Callable[[Answers], int]


def _is_vm(answers: Answers) -> bool:
    return answers.machine is not Machine.PHYSICAL


def _against_private_subnet(answers: Answers) -> Iterator[Text]:
    if answers.hosts is Hosts.SEVERAL:
        yield N_("Chooser", "Its network ends at this host: containers on other hosts are not on it.")
    if answers.lan_reach is LanReach.OWN_ADDRESS:
        yield N_("Chooser", "Its containers are hidden behind the host's address.")
    if answers.vlan is Vlan.YES:
        yield N_("Chooser", "It is not bound to a network adapter, so it can't be in a VLAN.")
    if answers.addressing is Addressing.DHCP:
        yield N_("Chooser", "The LAN's DHCP server can't reach its containers.")


def _for_private_subnet(answers: Answers) -> Iterator[Text]:
    yield N_("Chooser", "The containers run on one host and need no LAN address.")
    if answers.lan_reach is LanReach.PUBLISHED_PORTS:
        yield N_("Chooser", "Others reach them through published ports.")
    yield N_("Chooser", "Containers on the network find each other by name.")
    yield N_("Chooser", "It needs no network adapter of its own.")


def _mind_private_subnet(answers: Answers) -> Iterator[Text]:
    if answers.lan_reach is LanReach.NONE:
        yield N_(
            "Chooser", "Containers still reach the outside, but nothing gets in without a published port."
        )


def _against_lan_member(answers: Answers) -> Iterator[Text]:
    if answers.lan_reach is LanReach.NONE and answers.vlan is Vlan.NO:
        yield N_("Chooser", "It puts the containers on the LAN, where everyone can reach them.")
    if answers.machine is Machine.AZURE:
        yield N_("Chooser", "Azure drops traffic from addresses it did not assign itself.")


def _against_transparent(answers: Answers) -> Iterator[Text]:
    yield from _against_lan_member(answers)
    if answers.lan_reach is LanReach.PUBLISHED_PORTS:
        yield N_("Chooser", "Published ports do nothing there: each container has an address of its own.")


def _against_macvlan(answers: Answers) -> Iterator[Text]:
    yield from _against_transparent(answers)
    if answers.addressing is Addressing.DHCP:
        yield N_("Chooser", "Docker on Linux assigns the addresses itself; there is no DHCP.")


def _for_transparent(answers: Answers) -> Iterator[Text]:
    if answers.lan_reach is LanReach.OWN_ADDRESS:
        yield N_("Chooser", "Each container is reached at its own LAN address.")
    if answers.addressing is Addressing.DHCP:
        yield N_("Chooser", "Without a subnet, the LAN's DHCP server assigns the addresses.")
    if answers.vlan is Vlan.YES:
        yield N_("Chooser", "It can be put into a VLAN.")
    if answers.hosts is Hosts.SEVERAL:
        yield N_("Chooser", "Containers of several hosts meet on the physical network.")


def _mind_transparent(answers: Answers) -> Iterator[Text]:
    yield N_("Chooser", "It takes a network adapter for itself.")
    if answers.machine is Machine.HYPER_V:
        yield N_(
            "Chooser", "Turn on MAC address spoofing for this virtual machine's adapter on the Hyper-V host."
        )
    elif answers.machine is Machine.VMWARE:
        yield N_("Chooser", "Allow promiscuous mode for this virtual machine's port group in VMware.")
    elif _is_vm(answers):
        yield N_("Chooser", "The hypervisor must allow several MAC addresses on one adapter.")
    if answers.addressing is not Addressing.DHCP:
        yield N_("Chooser", "With fixed addresses, subnet and gateway are those of the physical network.")
    if answers.vlan is Vlan.YES:
        yield N_("Chooser", "The physical adapter and its switch port must be in trunk mode.")
    yield N_("Chooser", "Containers do not find each other by name.")


def _against_overlay(answers: Answers) -> Iterator[Text]:
    if answers.hosts is Hosts.ONE:
        yield N_("Chooser", "It is made for several hosts of a swarm.")
    if answers.lan_reach is LanReach.OWN_ADDRESS:
        yield N_("Chooser", "Its containers have no LAN address.")
    if answers.vlan is Vlan.YES:
        yield N_("Chooser", "It can't use a VLAN: VXLAN keeps its traffic separate.")
    if answers.addressing is Addressing.DHCP:
        yield N_("Chooser", "The swarm manager assigns the addresses; there is no DHCP.")


def _for_overlay(answers: Answers) -> Iterator[Text]:
    yield N_("Chooser", "One subnet spans all hosts of the swarm.")
    yield N_("Chooser", "Containers and services find each other by name on every host.")
    if answers.lan_reach is LanReach.PUBLISHED_PORTS:
        yield N_("Chooser", "Others reach its services through published ports.")


def _mind_overlay(_answers: Answers) -> Iterator[Text]:
    yield N_("Chooser", "The hosts need TCP 2377, TCP and UDP 7946 and UDP 4789 between them.")


def _mind_windows_overlay(answers: Answers) -> Iterator[Text]:
    yield from _mind_overlay(answers)
    yield N_("Chooser", "Its traffic between the hosts is not encrypted.")


def _against_l2bridge(answers: Answers) -> Iterator[Text]:
    yield from _against_lan_member(answers)
    if answers.addressing is Addressing.DHCP:
        yield N_("Chooser", "It has no DHCP: its addresses come from a subnet you specify.")


def _for_l2bridge(answers: Answers) -> Iterator[Text]:
    yield N_("Chooser", "Containers have addresses of the host's own subnet.")
    if _is_vm(answers):
        yield N_("Chooser", "Only the host's MAC address is seen outside: the hypervisor needs no change.")
    if answers.vlan is Vlan.YES:
        yield N_("Chooser", "It can be put into a VLAN.")
    if answers.lan_reach is LanReach.PUBLISHED_PORTS:
        yield N_("Chooser", "Published ports work.")


def _mind_l2bridge(answers: Answers) -> Iterator[Text]:
    yield N_("Chooser", "It takes a network adapter for itself and needs the host's subnet and gateway.")
    yield N_("Chooser", "Turn on outbound NAT unless the subnet is routed to the outside.")
    if answers.vlan is Vlan.YES:
        yield N_("Chooser", "The physical adapter and its switch port must be in trunk mode.")
    yield N_("Chooser", "Containers do not find each other by name.")


def _mind_ipvlan(_answers: Answers) -> Iterator[Text]:
    yield N_("Chooser", "The host itself does not reach the containers.")


def _against_l2tunnel(answers: Answers) -> Iterator[Text]:
    if answers.machine is not Machine.AZURE:
        yield N_("Chooser", "It is for a Microsoft Cloud Stack (Azure) only.")
    if answers.lan_reach is not LanReach.OWN_ADDRESS:
        yield N_(
            "Chooser",
            "It gives containers addresses on the virtual network, which your answers did not ask for.",
        )
    if answers.addressing is Addressing.DHCP:
        yield N_("Chooser", "It has no DHCP: its addresses come from a subnet you specify.")
    if answers.vlan is Vlan.YES:
        yield N_("Chooser", "In Azure the virtual network takes the place of VLANs.")


def _for_l2tunnel(_answers: Answers) -> Iterator[Text]:
    yield N_("Chooser", "Containers are members of the Azure virtual network, with its policies.")


def _mind_l2tunnel(_answers: Answers) -> Iterator[Text]:
    yield N_("Chooser", "The addresses must be assigned to this machine's network adapter in Azure first.")


def _always(number: int) -> Callable[[Answers], int]:
    def rank(_answers: Answers) -> int:
        return number

    return rank


def _rank_of_transparent(answers: Answers) -> int:
    # A virtual machine's adapter lets one MAC address pass, which is all that l2bridge shows.
    return 30 if _is_vm(answers) and answers.addressing is not Addressing.DHCP else 10


_WINDOWS: Final = (
    _Candidate("nat", _against_private_subnet, _for_private_subnet, _mind_private_subnet, _always(0)),
    _Candidate(
        "transparent", _against_transparent, _for_transparent, _mind_transparent, _rank_of_transparent
    ),
    _Candidate("overlay", _against_overlay, _for_overlay, _mind_windows_overlay, _always(5)),
    _Candidate("l2bridge", _against_l2bridge, _for_l2bridge, _mind_l2bridge, _always(20)),
    _Candidate("l2tunnel", _against_l2tunnel, _for_l2tunnel, _mind_l2tunnel, _always(5)),
)

_LINUX: Final = (
    _Candidate("bridge", _against_private_subnet, _for_private_subnet, _mind_private_subnet, _always(0)),
    _Candidate("macvlan", _against_macvlan, _for_transparent, _mind_transparent, _rank_of_transparent),
    _Candidate("ipvlan", _against_macvlan, _for_l2bridge, _mind_ipvlan, _always(20)),
    _Candidate("overlay", _against_overlay, _for_overlay, _mind_overlay, _always(5)),
)
