"""What the checks find, by the objects it is drawn on and listed with."""

from console.checks.report import run_checks
from console.checks.troubles import by_object, troubles_of
from console.domain.host_inventory import HnsEndpoint, HnsEndpointState
from console.domain.map.layout import lay_out
from console.domain.object_ref import ObjectKind, ObjectRef, ref_of
from console.domain.severity import Severity
from tests.domain.hosts import host
from tests.domain.whole_hosts import BOTH, CORP, LOST_HNS, NAT, NAT_HNS, WEB, whole_host, with_facts

HOST = whole_host()


def _ids(snapshot, ref):
    return {finding.check.id for finding in by_object(run_checks(snapshot)).get(ref, ())}


def test_that_what_is_found_stands_with_its_object_and_with_no_other():
    assert "hns-stale-state" in _ids(HOST, ObjectRef(ObjectKind.HNS_NETWORK, LOST_HNS))
    assert "hns-stale-state" not in _ids(HOST, ref_of(WEB))
    assert not _ids(host(), ref_of(NAT))


def test_that_what_is_found_of_an_endpoint_stands_with_its_container():
    assert "endpoint-not-attached" in _ids(HOST, ref_of(BOTH))
    endpoints = (
        HnsEndpoint(id="E", network_id=NAT_HNS, state=HnsEndpointState.DEGRADED, containers=(WEB.id,)),
    )
    broken = with_facts(HOST, hns_endpoints=endpoints)
    assert "endpoint-not-attached" in _ids(broken, ref_of(WEB))
    assert "endpoint-not-attached" in _ids(broken, ObjectRef(ObjectKind.HNS_ENDPOINT, "E"))


def test_that_what_is_found_of_a_network_of_hns_stands_with_dockers():
    networks = tuple(
        one.model_copy(update={"last_error_code": 5}) for one in HOST.facts.hns_networks.known() or ()
    )
    broken = with_facts(HOST, hns_networks=networks)
    assert "hns-network-degraded" in _ids(broken, ref_of(CORP))


def test_that_the_map_draws_what_is_found_and_nothing_else():
    report = run_checks(HOST)
    found = troubles_of(by_object(report))
    drawn = lay_out(HOST, relations=report.host.relations, found=found)
    for node in drawn.nodes:
        expected = found.get(node.ref, ())
        assert node.troubles == expected
        assert node.state.troubled == any(one.severity is not Severity.NOTE for one in expected)
    severities = {one.severity for node in drawn.nodes for one in node.troubles}
    assert {Severity.WARNING, Severity.NOTE} <= severities
