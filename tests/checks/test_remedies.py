"""Ways out that must not be offered by what is not known."""

from console.checks.registry import checks
from console.checks.remedies import remedies_of
from console.checks.report import run_checks
from console.domain.host_inventory import HnsNetwork
from console.domain.snapshot import Adapter
from tests.checks.cases.case import with_facts
from tests.domain.hosts import external_vswitch, host, network, shim

BARE = external_vswitch("Mine", "Ethernet").model_copy(update={"adapters": ()})
ON_IT = HnsNetwork(id="A" * 36, name="mine", type="Transparent", switch_id=BARE.id)


def _titles(*hns_networks):
    seen = with_facts(host(vswitches=(BARE,)), hns_networks=hns_networks)
    report = run_checks(seen, [checks()["vswitch-without-adapter"]])
    (finding,) = report.findings
    return [str(remedy.title) for remedy in remedies_of(finding, report.host)]


def test_that_a_vswitch_is_not_removed_under_an_hns_network_whose_docker_network_is_not_read():
    assert "Remove the vSwitch Mine" in _titles()
    assert "Remove the vSwitch Mine" not in _titles(ON_IT)


def test_that_a_network_others_made_is_not_removed_to_free_its_adapter():
    for marked in (True, False):
        owned = {"hnsowned": "true"} if marked else {}
        theirs = network("vms", "transparent", options=shim(networkname="vms", interface="Ethernet", **owned))
        mine = network("lan", "transparent", options=shim(interface="Ethernet"))
        seen = host(networks=(theirs, mine), vswitches=(external_vswitch("vms", "Ethernet"),))
        report = run_checks(seen, [checks()["adapter-already-bound"]])
        (finding,) = report.findings
        titles = [str(remedy.title) for remedy in remedies_of(finding, report.host)]
        assert ("Remove vms, which uses the adapter" in titles) == (not marked)


def test_that_no_network_is_moved_to_a_vpn_or_a_card_that_is_in_a_team():
    lan = network("lan", "transparent", options=shim(interface="Ethernet", networkname="lan"))
    unplugged = Adapter(name="Ethernet", status="Disconnected", vswitch="lan")
    vpn = Adapter(name="OpenVPN Wintun", physical=False, addresses=("10.8.0.2/24",))
    member = Adapter(name="NIC1", team_member=True)
    team = Adapter(name="Team1", physical=False, team_interface=True)
    for others, found in (
        ((vpn, member), None),
        ((vpn, member, team), "Recreate lan on Team1, which is free"),
    ):
        switch = external_vswitch("lan", "Ethernet")
        seen = host(networks=(lan,), adapters=(unplugged, *others), vswitches=(switch,))
        report = run_checks(seen, [checks()["adapter-unplugged"]])
        (finding,) = report.findings
        titles = [str(remedy.title) for remedy in remedies_of(finding, report.host)]
        assert titles[1:] == ([found] if found else [])
