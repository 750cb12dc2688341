"""A whole host rewritten: nothing of it is left to read, and it hangs together as before."""

import asyncio

import pytest

from console.checks.report import run_checks
from console.demo.scenarios.registry import scenarios
from console.domain.pseudonyms import Pseudonymiser
from console.domain.pseudonyms.meanings import MEANINGS
from console.domain.snapshot import Adapter, Container, Network, VSwitch, VSwitchKind
from console.domain.text import N_
from tests.checks.test_practice import _practice
from tests.domain.hosts import host
from tests.domain.whole_hosts import with_containers, with_facts

KEY = b"k" * 32
LONG = "payroll-production-network"


def rewritten(snapshot, key=KEY):
    names = Pseudonymiser(key)
    names.note([snapshot])
    return names.rewritten(snapshot)


def payroll():
    found = with_facts(
        host(networks=[Network(id="a" * 64, name=LONG, driver="nat", labels={"owner": "Jane Roe"})]),
        adapters=[
            Adapter(name="Payroll uplink", description="Intel(R) I210", addresses=("10.20.30.5/24",)),
            Adapter(name=f"vEthernet ({LONG[:15]})", physical=False, host_vnic=True),
        ],
        vswitches=[VSwitch(name=LONG, id="b" * 32, kind=VSwitchKind.INTERNAL, notes="ask Jane Roe")],
    )
    web = Container(
        id="c" * 64,
        name="payroll-web",
        image="registry.corp.example/payroll:7",
        labels={"com.docker.compose.service": "payroll-web", "com.docker.compose.container-number": "1"},
    )
    return with_containers(found, web)


def test_that_no_name_address_label_or_image_is_left():
    told = rewritten(payroll()).model_dump_json()
    for secret in ("payroll", "Payroll", "Jane", "owner", "corp", "10.20.30.5"):
        assert secret not in told
    assert "com.docker.compose.service" in told
    assert "Intel(R) I210" in told


def test_that_the_same_name_is_the_same_everywhere_and_a_vnic_is_called_as_its_network():
    found = rewritten(payroll())
    (network,), (switch,) = found.networks.value, found.facts.vswitches.value
    vnic = found.facts.adapters.value[1]
    (web,) = found.containers.value
    assert network.name == switch.name
    assert vnic.name == f"vEthernet ({network.name})"
    assert web.labels["com.docker.compose.service"] == web.name
    assert web.labels["com.docker.compose.container-number"] == "1"


def test_that_names_and_addresses_are_found_in_sentences_and_the_templates_stay():
    snapshot = payroll()
    reason = N_("Test", "payroll-web: {words}", words=f"{LONG} on 'Payroll uplink', 10.20.30.5, is down")
    networks = snapshot.networks.model_copy(update={"reason": reason})
    told = str(rewritten(snapshot.model_copy(update={"networks": networks})).networks.reason)
    assert told.startswith("payroll-web: network-")
    assert LONG not in told
    assert "Payroll uplink" not in told
    assert "10.20.30.5" not in told


def test_that_another_key_gives_other_names():
    assert rewritten(payroll()) == rewritten(payroll())
    assert rewritten(payroll()) != rewritten(payroll(), b"other" * 6)


def test_that_every_field_that_has_a_meaning_exists():
    assert not [(kind, field) for kind, field in MEANINGS if field not in kind.model_fields]


@pytest.mark.parametrize("scenario", sorted(scenarios().keys() - {"large"}))
def test_that_the_checks_find_on_the_rewritten_host_what_they_find_on_the_real_one(tmp_path, scenario):
    async def look():
        async with _practice(tmp_path, scenario) as service:
            return await service.examine()

    snapshot = asyncio.run(look())
    assert found(rewritten(snapshot)) == found(snapshot)


def found(snapshot):
    report = run_checks(snapshot)
    assert not report.crashed
    findings = [
        (one.check.id, one.subject and one.subject.kind, len(one.evidence)) for one in report.findings
    ]
    return sorted(findings, key=str), {one.check.id for one in report.not_known}
