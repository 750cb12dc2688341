"""The real docker client against the practice host."""

import json

import pytest

pytestmark = pytest.mark.docker_client

ADAPTER = "hnsCall failed in Win32: An adapter was not found. (0x803b0006)"


@pytest.fixture
def docker(client):
    return client(scenario="empty")


def test_that_version_and_info_speak_of_windows(docker):
    assert json.loads(docker("version", "--format", "{{json .Server}}"))["Os"] == "windows"
    info = docker("info")
    assert "Network: ics internal l2bridge l2tunnel nat null overlay private transparent" in info
    assert "Default Isolation: process" in info
    assert "practice-host=true" in info


@pytest.mark.parametrize("build", [14393, 15063, 17763, 19045, 22631, 26100])
@pytest.mark.usefixtures("modern_client")  # 26100's engine takes no client before 25
def test_that_the_client_negotiates_with_every_build(client, build):
    docker = client(os_build=build)
    assert docker("network", "ls", "--format", "{{.Name}}", "--filter", "driver=nat").split() == ["nat"]


@pytest.mark.usefixtures("modern_client")
def test_that_networks_are_made_seen_and_removed(docker):
    create = ("network", "create", "-d", "nat", "--subnet", "10.5.0.0/24", "--gateway", "10.5.0.1")
    made = docker(*create, "--label", "a=b c", "my net").strip()
    shown = json.loads(docker("network", "inspect", "my net"))[0]
    assert shown["Id"] == made
    assert shown["IPAM"]["Config"] == [{"Subnet": "10.5.0.0/24", "Gateway": "10.5.0.1"}]
    assert shown["Labels"] == {"a": "b c"}
    assert docker("network", "ls", "-q", "--no-trunc", "--filter", "name=my").strip() == made
    assert docker("network", "rm", "my net").strip() == "my net"
    assert "network my net not found" in docker("network", "inspect", "my net", code=1)


def test_that_without_a_driver_the_client_asks_for_bridge_and_is_refused(docker):
    said = docker("network", "create", "mine", code=1)
    assert "could not find plugin bridge in v1 plugin registry: plugin not found" in said


def test_that_a_second_transparent_network_is_refused(docker):
    docker("network", "create", "-d", "transparent", "one")
    assert ADAPTER in docker("network", "create", "-d", "transparent", "two", code=1)
    option = "com.docker.network.windowsshim.interface=Ethernet 2"
    docker("network", "create", "-d", "transparent", "-o", option, "two")


def test_that_prune_connect_and_disconnect_work(docker):
    docker("network", "create", "-d", "nat", "used")
    docker("network", "create", "-d", "nat", "idle")
    docker("run", "-d", "--name", "web", "iis")
    docker("network", "connect", "--alias", "www", "used", "web")
    assert docker("network", "prune", "-f").split() == ["Deleted", "Networks:", "idle"]
    assert "has active endpoints" in docker("network", "rm", "used", code=1)
    docker("network", "disconnect", "used", "web")
    docker("network", "rm", "used")


@pytest.mark.parametrize("options", [(), ("-t",)])
def test_that_an_attached_run_prints_and_ends_with_the_programs_code(docker, options):
    said = docker("run", "--rm", *options, "nanoserver", "cmd", "/c", "echo hello world")
    assert said.strip() == "hello world"
    docker("run", "--rm", "nanoserver", "cmd", "/c", "exit 7", code=7)
    assert docker("ps", "-aq") == ""


def test_that_output_and_errors_stay_apart(docker):
    process = docker.start("run", "--rm", "nanoserver", "cmd", "/c", "echo out& nosuch")
    output, errors = process.communicate(timeout=30)
    assert output.strip() == "out"
    assert "'nosuch' is not recognized" in errors
    assert process.returncode == 9009 % 256


