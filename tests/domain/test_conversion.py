"""What exists becomes what would create it again."""

from __future__ import annotations

from console.domain.conversion import spec_of
from console.domain.drivers.options import HNS_ID, HNS_OWNED, INTERFACE, NETWORK_NAME
from console.domain.snapshot import IpamPool, Network
from console.domain.spec import NetworkSpec, SubnetSpec

ID = "2e" * 32


def test_that_a_user_network_is_asked_for_again_without_what_the_engine_added() -> None:
    network = Network(
        id=ID,
        name="my_nat",
        driver="nat",
        ipam_driver="windows",
        pools=(IpamPool(subnet="10.244.0.0/24", gateway="10.244.0.1"),),
        options={HNS_ID: "404947AC-FC8F-4229-A4B5-595B9161F3A8", NETWORK_NAME: ID, HNS_OWNED: "true"},
        labels={"team": "a"},
    )
    subnets = (SubnetSpec(subnet="10.244.0.0/24", gateway="10.244.0.1"),)
    assert spec_of(network) == NetworkSpec(name="my_nat", subnets=subnets, labels={"team": "a"})


def test_that_an_hns_name_somebody_chose_is_kept() -> None:
    network = Network(id=ID, name="corp", driver="transparent", options={NETWORK_NAME: "MyTransparent"})
    assert spec_of(network).option(NETWORK_NAME) == "MyTransparent"


def test_that_an_hns_name_that_is_only_the_docker_name_is_left_out() -> None:
    network = Network(id=ID, name="nat", driver="nat", options={NETWORK_NAME: "nat"})
    assert spec_of(network).options == {}


def test_that_a_dhcp_network_is_asked_for_without_a_subnet() -> None:
    network = Network(
        id=ID,
        name="corp",
        driver="transparent",
        pools=(IpamPool(subnet="0.0.0.0/0", gateway="172.28.48.1"),),
        options={INTERFACE: "Ethernet 2"},
    )
    assert spec_of(network) == NetworkSpec(
        name="corp", driver="transparent", options={INTERFACE: "Ethernet 2"}
    )


def test_that_only_an_unusual_scope_and_ipam_driver_are_asked_for() -> None:
    overlay = Network(id="x" * 25, name="o", driver="overlay", scope="swarm", ipam_driver="default")
    shared_nat = Network(id="y" * 25, name="n", driver="nat", scope="swarm", ipam_driver="custom")
    assert (spec_of(overlay).scope, spec_of(overlay).ipam_driver) == ("", "")
    assert (spec_of(shared_nat).scope, spec_of(shared_nat).ipam_driver) == ("swarm", "custom")


def test_that_flags_and_ipam_details_are_kept() -> None:
    network = Network(
        id=ID,
        name="full",
        driver="overlay",
        scope="swarm",
        internal=True,
        attachable=True,
        enable_ipv4=False,
        enable_ipv6=True,
        ipam_options={"a": "b"},
        pools=(
            IpamPool(
                subnet="fd00::/64", gateway="0.0.0.0", ip_range="fd00::/80", aux_addresses={"r": "fd00::2"}
            ),
        ),
    )
    assert spec_of(network) == NetworkSpec(
        name="full",
        driver="overlay",
        internal=True,
        attachable=True,
        enable_ipv4=False,
        enable_ipv6=True,
        ipam_options={"a": "b"},
        subnets=(SubnetSpec(subnet="fd00::/64", ip_range="fd00::/80", aux_addresses={"r": "fd00::2"}),),
    )


def test_that_settings_taken_from_another_network_are_not_asked_for_beside_it() -> None:
    """The engine shows them as the network's own, and refuses them beside --config-from."""
    network = Network(
        id=ID,
        name="web",
        driver="nat",
        scope="swarm",
        attachable=True,
        enable_ipv6=True,
        labels={"owner": "infra"},
        options={"com.docker.network.windowsshim.dnsservers": "10.0.0.53"},
        ipam_options={"a": "b"},
        pools=(IpamPool(subnet="10.5.0.0/24", gateway="10.5.0.1"),),
        config_from="web-settings",
    )
    wanted = NetworkSpec(name="web", driver="nat", scope="swarm", attachable=True, config_from="web-settings")
    assert spec_of(network) == wanted
