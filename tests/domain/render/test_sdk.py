"""Specs to request bodies and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from console.domain.render.errors import BodyError
from console.domain.render.sdk import create_body, spec_of_body
from console.domain.spec import NetworkSpec, SubnetSpec
from tests.domain.render.specs import any_texts, specs


@given(specs(any_texts))
def test_that_a_spec_survives_the_way_through_a_json_body(spec: NetworkSpec) -> None:
    body = json.loads(json.dumps(create_body(spec)))
    assert spec_of_body(body, default_driver="") == spec


def test_that_only_what_was_asked_for_is_sent() -> None:
    spec = NetworkSpec(name="n", subnets=(SubnetSpec(subnet="10.0.0.0/24", gateway="10.0.0.1"),))
    assert create_body(spec) == {
        "Name": "n",
        "CheckDuplicate": True,
        "Driver": "nat",
        "IPAM": {"Options": {}, "Config": [{"Subnet": "10.0.0.0/24", "Gateway": "10.0.0.1"}]},
        "Internal": False,
        "Attachable": False,
        "Ingress": False,
        "ConfigOnly": False,
        "Options": {},
        "Labels": {},
    }


def test_that_a_body_without_a_driver_means_the_engines_choice() -> None:
    assert spec_of_body({"Name": "n"}).driver == "nat"
    assert spec_of_body({"Name": "n"}, default_driver="bridge").driver == "bridge"


def test_that_null_means_not_given() -> None:
    body = {
        "Name": "n",
        "IPAM": None,
        "Options": None,
        "Labels": None,
        "ConfigFrom": None,
        "EnableIPv4": None,
    }
    assert spec_of_body(body) == NetworkSpec(name="n")


@pytest.mark.parametrize(
    "body",
    [
        {"Name": 1},
        {"Internal": "yes"},
        {"Options": {"a": 1}},
        {"Options": ["a"]},
        {"IPAM": {"Config": {"Subnet": "x"}}},
        {"IPAM": {"Config": ["x"]}},
    ],
)
def test_that_a_value_of_the_wrong_kind_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(BodyError):
        spec_of_body(body)
