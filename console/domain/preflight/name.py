"""Rules about the network's names: docker's own and the one in HNS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from console.domain.drivers.options import NETWORK_NAME
from console.domain.field import Field
from console.domain.host_adapters import hns_name
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note, warning
from console.domain.preflight.rule import Engines, rule
from console.domain.text import N_

SWARM_NAME_LENGTH: Final = 63
_SWARM_NAME: Final = re.compile(r"[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*", re.ASCII)
_PLAIN_NAME: Final = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*", re.ASCII)
_PREDEFINED: Final = {
    True: frozenset({"nat", "none", "default"}),
    False: frozenset({"bridge", "host", "none", "default"}),
}


@rule("name-missing", source="reference, 2.2 check 6", engines=Engines.ALL)
def name_missing(case: Case) -> Iterator[Objection]:
    """A network needs a name."""
    if not case.spec.name.strip():
        yield error(
            Field.NAME,
            N_("Preflight", "The network needs a name."),
            N_("Preflight", "The engine refuses a network without a name: “invalid name: name is empty”."),
        )


@rule("name-predefined", source="reference, 2.2 check 2", engines=Engines.ALL)
def name_predefined(case: Case) -> Iterator[Objection]:
    """The engine keeps some names for itself."""
    name = case.spec.name
    if name in _PREDEFINED[case.windows] or name.startswith("container:"):
        yield error(
            Field.NAME,
            N_("Preflight", "The name {name} is reserved by Docker for its own networks.", name=name),
            N_(
                "Preflight",
                "nat, none, default and names that begin with “container:” (on Linux also bridge and host) "
                "have a special meaning in docker run; the engine does not allow them for other networks.",
            ),
            _free_name(f"my-{name.removeprefix('container:')}", _names(case)),
        )


@rule("name-taken", source="reference, 2.2 checks 1 and 7", engines=Engines.ALL)
def name_taken(case: Case) -> Iterator[Objection]:
    """No two networks of one name, and better none that differ in case only."""
    names = _names(case)
    name = case.spec.name
    if name in names and name not in _PREDEFINED[case.windows]:
        yield error(
            Field.NAME,
            N_("Preflight", "There is already a network named {name}.", name=name),
            N_(
                "Preflight",
                "The engine refuses a second one: “network with name {name} already exists”.",
                name=name,
            ),
            _free_name(name, names),
        )
    elif twin := next((other for other in names if other.casefold() == name.casefold()), None):
        yield warning(
            Field.NAME,
            N_(
                "Preflight",
                "There is a network named {other}, which differs only in upper and lower case.",
                other=twin,
            ),
            N_("Preflight", "Docker treats them as two networks; people, and Windows' own names, do not."),
            _free_name(name, names),
        )


@rule("name-blanks", source="reference, 2.2 check 6", engines=Engines.ALL)
def name_blanks(case: Case) -> Iterator[Objection]:
    """Blanks around a name are kept by the engine and are seen by nobody."""
    name = case.spec.name
    if name.strip() and name != name.strip():
        yield warning(
            Field.NAME,
            N_("Preflight", "The name begins or ends with a space."),
            N_(
                "Preflight",
                "The engine keeps the space as part of the name, so typing the name later won't find it.",
            ),
            name.strip(),
        )


@rule("name-characters", source="docker documentation, object names", engines=Engines.ALL)
def name_characters(case: Case) -> Iterator[Objection]:
    """Unusual characters are possible and uncomfortable."""
    name = case.spec.name.strip()
    if not name or _is_swarm(case) or name.startswith("container:"):
        return
    if not name.isprintable():
        yield warning(
            Field.NAME,
            N_("Preflight", "The name contains invisible characters."),
            N_("Preflight", "The engine accepts them, but such a name can't be typed or read later."),
            _plain(name),
        )
    elif not _PLAIN_NAME.fullmatch(name):
        yield note(
            Field.NAME,
            N_("Preflight", "On a command line this name has to be quoted."),
            N_("Preflight", "Letters, digits, “_”, “.” and “-” need no quotes in any shell."),
            _plain(name),
        )


@rule("name-swarm", source="moby, swarmkit: names of swarm objects", engines=Engines.ALL)
def name_swarm(case: Case) -> Iterator[Objection]:
    """Names of swarm networks are DNS names."""
    name = case.spec.name
    if not name.strip() or not _is_swarm(case):
        return
    if not _SWARM_NAME.fullmatch(name):
        yield error(
            Field.NAME,
            N_("Preflight", "A swarm does not accept this name."),
            N_(
                "Preflight",
                "Names of swarm networks are DNS names: letters, digits, and “-” and “_” between them. "
                "The engine says: “name must be valid as a DNS name component”.",
            ),
            _dns(name),
        )
    elif len(name) > SWARM_NAME_LENGTH:
        yield error(
            Field.NAME,
            N_("Preflight", "The name is too long for a swarm."),
            N_("Preflight", "The engine says: “name must be 63 characters or fewer”."),
            _dns(name),
        )


@rule("hns-name-taken", source="reference, 1.1 networkname and 4.2")
def hns_name_taken(case: Case) -> Iterator[Objection]:
    """HNS has names of its own, and no two alike."""
    wanted = case.spec.option(NETWORK_NAME)
    if not wanted:
        return
    names = [hns_name(network) for network in case.networks]
    names += [switch.name for switch in case.vswitches or ()]
    if wanted in names:
        yield error(
            Field.HNS_NETWORK_NAME,
            N_("Preflight", "Windows already has a network or vSwitch named {name}.", name=wanted),
            N_(
                "Preflight",
                "HNS names must differ: it answers “A network with this name already exists” (0x803b0010), "
                "and a name doubled this way can keep the docker service from starting.",
            ),
            _free_name(wanted, names),
        )
    elif twin := next((other for other in names if other.casefold() == wanted.casefold()), None):
        yield warning(
            Field.HNS_NETWORK_NAME,
            N_(
                "Preflight",
                "Windows has a network or vSwitch named {other}, which differs only in case.",
                other=twin,
            ),
            N_("Preflight", "The vSwitch and the host vNIC take this name, and adapter names ignore case."),
            _free_name(wanted, names),
        )


def _names(case: Case) -> list[str]:
    return [network.name for network in case.networks]


def _is_swarm(case: Case) -> bool:
    return case.is_driver("overlay") or case.spec.scope == "swarm"


def _free_name(name: str, taken: Iterable[str]) -> str:
    folded = {other.casefold() for other in taken}
    if name.casefold() not in folded:
        return name
    number = 2
    while f"{name}-{number}".casefold() in folded:
        number += 1
    return f"{name}-{number}"


def _plain(name: str) -> str:
    return re.sub(r"[^a-zA-Z0-9_.-]+", "-", name).strip("-_.")


def _dns(name: str) -> str:
    return re.sub(r"[^a-zA-Z0-9_-]+", "-", name)[:SWARM_NAME_LENGTH].strip("-_")
