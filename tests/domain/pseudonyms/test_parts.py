"""What is a name of somebody's in texts that people and programs wrote, and what all hosts have."""

import pytest

from console.domain.drivers.options import INTERFACE, NETWORK_NAME
from console.domain.plan import CreateNetwork, RunScript
from console.domain.pseudonyms import Pseudonymiser
from console.domain.pseudonyms.parts import host_parts, image_parts, user_parts
from console.domain.pseudonyms.paths import path_replaced, paths_replaced
from console.domain.run_options import RunOptions
from console.domain.snapshot import Adapter
from console.domain.spec import NetworkSpec
from console.domain.swarm.objects import SwarmService
from console.domain.text import N_

KEY = b"k" * 32


def rewritten(*records):
    names = Pseudonymiser(KEY)
    names.note(records)
    return [names.rewritten(record) for record in records]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("tcp://srv-01.corp.contoso.com:2376", {"srv-01.corp.contoso.com", "srv-01", "corp.contoso.com"}),
        ("srv-01.corp.contoso.com.", {"contoso.com", "contoso"}),
        ("SRV01", {"SRV01"}),
        ("ssh://jroe@box.fabrikam.de", {"jroe", "box", "fabrikam.de", "fabrikam"}),
        ("https://[fe80::1%5]:5986", set()),
        ("tcp://10.0.0.7:2375", set()),
        ("docker.local", {"docker.local"}),
        ("https://registry-1.docker.io/v2/", set()),
        ("mcr.microsoft.com", set()),
        ("server", set()),
        ("", set()),
    ],
)
def test_that_a_hosts_name_is_known_by_each_of_its_parts_and_no_common_word(written, told):
    found = {name for _kind, name in host_parts(written)}
    assert told <= found
    assert not found & {"com", "corp", "docker", "local", "de", "https", "server"}
    assert bool(told) == bool(found)


def test_that_an_account_is_known_by_its_name_and_its_domain():
    assert {name for _, name in user_parts("CONTOSO\\jroe")} == {"jroe", "CONTOSO"}
    assert {name for _, name in user_parts("jroe@contoso.com")} == {"jroe", "contoso.com", "contoso"}
    assert set(user_parts(".\\Administrator")) == set()


def test_that_an_image_is_known_by_its_registry_and_without_its_tag():
    found = {name for _, name in image_parts("reg.contoso.com:5000/team/payroll:7@sha256:" + "a" * 64)}
    assert {"reg.contoso.com:5000/team/payroll", "contoso", "team", "payroll"} <= found
    assert set(image_parts("mcr.microsoft.com/windows/servercore:ltsc2022")) == set()


@pytest.mark.parametrize(
    "name",
    ["Ethernet", "Ethernet 2", "Ethernet (Kernel Debugger)", "Wi-Fi", "Local Area Connection* 3", "eth0.10"],
)
def test_that_an_adapters_name_stays_where_windows_or_linux_gives_it(name):
    (adapter,) = rewritten(Adapter(name=name))
    assert adapter.name == name


@pytest.mark.parametrize("name", ["Ethernet (Contoso HR)", "Ethernet Contoso", "LAN (2)", "Uplink 1"])
def test_that_an_adapters_name_goes_where_a_person_gave_it(name):
    (adapter,) = rewritten(Adapter(name=name))
    assert adapter.name.startswith("adapter-")


def created(**options):
    (step,) = rewritten(CreateNetwork(spec=NetworkSpec(name="n", driver="nat", options=options)))
    return step.spec.options


def test_that_the_values_of_options_go_unless_they_are_numbers_addresses_or_of_a_list():
    kept = {
        "com.docker.network.windowsshim.vlanid": "11",
        "com.docker.network.windowsshim.enable_outboundnat": "true",
        "com.docker.network.driver.overlay.vxlanid_list": "4097,4098",
        "macvlan_mode": "bridge",
        "encrypted": "",
        "com.docker.network.windowsshim.hnsid": "7A5F9C2E-1B0D-4C65-9E0B-2F3D4A5B6C7D",
    }
    assert created(**kept) == kept
    found = created(**{"parent": "contoso-lan0", "com.example.site": "Contoso Berlin", "site": "10.1.2.3"})
    assert "parent" in found
    assert "ontoso" not in str(found)
    assert "site" not in found
    assert "com.example.site" not in found
    assert "10.1.2.3" not in str(found)


def test_that_a_team_of_adapters_stays_a_list_of_the_same_adapters():
    uplink = Adapter(name="Contoso A")
    network = CreateNetwork(
        spec=NetworkSpec(
            name="n",
            driver="nat",
            options={INTERFACE: '"Contoso A", "Ethernet 2"', NETWORK_NAME: "Contoso A"},
        )
    )
    adapter, step = rewritten(uplink, network)
    assert step.spec.options[INTERFACE].startswith(f'"{step.spec.options[NETWORK_NAME]}", "Ethernet 2"')
    assert step.spec.options[INTERFACE].startswith(f'"{adapter.name}"')


def test_that_what_a_script_is_given_is_found_in_its_title_and_its_choices_stay():
    title = N_("Test", "Create the vSwitch {name} on {adapter}", name="HR switch", adapter="Ethernet (HR)")
    parameters = {"Name": "HR switch", "Adapters": ["Ethernet (HR)"], "Service": "hns", "Action": "Restart"}
    script = RunScript(script="set-service-state", parameters=parameters, title=title)
    (step,) = rewritten(script)
    assert "HR" not in f"{step.title} {step.parameters}"
    assert step.parameters["Name"] in str(step.title)
    assert (step.parameters["Service"], step.parameters["Action"]) == ("hns", "Restart")


def test_that_links_modes_and_constraints_keep_their_form():
    options, service = rewritten(
        RunOptions(
            id="a" * 64,
            network_mode="container:erp",
            links=("/erp:/web/db",),
            dns_options=("ndots:2", "x:erp"),
        ),
        SwarmService(
            id="b" * 25, name="api", constraints=("node.role==manager", "node.labels.site == Berlin")
        ),
    )
    assert options.network_mode.startswith("container:container-")
    assert options.links[0].count(":") == 1
    assert options.dns_options[0] == "ndots:2"
    assert service.constraints[0] == "node.role==manager"
    assert service.constraints[1].startswith("node.labels.label-")
    assert not {"erp", "Berlin", "site"} & set(f"{options} {service}".replace(":", " ").split())


def replace(name):
    return f"<{len(name)}>"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("C:\\Program Files\\Docker\\dockerd.exe", "C:\\Program Files\\Docker\\dockerd.exe"),
        ("%SystemRoot%\\system32\\svchost.exe", "%SystemRoot%\\system32\\svchost.exe"),
        ("D:\\Contoso\\payroll.exe", "D:\\<7>\\<7>.exe"),
        ("Any", "Any"),
    ],
)
def test_that_a_program_is_told_without_the_folders_of_people(path, told):
    assert path_replaced(path, replace) == told


def test_that_the_words_around_a_path_stay():
    told = paths_replaced(
        "open C:\\Users\\jroe\\My docs\\a.yml: denied; /home/jroe/.docker/ca.pem, /v1.43/x", replace
    )
    assert told == "open C:\\Users\\<4>\\<7>\\<1>.yml: denied; /home/<4>/.docker/ca.pem, /v1.43/x"
