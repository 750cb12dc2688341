"""Hypothesis strategies for specs: arbitrary Unicode in every name, option, label and adapter."""

from __future__ import annotations

import ipaddress

from hypothesis import strategies as st

from console.domain.drivers.options import DNS_SERVERS, INTERFACE, VLAN_ID
from console.domain.spec import NetworkSpec, SubnetSpec

METACHARACTERS = "\"'`^%!&|<>()$\\ ,;=:#~*?[]{}@-\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00a0\u2028\ufeff"

#: What every shell, Compose and the engine can carry: all of Unicode but control characters.
texts = st.text(
    st.one_of(
        st.sampled_from(METACHARACTERS + "aZ0._/é漢😀"), st.characters(exclude_categories=("Cs", "Cc"))
    ),
    max_size=16,
)
#: The engine and Compose carry control characters too.
any_texts = st.one_of(texts, st.text(max_size=8))
adapters = st.lists(
    st.one_of(st.sampled_from(["Ethernet 2", 'LAN "A"', "it's", "vEthernet (x)", "100%", "a,b"]), texts),
    min_size=1,
    max_size=3,
).map(",".join)


@st.composite
def subnet_specs(draw: st.DrawFn) -> tuple[SubnetSpec, ...]:
    """IPAM entries that do not overlap, each with what fits into it."""
    found = []
    for third in draw(st.lists(st.integers(0, 255), unique=True, max_size=3)):
        prefix = ipaddress.ip_network(f"10.7.{third}.0/24")
        addresses = st.integers(1, 254).map(lambda last, prefix=prefix: str(prefix[last]))
        names = st.text("abcz09-_ .é'\"", min_size=1, max_size=5).map(
            lambda name, third=third: f"{third}{name}"
        )
        found.append(
            SubnetSpec(
                subnet=str(prefix),
                gateway=draw(st.one_of(st.just(""), addresses)),
                ip_range=draw(st.sampled_from(["", f"10.7.{third}.128/25"])),
                aux_addresses=draw(st.dictionaries(names, addresses, max_size=2)),
            )
        )
    return tuple(found)


@st.composite
def specs(draw: st.DrawFn, words: st.SearchStrategy[str] = texts) -> NetworkSpec:
    """Any spec, words of ``words`` in every free place."""
    options = draw(st.dictionaries(words, words, max_size=3))
    if draw(st.booleans()):
        options |= {INTERFACE: draw(adapters), VLAN_ID: "7", DNS_SERVERS: "10.0.0.1,10.0.0.2"}
    return NetworkSpec(
        name=draw(words),
        driver=draw(st.one_of(st.sampled_from(["nat", "transparent", "l2bridge", "overlay"]), words)),
        subnets=draw(subnet_specs()),
        options=options,
        labels=draw(st.dictionaries(words, words, max_size=3)),
        scope=draw(st.sampled_from(["", "local", "swarm"])),
        internal=draw(st.booleans()),
        attachable=draw(st.booleans()),
        ingress=draw(st.booleans()),
        enable_ipv4=draw(st.booleans()),
        enable_ipv6=draw(st.booleans()),
        ipam_driver=draw(st.one_of(st.just(""), words)),
        ipam_options=draw(st.dictionaries(words, words, max_size=2)),
        config_only=draw(st.booleans()),
        config_from=draw(st.one_of(st.just(""), words)),
    )
