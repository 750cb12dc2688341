"""From what was typed to what is asked of the engine, and back."""

from hypothesis import given
from hypothesis import strategies as st

from console.domain.drivers.options import (
    DNS_SUFFIX,
    ENABLE_OUTBOUND_NAT,
    INTERFACE,
    OUTBOUND_NAT_EXCEPTIONS,
    VLAN_ID,
)
from console.domain.drivers.registry import WINDOWS_DRIVERS, driver
from console.domain.field import Field
from console.domain.spec import NetworkSpec, SubnetSpec
from console.ui.wizards.draft import (
    Addressing,
    Draft,
    addressing_of,
    draft_of_spec,
    draft_violations,
    drop_leftovers,
    leftovers,
    spec_of_draft,
)
from console.ui.wizards.flow import flow_of


def spec_for(draft, name):
    return spec_of_draft(draft, driver(name), flow_of(name, windows=True).fields)


def draft_for(spec):
    return draft_of_spec(spec, driver(spec.driver), flow_of(spec.driver, windows=True).fields)


def typed_draft():
    return Draft(
        driver="transparent",
        name="lan",
        addressing=Addressing.STATIC,
        subnets=[SubnetSpec(subnet="192.168.1.0/24", gateway="192.168.1.1")],
        options={INTERFACE: "Ethernet 2", VLAN_ID: "11"},
    )


def test_that_what_another_driver_does_not_take_is_not_sent_but_kept():
    draft = typed_draft()
    assert spec_for(draft, "nat").options == {}
    assert spec_for(draft, "transparent").options == {INTERFACE: "Ethernet 2", VLAN_ID: "11"}


def test_that_a_subnet_typed_before_dhcp_was_chosen_is_not_sent_but_kept():
    draft = typed_draft()
    draft.addressing = Addressing.AUTOMATIC
    assert spec_for(draft, "transparent").subnets == ()
    draft.addressing = Addressing.STATIC
    assert spec_for(draft, "transparent").subnets == (
        SubnetSpec(subnet="192.168.1.0/24", gateway="192.168.1.1"),
    )


def test_that_exceptions_are_sent_only_with_outbound_nat():
    draft = Draft(options={OUTBOUND_NAT_EXCEPTIONS: "10.0.0.0/8"})
    assert spec_for(draft, "l2bridge").options == {}
    draft.options[ENABLE_OUTBOUND_NAT] = "true"
    assert spec_for(draft, "l2bridge").option(OUTBOUND_NAT_EXCEPTIONS) == "10.0.0.0/8"


def test_that_an_option_the_driver_has_no_field_for_stays_among_the_other_options():
    spec = NetworkSpec(name="web", driver="nat", options={VLAN_ID: "11", DNS_SUFFIX: "a.example"})
    draft = draft_for(spec)
    assert draft.other_options == [(VLAN_ID, "11")]
    assert spec_for(draft, "nat") == spec


def test_that_l2bridge_can_only_be_static_and_nat_starts_so():
    assert addressing_of(Draft(addressing=Addressing.AUTOMATIC), driver("l2bridge")) is Addressing.STATIC
    assert addressing_of(Draft(), driver("nat")) is Addressing.STATIC
    assert addressing_of(Draft(), driver("transparent")) is Addressing.AUTOMATIC


def test_that_fixed_addressing_without_a_subnet_is_an_error_and_not_the_other_choice():
    draft = Draft(addressing=Addressing.STATIC)
    assert [each.rule for each in draft_violations(draft, driver("nat"))] == ["static-needs-subnet"]
    draft.addressing = Addressing.AUTOMATIC
    assert draft_violations(draft, driver("nat")) == ()


def test_that_a_value_without_a_key_and_a_key_given_twice_are_errors_of_their_row():
    draft = Draft(addressing=Addressing.AUTOMATIC, labels=[("a", "1"), ("", "2"), ("a", "3")])
    found = [(each.rule, each.field, each.position) for each in draft_violations(draft, driver("nat"))]
    assert found == [("value-without-key", Field.LABELS, 1), ("key-twice", Field.LABELS, 2)]


def test_that_pasted_settings_without_a_field_are_listed_and_can_be_dropped():
    spec = NetworkSpec(
        name="web",
        driver="nat",
        subnets=(SubnetSpec(subnet="172.20.1.0/24", gateway="172.20.1.1", ip_range="172.20.1.0/25"),),
        internal=True,
        ipam_driver="default",
    )
    draft = draft_for(spec)
    fields = flow_of("nat", windows=True).fields
    assert [each.words for each in leftovers(draft, driver("nat"), fields)] == [
        "--internal",
        "--ipam-driver default",
        "--ip-range 172.20.1.0/25",
    ]
    assert spec_for(draft, "nat") == spec
    drop_leftovers(draft, fields)
    assert leftovers(draft, driver("nat"), fields) == ()
    assert spec_for(draft, "nat") == NetworkSpec(
        name="web", driver="nat", subnets=(SubnetSpec(subnet="172.20.1.0/24", gateway="172.20.1.1"),)
    )


def test_that_only_a_draft_with_something_typed_is_worth_keeping():
    assert not Draft(driver="transparent").typed
    assert Draft(name="w").typed


words = st.text(min_size=1, max_size=8)
known_keys = st.sampled_from([INTERFACE, VLAN_ID, DNS_SUFFIX, OUTBOUND_NAT_EXCEPTIONS, "custom"])
specs = st.builds(
    NetworkSpec,
    name=words,
    driver=st.sampled_from([each.name for each in WINDOWS_DRIVERS if each.creatable]),
    subnets=st.lists(
        st.builds(SubnetSpec, subnet=words, gateway=st.text(max_size=8), ip_range=st.text(max_size=8)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    options=st.dictionaries(known_keys, words).map(
        # Without outbound NAT its exceptions are not asked for.
        lambda options: options | {ENABLE_OUTBOUND_NAT: "true"}
    ),
    labels=st.dictionaries(words, st.text(max_size=8)),
    scope=st.sampled_from(["", "swarm", "local"]),
    internal=st.booleans(),
    attachable=st.booleans(),
    enable_ipv6=st.booleans(),
    ipam_driver=st.sampled_from(["", "default"]),
)


@given(specs)
def test_that_a_spec_put_into_the_wizard_comes_out_unharmed(spec):
    assert spec_for(draft_for(spec), spec.driver) == spec