def test_that_an_interactive_shell_answers_its_input(docker):
    said = docker("run", "-i", "--rm", "nanoserver", "cmd", stdin="ver\nexit 5\n", code=5)
    assert "Microsoft Windows [Version 10.0.20348." in said
    said = docker("run", "-i", "--rm", "servercore", "powershell", stdin="echo hi\n")
    assert "PS C:\\> " in said
    assert "hi" in said


def test_that_exec_looks_names_up(docker):
    docker("network", "create", "-d", "nat", "shop")
    docker("run", "-d", "--name", "web", "--network", "shop", "iis")
    docker("run", "-d", "--name", "asker", "--network", "shop", "servercore", "ping", "-t", "web")
    address = docker(
        "inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "web"
    ).strip()
    assert address in docker("exec", "asker", "nslookup", "web")
    assert address in docker("exec", "asker", "powershell", "Resolve-DnsName", "web")
    assert "Reply from" in docker("logs", "asker")
    assert "could not find host" in docker("exec", "asker", "ping", "nobody", code=1)
    assert "exit" not in docker("exec", "-i", "asker", "cmd", stdin="hostname\nexit 3\n", code=3)
    assert "The system cannot find the file specified" in docker("exec", "asker", "nosuch", code=127)
    docker("exec", "-d", "asker", "hostname")


@pytest.mark.usefixtures("modern_client")
def test_that_containers_are_listed_stopped_and_removed(docker):
    made = docker("run", "-d", "--name", "web", "-p", "8080:80", "iis").strip()
    row = json.loads(docker("ps", "--no-trunc", "--format", "json"))
    assert (row["ID"], row["Names"], row["Ports"]) == (made, "web", "0.0.0.0:8080->80/tcp")
    assert row["Status"].startswith("Up ")
    assert docker("ps", "-q", "--filter", "network=nat", "--no-trunc").strip() == made
    assert "container is running" in docker("rm", "web", code=1)
    docker("stop", "web")
    assert docker("wait", "web").strip() == "3221225786"
    docker("start", "web")
    docker("rm", "-f", "web")
    assert docker("ps", "-aq") == ""


def test_that_a_taken_host_port_is_refused_at_the_start(docker):
    said = docker("run", "-d", "-p", "3389:80", "iis", code=125)
    assert "because it is being used by another process. (0x20)" in said


def test_that_an_unknown_image_is_not_pulled(docker):
    assert "the practice host reaches no registry" in docker("run", "ubuntu", code=125)
    assert "windows/servercore/iis" in docker("images")


def test_that_a_program_that_is_not_there_can_not_start(docker):
    said = docker("run", "--name", "web", "nanoserver", "nosuch", code=127)
    assert "hcs::System::CreateProcess: nosuch" in said
    assert docker("network", "inspect", "-f", "{{len .Containers}}", "nat").strip() == "0"


def test_that_events_are_told_while_they_happen(docker):
    watching = docker.start("events", "--since", "1", "--filter", "type=network", "--format", "{{json .}}")
    try:
        docker("network", "create", "-d", "nat", "mine")
        docker("network", "rm", "mine")
        told = [json.loads(watching.stdout.readline()) for _ in range(2)]
    finally:
        watching.kill()
        watching.communicate()
    assert [event["Action"] for event in told] == ["create", "destroy"]
    assert told[0]["Actor"]["Attributes"] == {"name": "mine", "type": "nat"}


def test_that_a_swarm_is_made_and_left(docker):
    docker("network", "create", "-d", "overlay", "mesh", code=1)
    assert "docker swarm join --token SWMTKN-1-" in docker("swarm", "init")
    docker("network", "create", "-d", "overlay", "--attachable", "mesh")
    assert "10.0.1." in docker("run", "--rm", "--network", "mesh", "nanoserver", "ipconfig")
    assert "Leader" in docker("node", "ls")
    assert docker("service", "ls", "-q") == ""
    assert "Use `--force`" in docker("swarm", "leave", code=1)
    docker("swarm", "leave", "--force")
    assert docker("network", "ls", "-q", "--filter", "scope=swarm") == ""
