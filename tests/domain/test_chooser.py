"""The questions end in the driver that the documents recommend, with the reasons."""

from __future__ import annotations

from dataclasses import fields
from itertools import product

import pytest

from console.domain.chooser import (
    QUESTIONS,
    Addressing,
    Answers,
    Hosts,
    LanReach,
    Machine,
    Vlan,
    presumed_answers,
    recommend,
)
from console.domain.drivers.availability import unavailable_because
from console.domain.drivers.registry import driver
from console.domain.snapshot import Hypervisor, Snapshot
from tests.domain.hosts import MANAGER, host, linux_host, unread_host

SWARM = host(swarm=MANAGER)
AZURE = host(hypervisor=Hypervisor.AZURE)
OWN = LanReach.OWN_ADDRESS


@pytest.mark.parametrize(
    ("answers", "where", "expected"),
    [
        (Answers(), host(), "nat"),
        (Answers(lan_reach=LanReach.NONE), host(), "nat"),
        (Answers(hosts=Hosts.SEVERAL), SWARM, "overlay"),
        (Answers(lan_reach=OWN), host(), "transparent"),
        (Answers(lan_reach=OWN, addressing=Addressing.DHCP, machine=Machine.HYPER_V), host(), "transparent"),
        (Answers(lan_reach=OWN, addressing=Addressing.STATIC, machine=Machine.HYPER_V), host(), "l2bridge"),
        (Answers(lan_reach=OWN, vlan=Vlan.YES), host(), "transparent"),
        (Answers(vlan=Vlan.YES), host(), "l2bridge"),
        (Answers(lan_reach=OWN, machine=Machine.AZURE), AZURE, "l2tunnel"),
        (Answers(lan_reach=OWN, addressing=Addressing.DHCP, machine=Machine.AZURE), AZURE, None),
        (Answers(hosts=Hosts.SEVERAL, lan_reach=LanReach.NONE), host(), None),
        (Answers(), linux_host(), "bridge"),
        (Answers(lan_reach=OWN), linux_host(), "macvlan"),
        (Answers(lan_reach=OWN, machine=Machine.VMWARE), linux_host(), "ipvlan"),
        (Answers(hosts=Hosts.SEVERAL), linux_host(swarm=MANAGER), "overlay"),
    ],
)
def test_that_the_answers_end_in_the_expected_driver(
    answers: Answers, where: Snapshot, expected: str | None
) -> None:
    found = recommend(answers, where)
    assert found.driver == expected
    assert found.reasons
    assert expected not in [name for name, _ in found.rejected]


ALL_ANSWERS = [Answers(*values) for values in product(Hosts, LanReach, Addressing, Vlan, Machine)]


@pytest.mark.parametrize("where", [host(), SWARM, AZURE, unread_host(), linux_host()])
def test_that_whatever_is_recommended_can_be_made_and_all_else_is_rejected_with_a_reason(
    where: Snapshot,
) -> None:
    engine = where.engine.known()
    assert engine is not None
    for answers in ALL_ANSWERS:
        found = recommend(answers, where)
        names = [name for name, _ in found.rejected]
        assert len(set(names)) == len(names)
        assert all(str(against) for _, against in found.rejected)
        if found.driver is not None:
            known = driver(found.driver, windows=engine.is_windows)
            assert known is not None
            assert unavailable_because(known, where) is None
            assert known.dhcp or answers.addressing is not Addressing.DHCP


def test_that_mac_spoofing_is_minded_on_a_virtual_machine_only() -> None:
    asked = Answers(lan_reach=OWN, addressing=Addressing.DHCP, machine=Machine.HYPER_V)
    assert any("spoofing" in str(text) for text in recommend(asked, host()).cautions)
    physical = Answers(lan_reach=OWN, addressing=Addressing.DHCP)
    assert not any("spoofing" in str(text) for text in recommend(physical, host()).cautions)


def test_that_each_answer_has_its_question_and_each_question_its_choices() -> None:
    assert [question.id for question in QUESTIONS] == [field.name for field in fields(Answers)]
    for question in QUESTIONS:
        kinds = {type(choice.value) for choice in question.choices}
        assert len(kinds) == 1
        assert {choice.value for choice in question.choices} == set(kinds.pop())


def test_that_the_machine_is_presumed_from_the_host() -> None:
    assert presumed_answers(host(hypervisor=Hypervisor.VMWARE)).machine is Machine.VMWARE
    assert presumed_answers(host(hypervisor=Hypervisor.NONE)).machine is Machine.PHYSICAL
    assert presumed_answers(unread_host()) == Answers()
