"""What a person meets on a host that is broken: the words of Windows and the engine, literally."""

import asyncio
import re
import shlex

import docker
import pytest
import requests
from docker.errors import APIError

from console.backend.attempts import try_out
from console.backend.journal import Journal
from console.checks.registry import checks
from console.demo.host import PracticeHost
from console.demo.scenarios.registry import scenarios
from console.demo.server import PracticeServer
from console.domain.practice import typed
from console.domain.render.plan import Dialect
from console.startup import practice_session
from console.ui.pages.registry import PAGES

SYMPTOMS = {one.id: one.symptom for one in scenarios().values() if one.symptom is not None}
ATTEMPTS = {name: symptom.attempt for name, symptom in SYMPTOMS.items() if symptom.attempt is not None}


def test_that_every_check_has_a_scenario_that_says_how_it_shows():
    assert set(SYMPTOMS) == set(checks())
    pages = {page.id for page in PAGES}
    for name, symptom in SYMPTOMS.items():
        assert (symptom.attempt is None) == (symptom.page in pages), name


def test_that_every_symptom_shows_and_leaves_nothing_behind(tmp_path):
    async def look(name):
        opened = practice_session(journal, scenario=name)
        try:
            before = _things(opened.server.host)
            first = await try_out(opened.service, ATTEMPTS[name])
            again = await try_out(opened.service, ATTEMPTS[name])
            assert (first.expected, again.expected) == (True, True), (name, first.said, again.said)
            assert _things(opened.server.host) == before, name
        finally:
            await opened.close()

    async def look_at_all():
        for name in ATTEMPTS:
            await look(name)

    journal = Journal(tmp_path / "journal.db")
    try:
        asyncio.run(look_at_all())
    finally:
        journal.close()


def test_that_what_does_not_show_on_a_host_without_trouble_is_no_symptom(tmp_path):
    """The words come from what is broken, not from the attempt."""

    async def look():
        opened = practice_session(journal, scenario="healthy")
        try:
            answer = await try_out(opened.service, ATTEMPTS["ipv6-disabled"])
        finally:
            await opened.close()
        assert (answer.said, answer.expected) == ("", False)

    journal = Journal(tmp_path / "journal.db")
    try:
        asyncio.run(look())
    finally:
        journal.close()


def _things(host):
    return {one.name for one in host.networks.all()}, {one.name for one in host.state.containers.values()}


#: The client says it in words of its own where no engine answers, and pulls where there is no image.
CLIENTS_WORDS = {"engine-access-denied", "engine-not-running", "base-image-missing"}


@pytest.mark.parametrize("name", sorted(set(ATTEMPTS) - CLIENTS_WORDS))
def test_that_the_docker_client_meets_the_symptom_with_the_command_that_is_shown(client, serving, name):
    docker_client = client(serving(os_build=None, scenario=name))
    *before, last = typed(ATTEMPTS[name], Dialect.POSIX).splitlines()
    for line in before:
        docker_client(*shlex.split(line)[1:])
    process = docker_client.start(*shlex.split(last)[1:])
    output, errors = process.communicate(timeout=30)
    assert ATTEMPTS[name].words in output + errors


def test_that_an_account_without_rights_is_let_in_nowhere():
    server = PracticeServer(PracticeHost.create(scenario="engine-access-denied"))
    server.start()
    try:
        for path in ("/_ping", "/version", "/networks"):
            answer = requests.get(server.url.replace("tcp", "http") + path, timeout=20)
            assert (answer.status_code, "Access is denied." in answer.text) == (403, True)
    finally:
        server.stop()


def test_that_nobody_answers_where_the_engine_is_stopped():
    server = PracticeServer(PracticeHost.create(scenario="engine-not-running"))
    server.start()
    try:
        with pytest.raises(docker.errors.DockerException, match="Connection refused"):
            docker.APIClient(base_url=server.url, version="auto", timeout=5)
    finally:
        server.stop()


def test_that_a_name_is_not_found_where_the_resolver_is_off(serving):
    engine = serving(scenario="container-dns")
    output, code = engine.execute("shop", "ping", "-n", "1", "database")
    assert code == 1
    assert "could not find host database" in output


def test_that_a_fixed_address_without_a_subnet_has_no_gateway(serving):
    engine = serving(scenario="static-ip-needs-subnet-gateway")
    output, _ = engine.execute("printer-gateway", "ipconfig")
    assert re.search(r"Default Gateway[ .]*: *\r?$", output, re.MULTILINE)


def test_that_docker_desktops_linux_engine_has_its_own_networks(serving):
    engine = serving(os_build=None, scenario="linux-engine")
    assert {one["Name"] for one in engine.api.networks()} == {"bridge", "host", "none"}
    assert engine.api.info()["OSType"] == "linux"
    assert engine.api.containers(all=True) == []
    with pytest.raises(APIError, match="no matching manifest for linux/amd64"):
        engine.run("windows")


@pytest.mark.parametrize("scenario", ["nat-gateway-missing", "endpoint-not-attached"])
def test_that_a_container_that_is_cut_off_reaches_nothing_outside(serving, scenario):
    engine = serving(os_build=None, scenario=scenario)
    said, code = engine.execute("web", "ping", "192.168.1.10")
    assert code != 0
    assert "Reply from" not in said


def test_that_nobody_looks_up_a_name_where_the_gateway_is_gone(serving):
    engine = serving(os_build=None, scenario="nat-gateway-missing")
    said, code = engine.execute("web", "ping", "web.")
    assert code != 0, said
