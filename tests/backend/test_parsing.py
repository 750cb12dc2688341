import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.backend.engine.channel import agreed_version
from console.backend.engine.parsing import container_of, engine_of, network_of, windows_version
from console.domain.snapshot import (
    Container,
    Endpoint,
    IpamPool,
    Network,
    PortMapping,
    WindowsVersion,
)

SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "docker"


def sample(name):
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


def test_that_the_default_nat_network_of_server_2019_reads_in_full():
    network = network_of(sample("inspect-nat-default-2019-with-container.json")[0])
    assert (network.name, network.driver, network.scope) == ("nat", "nat", "local")
    assert network.ipam_driver == "windows"
    assert network.pools == (IpamPool(subnet="172.28.48.0/20", gateway="172.28.48.1"),)
    assert network.option("com.docker.network.windowsshim.networkname") == "nat"
    assert network.created == datetime.fromisoformat("2019-12-17T11:09:22.162956+08:00")
    assert network.enable_ipv4, "an engine of 2019 does not say so"


def test_that_a_swarm_overlay_reads_in_full():
    network = network_of(sample("inspect-overlay-stack-2018.json")[0])
    assert (network.driver, network.scope, network.id) == ("overlay", "swarm", "iukewht4k0kotgdj31op5i9sk")
    assert network.labels == {"com.docker.stack.namespace": "test2"}


@pytest.mark.parametrize(
    "name", ["inspect-transparent-static-2016.json", "inspect-transparent-dhcp-2017.json"]
)
def test_that_transparent_networks_of_old_engines_read(name):
    document = sample(name)
    network = network_of(document[0] if isinstance(document, list) else document)
    assert network.driver == "transparent"
    assert network.id


def test_that_every_network_of_a_current_engine_reads():
    documents = [
        value for value in sample("DERIVED-inspect-v29-per-driver.json").values() if isinstance(value, dict)
    ]
    networks = [network_of(document) for document in documents]
    assert [network.name for network in networks] == [document["Name"] for document in documents]


def test_that_a_network_needs_no_more_than_its_id():
    network = network_of(
        {"Id": "x", "Options": None, "Labels": None, "IPAM": None, "Created": "0001-01-01T00:00:00Z"}
    )
    assert (network.options, network.labels, network.pools, network.created) == ({}, {}, (), None)


@pytest.mark.parametrize("document", [None, [], "x", {}, {"Id": ""}, {"Id": 7}, {"Id": "x", "IPAM": []}])
def test_that_a_wrong_shape_is_refused(document):
    if document == {"Id": "x", "IPAM": []}:
        assert network_of(document).pools == ()  # an empty anything means: nothing there
        return
    with pytest.raises((ValueError, TypeError)):
        network_of(document)


