"""Cases of checks about prefixes."""

from __future__ import annotations

from console.domain.snapshot import Network, Snapshot
from tests.checks.cases.case import OTHER_NAT, Case, corp, on_switch, pods
from tests.domain.hosts import ETHERNET, NAT, host, network

_CARD_IN_NAT = ETHERNET.model_copy(update={"addresses": ("10.244.8.10/24",)})


def _with(*networks: Network, docker: Network = OTHER_NAT) -> Snapshot:
    return host(networks=(NAT, docker, *networks))


CASES: dict[str, Case] = {
    "network-prefix-overlap": Case(
        (
            _with(network("branch", "transparent", "10.244.8.0/24")),
            _with(network("branch", "l2bridge", "10.244.0.0/16")),
            _with(network("lab", "internal", "10.244.8.128/25")),
            _with(network("lab", "internal", "172.16.4.0/24")),
        ),
        (
            _with(network("branch", "transparent", "10.244.9.0/24")),
            _with(network("branch", "transparent", "0.0.0.0/0")),
            _with(network("sealed", "private", "10.244.8.0/24")),
            _with(corp("10.9.0.0/16"), network("branch", "transparent", "10.9.0.0/16")),
            _with(network("mesh", "overlay", "10.244.8.0/24")),
        ),
    ),
    "nat-prefix-overlap": Case(
        (host(networks=(NAT, OTHER_NAT), adapters=(_CARD_IN_NAT,)),),
        (
            host(networks=(NAT, OTHER_NAT), adapters=(ETHERNET,)),
            host(networks=(NAT, OTHER_NAT), adapters=(_CARD_IN_NAT.model_copy(update={"host_vnic": True}),)),
            host(networks=(NAT, OTHER_NAT), adapters=(_CARD_IN_NAT.model_copy(update={"compartment": 2}),)),
        ),
    ),
    "subnet-mismatch": Case(
        (
            on_switch(corp("10.99.0.0/24")),
            on_switch(corp("192.168.0.0/16")),
            on_switch(pods("10.99.0.0/24"), build=14393),
        ),
        (
            on_switch(corp("192.168.1.0/24")),
            on_switch(corp("192.168.1.128/25")),
            on_switch(corp("10.99.0.0/24", vlanid="7")),
            on_switch(corp("10.99.0.0/24"), address=""),
            on_switch(corp("10.99.0.0/24"), address="169.254.7.7/16"),
            on_switch(corp("0.0.0.0/0")),
            on_switch(pods("10.99.0.0/24"), build=20348),
        ),
    ),
}  # fmt: skip
