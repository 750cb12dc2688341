"""Specs to Compose entries and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from ruamel.yaml import YAML

from console.domain.render.compose import compose_entry, external_entry, external_name, parse_entry
from console.domain.render.errors import EntryError, InexpressibleError
from console.domain.spec import NetworkSpec, SubnetSpec
from tests.domain.render.specs import any_texts, specs

#: What Compose has no word for.
UNSAID = {"scope": "", "ingress": False, "config_only": False, "config_from": ""}


@given(specs(any_texts))
def test_that_a_spec_survives_the_way_through_a_compose_entry(spec: NetworkSpec) -> None:
    said = spec.model_copy(update=UNSAID)
    assert parse_entry(compose_entry(said)) == said


@given(specs(any_texts))
def test_that_very_long_names_and_values_survive(spec: NetworkSpec) -> None:
    long = spec.model_copy(update=UNSAID | {"name": "n" * 3000, "labels": {"k" * 3000: "v " * 3000}})
    assert parse_entry(compose_entry(long)) == long


@given(specs(any_texts))
def test_that_an_ordinary_yaml_reader_sees_the_same_options(spec: NetworkSpec) -> None:
    said = spec.model_copy(update=UNSAID)
    (entry,) = YAML(typ="safe", pure=True).load(compose_entry(said))["networks"].values()
    doubled = {key: value.replace("$", "$$") for key, value in said.options.items()}
    assert entry.get("driver_opts", {}) == doubled
    assert entry["name"] == said.name.replace("$", "$$")


def test_that_the_entry_reads_as_people_write_it() -> None:
    spec = NetworkSpec(
        name="corp",
        driver="transparent",
        subnets=(SubnetSpec(subnet="10.0.0.0/24", gateway="10.0.0.1"), SubnetSpec(subnet="10.1.0.0/24")),
        options={"com.docker.network.windowsshim.vlanid": "11"},
        internal=True,
        labels={"paid": "yes", "price": "$5"},
    )
    assert compose_entry(spec) == (
        "networks:\n"
        "  corp:\n"
        "    name: corp\n"
        "    driver: transparent\n"
        "    driver_opts:\n"
        '      com.docker.network.windowsshim.vlanid: "11"\n'
        "    ipam:\n"
        "      config:\n"
        "        - subnet: 10.0.0.0/24\n"
        "          gateway: 10.0.0.1\n"
        "        - subnet: 10.1.0.0/24\n"
        "    internal: true\n"
        "    labels:\n"
        '      paid: "yes"\n'
        '      price: "$$5"\n'
    )


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"scope": "swarm"}, "--scope"),
        ({"ingress": True}, "--ingress"),
        ({"config_only": True}, "--config-only"),
        ({"config_from": "x"}, "--config-from"),
    ],
)
def test_that_what_compose_has_no_word_for_gives_no_entry(change: dict[str, object], flag: str) -> None:
    with pytest.raises(InexpressibleError) as refused:
        compose_entry(NetworkSpec(name="n").model_copy(update=change))
    assert flag in str(refused.value.text)


def test_that_an_entry_of_the_seed_is_understood() -> None:
    text = """\
services:
  web:
    image: nano
networks:
  default:
    driver: nat
    ipam:
      driver: default
      config:
      - subnet: 172.16.3.0/24
"""
    assert parse_entry(text) == NetworkSpec(
        name="default", ipam_driver="default", subnets=(SubnetSpec(subnet="172.16.3.0/24"),)
    )


def test_that_numbers_words_lists_and_anchors_are_read_as_they_are_spelled() -> None:
    text = """\
x-opts: &opts
  com.docker.network.windowsshim.vlanid: 011
networks:
  lan:
    name: 1.10
    driver_opts:
      <<: *opts
      late: 2024-01-01
    labels:
      - a=b=c
      - flag
    internal: True
    x-note: ours
  other:
"""
    assert parse_entry(text, key="lan") == NetworkSpec(
        name="1.10",
        options={"com.docker.network.windowsshim.vlanid": "011", "late": "2024-01-01"},
        labels={"a": "b=c", "flag": ""},
        internal=True,
    )
    assert parse_entry(text, key="other", default_driver="bridge") == NetworkSpec(
        name="other", driver="bridge"
    )


@pytest.mark.parametrize(
    "text",
    [
        'networks:\n default:\n  external:\n   name: "nat"\n',
        "networks:\n  default:\n    external: true\n    name: nat\n",
        "networks:\n  nat:\n    external: true\n",
        external_entry("nat"),
    ],
)
def test_that_an_external_entry_names_a_network_and_creates_none(text: str) -> None:
    assert external_name(text) == "nat"
    with pytest.raises(EntryError):
        parse_entry(text)


def test_that_an_entry_that_is_not_external_names_no_other_network() -> None:
    assert external_name("networks:\n  a:\n    external: false\n") is None


@given(any_texts)
def test_that_the_name_of_an_external_network_survives(name: str) -> None:
    if name:
        assert external_name(external_entry(name)) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "networks:",
        "networks:\n  a:\n  b:\n",
        "networks:\n  a:\n    driver: ${DRIVER}\n",
        "networks:\n  a:\n    name: $NAME\n",
        "networks:\n  a:\n    drivers: nat\n",
        "networks:\n  a:\n    ipam:\n      config:\n        - subnets: x\n",
        "networks:\n  a:\n    internal: perhaps\n",
        "networks:\n  a:\n    driver: [nat]\n",
        "networks:\n  a:\n    driver: nat\n    driver: l2bridge\n",
        "networks: {a: {driver: nat}",
        "networks: &n\n  <<: *n\n",
        "\x00",
    ],
)
def test_that_what_is_no_creatable_network_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(EntryError) as refused:
        parse_entry(text)
    assert str(refused.value.text)
