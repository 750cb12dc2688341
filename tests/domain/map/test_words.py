"""The map in words, as a screen reader and a terminal get it."""

from __future__ import annotations

import pytest
from hypothesis import given

from console.domain.map.layout import lay_out
from console.domain.map.model import MapFilter
from console.domain.map.troubles import Trouble
from console.domain.map.words import UnknownNameError, as_text, map_text, named_filter, sentence
from console.domain.object_ref import ObjectKind, ObjectRef, ref_of
from console.domain.severity import Severity
from console.domain.snapshot import Container, Snapshot
from console.domain.text import N_, Text
from tests.domain.hosts import host, network, unreachable_host
from tests.domain.whole_hosts import (
    BOTH,
    CORP,
    LOST_HNS,
    SWITCHES,
    WEB,
    any_hosts,
    whole_host,
    with_containers,
)

HOST = whole_host()
FOUND = {
    ref_of(SWITCHES[1]): (Trouble(N_("Test", "VFP does not run on it"), Severity.WARNING),),
    ref_of(BOTH): (
        Trouble(N_("Test", "Its endpoint is degraded"), Severity.ERROR),
        Trouble(N_("Test", "It has no name"), Severity.NOTE),
    ),
    ObjectRef(ObjectKind.HNS_NETWORK, LOST_HNS): (
        Trouble(N_("Test", "Docker no longer knows it."), Severity.NOTE),
    ),
}

WHOLE = """\
Host host.
Adapter Ethernet. Intel(R) I210.
  vSwitch Corp. External, created by Docker. Host: 192.168.1.10/24. \
Warning: VFP does not run on it.
    Network corp. l2bridge network. 192.168.1.0/24. Gateway 192.168.1.1. VLAN 11.
      Container both. Running. 172.20.3.8 on nat. 192.168.1.77 on corp. Compartment 3. \
Error: Its endpoint is degraded. Note: It has no name.
Adapter Ethernet 2. Intel(R) I210 #2. 10.9.0.5/16. Free for a new network.
Adapter Wi-Fi. Status: Disconnected.
vSwitch Lab. Private, created with Hyper-V Manager or PowerShell.
vSwitch nat. Internal, created by Docker. Host: 172.20.0.1/20.
  HNS network cccccccccccc… nat network in HNS only. \
Note: Docker no longer knows it.
  Network nat. nat network. 172.20.0.0/20. Gateway 172.20.0.1.
    Container both: see above.
    Endpoint 172.20.9.9 on nat. Endpoint in no container: Detached. 172.20.9.9.
    Container db. Stopped.
    Container web. Running. 172.20.3.7/20. Compartment 2. Port 8080 to 80/tcp.
"""


def test_that_the_map_of_a_host_reads_like_this() -> None:
    assert map_text(HOST, found=FOUND) == WHOLE


def test_that_one_containers_path_reads_like_this() -> None:
    assert map_text(HOST, named_filter(HOST, container="web")).splitlines()[1:] == [
        "vSwitch nat. Internal, created by Docker. Host: 172.20.0.1/20.",
        "  Network nat. nat network. 172.20.0.0/20. Gateway 172.20.0.1.",
        "    Container web. Running. 172.20.3.7/20. Compartment 2. Port 8080 to 80/tcp.",
    ]


@given(any_hosts())
def test_that_every_node_is_told_once_in_full(snapshot: Snapshot) -> None:
    found = lay_out(snapshot, filter=MapFilter(fold_above=99))
    told = as_text(found).splitlines()
    sentences = sorted(sentence(node) for node in found.nodes)
    full = [line.strip() for line in told[1 + len(found.notes) :] if not line.endswith(": see above.")]
    assert sorted(full or []) == (sentences or ["There is nothing on this map."])


@given(any_hosts())
def test_that_nothing_is_indented_more_than_one_step_below_the_line_above(snapshot: Snapshot) -> None:
    depth = 0
    for line in map_text(snapshot).splitlines():
        now = (len(line) - len(line.lstrip())) // 2
        assert now <= depth + 1
        depth = now


def test_that_a_host_that_can_not_be_read_says_so() -> None:
    text = map_text(unreachable_host())
    assert "Not on this map: networks. It can't be read here." in text
    assert text.endswith("There is nothing on this map.\n")


def test_that_a_practice_host_is_never_taken_for_a_real_one() -> None:
    practice = HOST.model_copy(update={"host": HOST.host.model_copy(update={"practice": True})})
    assert map_text(practice).startswith("Practice host host.\n")


def test_that_no_name_breaks_the_lines_or_steers_the_terminal() -> None:
    hostile = Container(id="h", name="a\n  vSwitch b\x1b[2J\u2028c\u202e", state="running")
    text = map_text(with_containers(host(networks=(), adapters=()), hostile))
    assert text.splitlines()[-1] == "Container a   vSwitch b [2J c . Running."
    assert all(line.isprintable() for line in text.split("\n"))


def test_that_the_words_are_translated_where_they_are_shown() -> None:
    def loud(text: Text) -> str:
        return text.render(lambda _context, template: template.upper() if "{" not in template else template)

    assert "Network nat. nat network." not in as_text(lay_out(HOST), show=loud)
    assert "NETWORK nat. nat network." in as_text(lay_out(HOST), show=loud)


NAMES = [
    ("corp", "", (ref_of(CORP),), ()),
    (CORP.id, "both", (ref_of(CORP),), (ref_of(BOTH),)),
    ("bbbb", "1111", (ref_of(CORP),), (ref_of(WEB),)),
    ("", "", (), ()),
]


@pytest.mark.parametrize(("net", "box", "networks", "containers"), NAMES)
def test_that_a_filter_takes_names_ids_and_beginnings_of_ids(
    net: str, box: str, networks: tuple[object, ...], containers: tuple[object, ...]
) -> None:
    found = named_filter(HOST, network=net, container=box)
    assert found.networks == frozenset(networks)
    assert found.containers == frozenset(containers)


def test_that_a_filter_refuses_what_is_not_there_or_there_twice() -> None:
    with pytest.raises(UnknownNameError, match="There is no gone on this host"):
        named_filter(HOST, network="gone")
    twins = host(networks=(network("x", "nat"), network("x", "nat").model_copy(update={"id": "other"})))
    with pytest.raises(UnknownNameError, match="Several objects are named x"):
        named_filter(twins, network="x")
