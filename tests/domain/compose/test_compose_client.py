"""The reference implementation is asked what it makes of the same files (``docker compose config``)."""

from __future__ import annotations

import functools
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from console.domain.compose.model import ComposeNetwork, ComposePort, ComposeService, Project
from tests.docker_client import client_environment, client_or_skip
from tests.domain.compose.projects import PROJECTS, load

pytestmark = pytest.mark.docker_client


@functools.cache
def compose_or_skip() -> tuple[str, ...]:
    """The command; skips where the client has no Compose, which not every system offers as a package."""
    command = (client_or_skip(), "compose")
    asked = subprocess.run([*command, "version"], capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        pytest.skip("docker compose is not installed: what it makes of the files can't be compared")
    return command


def told(folder: Path, files: dict[str, str], profiles: tuple[str, ...]) -> dict[str, Any]:
    """Compose's own model of the project."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    composes = [name for name in files if name.startswith("compose")]
    command = [*compose_or_skip(), *(f"--file={name}" for name in composes)]
    command += [f"--profile={profile}" for profile in profiles]
    home = {name: os.environ[name] for name in ("HOME", "DOCKER_CONFIG") if name in os.environ}
    asked = subprocess.run(
        [*command, "config", "--format", "json"],
        cwd=folder, env=client_environment(**home), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    document: dict[str, Any] = json.loads(asked.stdout)
    return document


def network_document(network: ComposeNetwork) -> dict[str, Any]:
    """The network as Compose prints it."""
    document: dict[str, Any] = {"name": network.name}
    if network.spec is None:
        return {**document, "external": True, "ipam": {}}
    spec, entry = network.spec, network.entry
    if entry.get("driver") is not None:
        document["driver"] = spec.driver
    if spec.options:
        document["driver_opts"] = dict(spec.options)
    if spec.labels:
        document["labels"] = dict(spec.labels)
    for flag in ("internal", "attachable"):
        if getattr(spec, flag):
            document[flag] = True
    ipam: dict[str, Any] = {"driver": spec.ipam_driver} if spec.ipam_driver else {}
    pools = [{"subnet": pool.subnet, "gateway": pool.gateway} for pool in spec.subnets]
    if pools:
        ipam["config"] = [{key: value for key, value in pool.items() if value} for pool in pools]
    document["ipam"] = ipam
    return document


def port_document(port: ComposePort) -> dict[str, Any]:
    """The port as Compose prints it."""
    target, published = port.target, port.published
    document: dict[str, Any] = {"mode": port.mode, "target": target[0], "protocol": port.protocol}
    if published:
        document["published"] = (
            str(published[0]) if published[0] == published[1] else f"{published[0]}-{published[1]}"
        )
    if port.host_address:
        document["host_ip"] = port.host_address
    return document


def service_document(service: ComposeService) -> dict[str, Any]:
    """What is compared of a service, as Compose prints it."""
    networks: dict[str, Any] = {}
    for attachment in service.attachments:
        settings: dict[str, Any] = {}
        if attachment.aliases:
            settings["aliases"] = list(attachment.aliases)
        if attachment.address:
            settings["ipv4_address"] = attachment.address
        networks[attachment.network] = settings or None
    return {
        "image": service.image,
        "networks": networks,
        "network_mode": service.network_mode,
        "ports": [port_document(port) for port in service.ports],
        "depends_on": sorted(service.depends_on),
        "profiles": list(service.profiles),
        "dns": list(service.dns),
    }


def compose_service(document: dict[str, Any]) -> dict[str, Any]:
    """The same members of Compose's own document."""
    return {
        "image": document.get("image", ""),
        "networks": document.get("networks", {}),
        "network_mode": document.get("network_mode", ""),
        "ports": document.get("ports", []),
        "depends_on": sorted(document.get("depends_on", {})),
        "profiles": document.get("profiles", []),
        "dns": document.get("dns", []),
    }


def shown(project: Project) -> dict[str, Any]:
    """What is compared of a project: like Compose, without services and networks that take no part."""
    return {
        "name": project.name,
        "networks": {one.key: network_document(one) for one in project.networks if one.users},
        "services": {one.key: service_document(one) for one in project.services if one.active},
    }


@pytest.mark.parametrize(
    ("name", "profiles"),
    [
        *((name, ()) for name in PROJECTS),
        ("profiles", ("debug",)),
        ("profiles", ("ops",)),
        ("profiles", ("*",)),
    ],
)
def test_that_compose_understands_the_files_as_we_do(
    name: str, profiles: tuple[str, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "Sample.Project"
    folder.mkdir()
    files = PROJECTS[name]
    theirs = told(folder, files, profiles)
    project = load(files, profiles=frozenset(profiles))
    assert [str(problem.message) for problem in project.problems if problem.severity == "error"] == []
    assert shown(project) == {
        "name": theirs["name"],
        "networks": theirs.get("networks", {}),
        "services": {key: compose_service(service) for key, service in theirs["services"].items()},
    }


REFUSED = {
    "required": "services:\n  a: {image: x, command: '${NO:?say so}'}\n",
    "no variable": "services:\n  a: {image: 'x${1}'}\n",
    "open brace": "services:\n  a: {image: 'x${A'}\n",
    "unknown operator": "services:\n  a: {image: 'x${A/b/c}'}\n",
    "unknown network": "services:\n  a: {image: x, networks: [gone]}\n",
    "both": "services:\n  a: {image: x, networks: [n], network_mode: host}\nnetworks: {n: }\n",
    "twice": "services:\n  a: {image: x}\n  a: {image: y}\n",
    "unknown service attribute": "services:\n  a: {image: x, imagge: y}\n",
    "unknown network attribute": "services:\n  a: {image: x}\nnetworks: {n: {subnet: 10.0.0.0/8}}\n",
    "unknown top": "services:\n  a: {image: x}\nnetwork: {}\n",
    "no image": "services:\n  a: {ports: ['80:80']}\n",
    "bad port": "services:\n  a: {image: x, ports: ['80:80:80:80:80']}\n",
    "uneven ranges": "services:\n  a: {image: x, ports: ['80-82:80-81']}\n",
    "port too high": "services:\n  a: {image: x, ports: ['70000:80']}\n",
    "no such dependency": "services:\n  a: {image: x, depends_on: [b]}\n",
    "networks is a text": "services:\n  a: {image: x}\nnetworks: front\n",
    "self": "services:\n  a: {extends: {service: a}}\n",
    "not yaml": "services: {a: [}\n",
}


@pytest.mark.parametrize("name", REFUSED)
def test_that_compose_refuses_what_we_call_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(REFUSED[name], encoding="utf-8")
    asked = subprocess.run(
        [*compose_or_skip(), "config"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert asked.returncode != 0, asked.stdout
    project = load({"compose.yaml": REFUSED[name]})
    errors = [problem for problem in project.problems if problem.severity == "error"]
    assert errors
    assert all(problem.place is not None for problem in errors)
