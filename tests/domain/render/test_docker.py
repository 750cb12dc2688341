"""Specs to docker commands and back, in the words of every shell."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given

from console.domain.drivers.options import DNS_SERVERS, DNS_SUFFIX, INTERFACE, NETWORK_NAME, VLAN_ID
from console.domain.plan import ConnectContainer, CreateNetwork, DisconnectContainer, RemoveNetwork, Step
from console.domain.render.docker import create_arguments, create_command, parse_create, step_command
from console.domain.render.errors import CommandError, InexpressibleError
from console.domain.render.shell import Shell
from console.domain.spec import NetworkSpec, SubnetSpec
from tests.domain.render.specs import specs

TEAMED = NetworkSpec(
    name='it\'s "TeamedNet" & more',
    driver="transparent",
    subnets=(
        SubnetSpec(subnet="10.1.0.0/24", gateway="10.1.0.1"),
        SubnetSpec(subnet="10.2.0.0/24", gateway="10.2.0.1", ip_range="10.2.0.128/25"),
    ),
    options={INTERFACE: 'Ethernet 2,LAN "A",it\u2019s', "": "", "key": "ends with,"},
    labels={"quoted": '%PATH% "x" $(y) `z`', "empty": ""},
)


def said_by_docker(spec: NetworkSpec) -> bool:
    """Whether the docker client can be given every name of this spec."""
    keys = [*spec.options, *spec.labels, *spec.ipam_options]
    labels_fit = all(key.lstrip(" \t") and not set(" \t") & set(key.lstrip(" \t")) for key in spec.labels)
    return labels_fit and not any("=" in key for key in keys)


@pytest.mark.parametrize("shell", list(Shell))
@given(spec=specs())
@example(spec=TEAMED)
def test_that_a_spec_survives_the_way_through_a_command(spec: NetworkSpec, shell: Shell) -> None:
    assume(said_by_docker(spec))
    assert parse_create(create_command(spec, shell), shell) == spec


@given(specs())
def test_that_a_name_the_client_can_not_take_gives_no_command_at_all(spec: NetworkSpec) -> None:
    if said_by_docker(spec):
        assert create_arguments(spec)[:3] == ("docker", "network", "create")
    else:
        with pytest.raises(InexpressibleError):
            create_arguments(spec)


def test_that_the_command_reads_as_the_documentation_writes_it() -> None:
    spec = NetworkSpec(
        name="MyTransparentNet",
        driver="transparent",
        subnets=(SubnetSpec(subnet="10.123.174.0/23", gateway="10.123.174.1"),),
        options={INTERFACE: "Ethernet 2"},
    )
    assert create_command(spec, Shell.CMD) == (
        "docker network create -d transparent --subnet=10.123.174.0/23 --gateway=10.123.174.1 "
        '-o "com.docker.network.windowsshim.interface=Ethernet 2" MyTransparentNet'
    )


def test_that_a_name_like_a_flag_stays_a_name() -> None:
    spec = NetworkSpec(name="--internal")
    assert parse_create(create_command(spec, Shell.POSIX), Shell.POSIX) == spec


SEED_COMMANDS = [
    (
        "C:\\> docker network create -d transparent -o com.docker.network.windowsshim.vlanid=11 MyNet",
        NetworkSpec(name="MyNet", driver="transparent", options={VLAN_ID: "11"}),
    ),
    (
        'C:\\> docker network create -d transparent -o com.docker.network.windowsshim.interface="E 2" T2',
        NetworkSpec(name="T2", driver="transparent", options={INTERFACE: "E 2"}),
    ),
    (
        (
            "C:\\> docker network create -d transparent -o com.docker.network.windowsshim.interface="
            '"Ethernet 2", "Ethernet 3" TeamedNet'
        ),
        NetworkSpec(name="TeamedNet", driver="transparent", options={INTERFACE: "Ethernet 2,Ethernet 3"}),
    ),
    (
        (
            "C:\\> docker network create -d transparent -o com.docker.network.windowsshim.dnssuffix=abc.com "
            "-o com.docker.network.windowsshim.dnsservers=4.4.4.4,8.8.8.8 My"
        ),
        NetworkSpec(
            name="My", driver="transparent", options={DNS_SUFFIX: "abc.com", DNS_SERVERS: "4.4.4.4,8.8.8.8"}
        ),
    ),
    (
        "C:\\> docker network create -d transparent -o com.docker.network.windowsshim.networkname=My My",
        NetworkSpec(name="My", driver="transparent", options={NETWORK_NAME: "My"}),
    ),
    (
        "C:\\> docker network create -d nat --subnet=172.16.1.0/24 --gateway=172.16.1.1 CustomNat1",
        NetworkSpec(name="CustomNat1", subnets=(SubnetSpec(subnet="172.16.1.0/24", gateway="172.16.1.1"),)),
    ),
]


@pytest.mark.parametrize(("text", "spec"), SEED_COMMANDS)
@pytest.mark.parametrize("shell", list(Shell))
def test_that_the_commands_of_the_seed_are_understood_in_every_shell(
    text: str, spec: NetworkSpec, shell: Shell
) -> None:
    assert parse_create(text, shell) == spec


@pytest.mark.parametrize(
    ("text", "shell"),
    [
        ("PS C:\\Users\\me> docker.exe network create -dnat x", Shell.POWERSHELL),
        ("PS> docker network create -d=nat x", Shell.POWERSHELL),
        ("$ docker network create x --driver nat", Shell.POSIX),
        ("# sudo docker network create --driver=nat -- x", Shell.POSIX),
        ('"C:\\Program Files\\Docker\\docker.exe" network create -d nat x', Shell.CMD),
        ("docker network create ^\n  -d nat ^\n  x", Shell.CMD),
        ("docker network create `\n  -d nat `\n  x", Shell.POWERSHELL),
        ("docker network create \\\n  -d nat \\\n  x\n", Shell.POSIX),
    ],
)
def test_that_prompts_paths_flag_forms_and_continued_lines_are_understood(text: str, shell: Shell) -> None:
    assert parse_create(text, shell) == NetworkSpec(name="x", driver="nat")


def test_that_a_gateway_goes_to_the_subnet_that_contains_it() -> None:
    text = (
        "docker network create --subnet 10.1.0.0/24,10.2.0.0/24 --gateway 10.2.0.1 --gateway 10.1.0.1 "
        "--ip-range 10.2.0.128/25 --aux-address dns=10.1.0.9 x"
    )
    assert parse_create(text, Shell.POSIX).subnets == (
        SubnetSpec(subnet="10.1.0.0/24", gateway="10.1.0.1", aux_addresses={"dns": "10.1.0.9"}),
        SubnetSpec(subnet="10.2.0.0/24", gateway="10.2.0.1", ip_range="10.2.0.128/25"),
    )


def test_that_a_command_without_a_driver_asks_for_what_the_client_sends() -> None:
    assert parse_create("docker network create x", Shell.CMD).driver == "bridge"


#: What the client itself printed (docker 28.2.2), for the flags before it.
REFUSALS = [
    ("--gateway 10.1.0.1 x", "every ip-range or gateway must have a corresponding subnet"),
    (
        "--subnet 10.0.0.0/8 --subnet 10.1.0.0/16 x",
        "multiple overlapping subnet configuration is not supported",
    ),
    ("--subnet 10.0.0.0/24 --gateway 10.1.0.1 x", "no matching subnet for gateway 10.1.0.1"),
    ("--subnet 10.0.0.0/24 --gateway zz x", "no matching subnet for gateway zz"),
    ("--subnet 10.0.0.0/24 --ip-range 10.1.0.0/25 x", "no matching subnet for range 10.1.0.0/25"),
    ("--subnet 10.0.0.0/24 --ip-range zz x", "invalid CIDR address: zz"),
    ("--aux-address a=10.1.0.1 x", "no matching subnet for aux-address 10.1.0.1"),
    (
        "--subnet 10.0.0.0/24 --subnet 10.1.0.0/24 --gateway 10.0.0.1 --gateway 10.0.0.2 x",
        "cannot configure multiple gateways (10.0.0.2, 10.0.0.1) for the same subnet (10.0.0.0/24)",
    ),
    (
        "--subnet 10.0.0.0/24 --subnet 10.1.0.0/24 --ip-range 10.0.0.0/25 --ip-range 10.0.0.128/25 x",
        "cannot configure multiple ranges (10.0.0.128/25, 10.0.0.0/25) on the same subnet (10.0.0.0/24)",
    ),
    ("--bogus x", "unknown flag: --bogus"),
    ("-z x", "unknown shorthand flag: 'z' in -z"),
    ("x --driver", "flag needs an argument: --driver"),
]


@pytest.mark.parametrize(("flags", "refusal"), REFUSALS)
def test_that_the_clients_own_refusals_are_told_in_its_words(flags: str, refusal: str) -> None:
    with pytest.raises(CommandError) as refused:
        parse_create(f"docker network create {flags}", Shell.POSIX)
    assert str(refused.value.text) == refusal


@pytest.mark.parametrize(
    "text",
    [
        "docker network create",
        "docker network create x y",
        "docker network ls",
        "podman network create x",
        "docker network create --internal=maybe x",
        "docker network create --label =v x",
        "docker network create --label 'a b=v' x",
        "",
    ],
)
def test_that_anything_else_than_one_complete_command_is_refused(text: str) -> None:
    with pytest.raises(CommandError):
        parse_create(text, Shell.POSIX)


STEPS: list[tuple[Step, str]] = [
    (CreateNetwork(spec=NetworkSpec(name="n")), "docker network create -d nat n"),
    (RemoveNetwork(network="4c" * 32, name="my net"), "docker network rm 'my net'"),
    (
        ConnectContainer(
            network="4c" * 32,
            network_name="n",
            container="ab" * 32,
            container_name="c1",
            address="10.0.0.9",
            aliases=("web", "a,b"),
        ),
        "docker network connect --ip=10.0.0.9 --alias=web '--alias=\"a,b\"' n c1",
    ),
    (
        DisconnectContainer(network="x", network_name="", container="y", container_name="", force=True),
        "docker network disconnect --force x y",
    ),
    (RemoveNetwork(network="x", name="-rf"), "docker network rm -- -rf"),
]


@pytest.mark.parametrize(("step", "command"), STEPS)
def test_that_every_kind_of_step_has_its_command(step: Step, command: str) -> None:
    assert step_command(step, Shell.POSIX) == command