def test_that_a_container_brings_its_endpoints_and_ports():
    container = container_of(
        {
            "Id": "c1",
            "Names": ["/other/alias", "/web"],
            "Image": "iis",
            "State": "running",
            "Status": "Up 2 hours",
            "Created": 1600000000,
            "Labels": {"a": 'b"\n'},
            "Ports": [
                {"IP": "0.0.0.0", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp"},
                {"PrivatePort": 443, "Type": "tcp"},
            ],
            "NetworkSettings": {"Networks": sample("container-networksettings-nat-2020.json")["Networks"]},
        }
    )
    assert (container.name, container.running) == ("web", True)
    assert container.created == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
    assert container.ports == (
        PortMapping(container_port=80, host_port=8080, host_address="0.0.0.0"),
        PortMapping(container_port=443),
    )
    assert container.endpoints == (
        Endpoint(
            network_id="5bdb5d65193e0f2c75324bfb491bddfdfe832fbc5274b17bb65ffc159b813c35",
            network_name="nat",
            endpoint_id="7b9b8eea699c59e7943031d67e81d34e7e077f3d74b17866d6c137a72b71ceed",
            address="192.168.51.62",
            prefix_length=24,
            gateway="192.168.48.1",
            mac_address="00:15:5d:70:38:c8",
        ),
    )


def test_that_a_container_that_was_just_made_has_neither_ports_nor_networks():
    container = container_of(
        {"Id": "c", "Names": None, "Ports": None, "NetworkSettings": None, "Created": 10**30}
    )
    assert (container.name, container.ports, container.endpoints, container.created) == ("", (), (), None)


WS2022 = {
    "KernelVersion": "10.0 20348 (20348.1.amd64fre.fe_release.210507-1500)",
    "OperatingSystem": "Microsoft Windows Server Version 21H2 (OS Build 20348.707)",
    "OSType": "windows",
    "Name": "WIN-V0V70C0LU5P",
    "ID": "2880d38d-464e-4d01-91bd-c76f33ba3981",
    "Isolation": "process",
    "Plugins": {"Network": ["transparent", "nat", "null"]},
    "Swarm": {"LocalNodeState": "inactive", "NodeID": "", "NodeAddr": "", "ControlAvailable": False},
}


def test_that_an_engine_on_server_2022_reads_in_full():
    engine = engine_of({"Version": "23.0.3", "ApiVersion": "1.42", "Os": "windows"}, WS2022)
    assert (engine.version, engine.api_version, engine.is_windows) == ("23.0.3", "1.42", True)
    assert engine.network_drivers == ("nat", "null", "transparent")
    assert (engine.default_isolation, engine.host_name) == ("process", "WIN-V0V70C0LU5P")
    assert engine.windows == WindowsVersion(
        build=20348, revision=707, server=True, name="Microsoft Windows Server Version 21H2"
    )


def test_that_a_swarm_manager_is_told_from_a_worker():
    def swarm(**told):
        return engine_of({}, {**WS2022, "Swarm": told}).swarm

    assert swarm(LocalNodeState="active", ControlAvailable=True).manager
    assert not swarm(LocalNodeState="active", ControlAvailable=False).manager
    assert swarm(LocalNodeState="active").active


def test_that_a_linux_engine_has_no_windows_version():
    engine = engine_of({"Os": "linux"}, {"KernelVersion": "6.1.0-18-amd64", "OSType": "linux"})
    assert engine.windows is None


@pytest.mark.parametrize(
    ("kernel", "system", "expected"),
    [
        (
            "10.0 17134 (17134.1.amd64fre.rs4_release.180410-1804)",
            "Windows 10 Pro N Version 1803 (OS Build 17134.191)",
            (17134, 191, False),
        ),
        (
            "10.0 14393 (14393.1198.amd64fre.rs1_release_sec.170427-1353)",
            "Windows Server 2016 Datacenter",
            (14393, None, True),
        ),
        ("10.0 26100 (26100.1.amd64fre.ge_release.240331-1435)", "", (26100, None, None)),
        ("", "Microsoft Windows 11 Pro Version 24H2 (OS Build 26100.2033)", (26100, 2033, False)),
    ],
)
def test_that_build_revision_and_edition_are_read_where_they_are_told(kernel, system, expected):
    version = windows_version(kernel, system)
    assert (version.build, version.revision, version.server) == expected


def test_that_no_build_is_made_up():
    assert windows_version("6.1.0-18-amd64", "Debian GNU/Linux 12") is None


@pytest.mark.parametrize(
    ("offered", "oldest", "agreed"),
    [("1.41", "1.12", "1.41"), ("1.24", None, "1.24"), ("1.99", "1.44", "1.51"), ("1.99", "1.60", "1.60")],
)
def test_that_both_sides_agree_on_a_version(offered, oldest, agreed):
    assert agreed_version({"ApiVersion": offered, "MinAPIVersion": oldest}) == agreed


def test_that_parsed_records_are_what_validation_would_have_made():
    documents = [
        one for one in sample("DERIVED-inspect-v29-per-driver.json").values() if isinstance(one, dict)
    ]
    for document in documents:
        network = network_of(document)
        assert Network.model_validate(network.model_dump()) == network
    container = container_of(
        {
            "Id": "c",
            "Names": ["/c"],
            "Created": 1,
            "Ports": [{"PrivatePort": 80}],
            "NetworkSettings": {"Networks": sample("container-networksettings-nat-2020.json")["Networks"]},
        }
    )
    assert Container.model_validate(container.model_dump()) == container
