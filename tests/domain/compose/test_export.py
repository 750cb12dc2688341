"""Networks of a host written as Compose, and read back."""

from __future__ import annotations

from console.domain.compose.export import exported
from console.domain.compose.model import ComposeNetwork
from console.domain.conversion import spec_of
from console.domain.snapshot import IpamPool, Network
from tests.domain.compose.projects import load

FRONT = Network(
    id="1" * 64,
    name="front",
    driver="nat",
    pools=(IpamPool(subnet="172.30.0.0/24", gateway="172.30.0.1"),),
    options={"com.docker.network.windowsshim.dnsservers": "10.0.0.1,10.0.0.2"},
    labels={"tier": "$1", "com.docker.compose.project": "old"},
)
ODD = Network(id="2" * 64, name="my $net/ü", driver="transparent")


def read(text: str) -> tuple[ComposeNetwork, ...]:
    return load({"compose.yaml": text}).networks


def test_that_exported_networks_are_made_again_with_the_same_settings() -> None:
    front, odd = read(exported((FRONT, ODD), external=False))
    assert front.spec == spec_of(FRONT).model_copy(update={"labels": {"tier": "$1"}})
    assert odd.spec == spec_of(ODD)


def test_that_exported_networks_can_be_used_as_they_are() -> None:
    front, odd = read(exported((FRONT, ODD), external=True))
    assert (front.key, front.name, front.external) == ("front", "front", True)
    assert (odd.name, odd.external) == ("my $net/ü", True)


def test_that_what_compose_has_no_words_for_is_told_in_a_comment() -> None:
    ingress = Network(id="3" * 25, name="ingress", driver="overlay", scope="swarm", ingress=True)
    text = exported((ingress, FRONT), external=False)
    assert text.startswith("# ")
    assert [network.name for network in read(text)] == ["front"]
