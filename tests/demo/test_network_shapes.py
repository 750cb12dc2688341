"""What inspect shows, against the samples (reference, 2.5)."""

import json
import re
from pathlib import Path

import pytest

from tests.demo.conftest import PREFIX, subnet

SAMPLES = Path(__file__).parent.parent / "data" / "samples" / "docker"
DERIVED = json.loads((SAMPLES / "DERIVED-inspect-v29-per-driver.json").read_text(encoding="utf-8"))


def shape(value):
    """A document with its values replaced by what kind they are; keys and their order stay."""
    if isinstance(value, dict):
        return {key: shape(member) for key, member in value.items()}
    if isinstance(value, list):
        return [shape(member) for member in value]
    if isinstance(value, str):
        for kind, pattern in KINDS.items():
            if re.fullmatch(pattern, value):
                return kind
    return value


KINDS = {
    "hex id": "[0-9a-f]{64}",
    "swarm id": "[0-9a-z]{25}",
    "guid": "[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d)",
    "unknown subnet": r"0\.0\.0\.0/0",
    "subnet": r"[\d.]+/\d+",
    "address": r"\d+(\.\d+){3}",
    "peer": "[0-9a-f-]{12}",
}


def create(engine, title):
    """Make the network that a sample shows, from the settings that were typed for it."""
    sample = DERIVED[title]
    known = {f"{PREFIX}hnsid", "com.docker.network.driver.overlay.vxlanid_list"}
    options = {key: value for key, value in sample["Options"].items() if key not in known}
    if options.get(f"{PREFIX}networkname") == sample["Id"]:
        del options[f"{PREFIX}networkname"]
    pools = [pool for pool in sample["IPAM"]["Config"] if pool["Subnet"] != "0.0.0.0/0"]
    # A swarm's manager picks overlay's pool and keeps no IPAM options.
    ipam = {"Driver": "default", "Options": {}, "Config": [] if sample["Scope"] == "swarm" else pools}
    engine.create_network(
        sample["Name"], sample["Driver"], Options=options, IPAM=ipam, Attachable=sample["Attachable"]
    )
    return sample


CREATED = [
    "user nat with subnet",
    "user nat without subnet, v29, before the first restart (see reference section 2.4)",
    "transparent DHCP",
    "transparent static + VLAN + DNS",
    "l2bridge with outbound NAT",
]


@pytest.mark.parametrize("title", CREATED)
def test_that_a_created_network_has_the_shape_of_the_sample(serving, title):
    engine = serving(os_build=26100)
    sample = create(engine, title)
    shown = engine.network(sample["Name"])
    assert shape(shown) == shape(sample)
    assert list(shown) == list(sample)


def test_that_the_networks_of_a_first_start_have_the_shape_of_the_samples(serving):
    engine = serving(os_build=26100)
    for title in ("default nat after the 2nd daemon start", "none"):
        sample = DERIVED[title]
        assert shape(engine.network(sample["Name"])) == shape(sample)


def test_that_adopted_networks_have_the_shape_of_the_samples(serving):
    server = serving(os_build=26100, scenario="external-vswitch")
    sample = DERIVED["external vSwitch adopted at start"]
    assert shape(server.network("external-virtual")) == shape(sample)


def test_that_the_default_switch_of_a_client_is_shown_without_a_mark_before_engine_28(serving):
    engine = serving(os_build=22631, scenario="default")
    shown = engine.network("Default Switch")
    sample = DERIVED["Default Switch adopted at start (Windows client)"]
    del sample["Options"][f"{PREFIX}hnsowned"], sample["EnableIPv4"]
    assert shape(shown) == shape(sample)
    assert shown["Options"][f"{PREFIX}hnsid"] == "C08CB7B8-9B3C-408E-8E30-5E16A3AEB444"


def test_that_overlay_networks_have_the_shape_of_the_samples(serving):
    engine = serving(os_build=26100)
    engine.api.init_swarm()
    sample = create(engine, "overlay (attachable) seen on a node that runs a task")
    engine.run("task", "my_overlay")
    shown = engine.network("my_overlay")
    shown["Containers"] = {}
    sample["Peers"][0]["Name"] = shown["Peers"][0]["Name"]
    assert shape(shown) == shape(sample)
    ingress = engine.network("ingress")
    del ingress["Peers"]
    assert shape(ingress) == shape(DERIVED["ingress"])


@pytest.mark.parametrize(
    ("build", "pools"),
    [
        (15063, [{"Subnet": "0.0.0.0/0", "Gateway": "0.0.0.0"}]),
        (20348, "chosen"),
        (26100, "gateway only"),
    ],
)
def test_that_a_subnet_hns_chose_shows_as_its_engine_shows_it(serving, build, pools):
    engine = serving(os_build=build)
    engine.create_network("auto", "nat")
    shown = engine.network("auto")["IPAM"]["Config"]
    if pools == "chosen":
        assert shown[0]["Subnet"].endswith("/20")
    elif pools == "gateway only":
        assert shown[0]["Subnet"] == "0.0.0.0/0"
        assert shown[0]["Gateway"].endswith(".1")
    else:
        assert shown == pools


def test_that_names_options_and_labels_come_back_unharmed(engine):
    odd = "näme \"quoted\" 'single'\n$(rm -rf) & | ; %PATH% 🐳"
    engine.create_network(odd, "nat", Options={odd: odd}, Labels={odd: odd}, IPAM=subnet("10.9.0.0/24"))
    shown = next(one for one in engine.api.networks() if one["Name"] == odd)
    assert shown["Options"][odd] == odd
    assert shown["Labels"] == {odd: odd}
