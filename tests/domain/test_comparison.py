from console.domain.comparison import Change, as_document, as_text, compare
from console.domain.sections import fresh, unavailable
from console.domain.snapshot import Adapter, Container, Network, Route
from tests.domain.hosts import REASON, host, network
from tests.domain.whole_hosts import with_containers, with_facts


def part(found, name):
    return next(one for one in found.parts if one.part == name)


def test_that_a_host_is_the_same_as_itself():
    found = compare(host(), host())
    assert found.same
    assert as_text(found).endswith("No differences.\n")


def test_what_appeared_went_and_changed():
    before = host(networks=[network("a", "nat", "10.1.0.0/24"), network("b", "nat")])
    after = host(networks=[network("a", "nat", "10.2.0.0/24"), network("c", "nat")])
    networks = part(compare(before, after), "networks")
    assert (networks.appeared, networks.gone) == (("c",), ("b",))
    (changed,) = networks.changed
    assert changed.name == "a"
    assert [change.field for change in changed.changes] == ["pools"]


def test_that_a_network_made_again_under_its_name_is_a_changed_one():
    before = host(networks=[Network(id="1", name="nat", driver="nat")])
    after = host(networks=[Network(id="2", name="nat", driver="nat")])
    networks = part(compare(before, after), "networks")
    assert not networks.appeared
    assert networks.changed[0].changes == (Change("id", "1", "2"),)


def test_that_the_time_a_container_is_up_is_no_change():
    def running(status):
        return with_containers(host(), Container(id="1", name="web", state="running", status=status))

    assert compare(running("Up 3 minutes"), running("Up 3 hours")).same


def test_that_a_part_only_one_of_them_knows_is_not_compared_and_says_why():
    before = host()
    known = with_facts(before, adapters=[Adapter(name="Ethernet")])
    unknown = known.model_copy(
        update={"facts": known.facts.model_copy(update={"adapters": unavailable(REASON)})}
    )
    found = compare(known, unknown)
    assert found.same
    (left_out,) = found.not_compared
    assert (left_out.part, left_out.reason) == ("adapters", REASON)


def test_that_a_route_is_the_same_one_by_another_interface_number():
    before = with_facts(host(), routes=[Route(prefix="0.0.0.0/0", next_hop="10.0.0.1", index=4, metric=0)])
    after = with_facts(host(), routes=[Route(prefix="0.0.0.0/0", next_hop="10.0.0.1", index=9, metric=0)])
    assert compare(before, after).same
    elsewhere = with_facts(host(), routes=[Route(prefix="0.0.0.0/0", next_hop="10.0.0.254")])
    (part,) = compare(before, elsewhere).parts
    assert (part.gone, part.appeared) == (("0.0.0.0/0 via 10.0.0.1",), ("0.0.0.0/0 via 10.0.0.254",))


def test_that_the_document_and_the_words_tell_the_same():
    before = with_facts(host(), adapters=[Adapter(name="Ethernet", mtu=1500, addresses=("10.0.0.5/24",))])
    after = with_facts(host(), adapters=[Adapter(name="Ethernet", mtu=1400, addresses=("10.0.0.6/24",))])
    after = after.model_copy(
        update={"facts": after.facts.model_copy(update={"routes": fresh((Route(prefix="10.7.0.0/16"),))})}
    )
    found = compare(before, after)
    (adapter,) = as_document(found)["parts"]["adapters"]["changed"]
    assert {"field": "mtu", "before": 1500, "after": 1400} in adapter["changes"]
    told = as_text(found)
    assert "      mtu: 1500 -> 1400\n" in told
    assert "      addresses: - 10.0.0.5/24\n      addresses: + 10.0.0.6/24\n" in told
    assert "  + 10.7.0.0/16\n" in told
