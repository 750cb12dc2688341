"""A practice host behind HTTP, the SDK's low-level client and the real docker client."""

import struct
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import docker
import pytest
from docker.errors import APIError

from console.backend.powershell.inventory import facts_of
from console.demo.host import PracticeHost
from console.demo.powershell.scripts import PracticeScripts
from console.demo.server import PracticeServer
from console.domain.snapshot import HostFacts
from tests.docker_client import KNOWS_OUR_FLAGS, client_environment, client_or_skip

PREFIX = "com.docker.network.windowsshim."


@dataclass
class Engine:
    """A served practice host and a client of it."""

    host: PracticeHost
    server: PracticeServer
    api: docker.APIClient

    def create_network(self, name: str, driver: str, **body: Any) -> str:
        """Create a network from the members of the API's body; gives its id."""
        return self.post("/networks/create", {"Name": name, "Driver": driver, **body})["Id"]

    def post(self, path: str, body: dict[str, Any], **query: Any) -> Any:
        """A raw request, for bodies the SDK would not build."""
        answer = self.api._post_json(self.api._url(path), data=body, params=query)
        return self.api._result(answer, json=True)

    def network(self, name: str) -> dict[str, Any]:
        """Inspect a network."""
        return self.api.inspect_network(name)

    def run(self, name: str, network: str = "nat", **host_config: Any) -> str:
        """A running container; gives its id."""
        address = host_config.pop("address", None)
        aliases = host_config.pop("aliases", [])
        settings = {"Aliases": aliases, **({"IPAMConfig": {"IPv4Address": address}} if address else {})}
        body = {
            "Image": "nanoserver",
            "Cmd": ["ping", "-t", "localhost"],
            "HostConfig": {"NetworkMode": network, **host_config},
            "NetworkingConfig": {"EndpointsConfig": {network: settings}},
        }
        made = self.post("/containers/create", body, name=name)["Id"]
        self.api.start(made)
        return made

    def execute(self, container: str, *words: str) -> tuple[str, int]:
        """Run a program in a container: its output and exit code."""
        made = self.api.exec_create(container, list(words))["Id"]
        answer = self.api._post_json(self.api._url("/exec/{0}/start", made), data={"Detach": False})
        output = b"".join(data for _, data in frames(answer.content))
        return output.decode(), self.api.exec_inspect(made)["ExitCode"]


def facts(host: PracticeHost) -> HostFacts:
    """The Windows side of a host as the console reads it: through the inventory script's document."""
    return facts_of(PracticeScripts(host).answer("get-host-inventory", {}))


def frames(data: bytes) -> list[tuple[int, bytes]]:
    """The pieces of a multiplexed stream: stream number and data."""
    pieces = []
    while data:
        stream, length = struct.unpack(">BxxxL", data[:8])
        assert len(data) >= 8 + length
        pieces.append((stream, data[8 : 8 + length]))
        data = data[8 + length :]
    return pieces


def refusal(call: Callable[..., Any], *arguments: Any, **named: Any) -> tuple[int, str]:
    """Status and message with which a call is refused; it must be."""
    with pytest.raises(APIError) as refused:
        call(*arguments, **named)
    return refused.value.response.status_code, refused.value.explanation


def subnet(prefix: str, gateway: str = "", **more: Any) -> dict[str, Any]:
    """``IPAM`` with one pool."""
    pool = {"Subnet": prefix, **more}
    if gateway:
        pool["Gateway"] = gateway
    return {"Driver": "default", "Options": {}, "Config": [pool]}


@pytest.fixture
def serving() -> Iterator[Callable[..., Engine]]:
    """Makes served practice hosts; arguments are those of PracticeHost.create, or ``host``."""
    engines: list[Engine] = []

    def serve(host: PracticeHost | None = None, **parameters: Any) -> Engine:
        parameters.setdefault("scenario", "empty")
        server = PracticeServer(host or PracticeHost.create(**parameters))
        server.start()
        api = docker.APIClient(base_url=server.url, version="auto", timeout=20)
        engines.append(Engine(server.host, server, api))
        return engines[-1]

    yield serve
    for engine in engines:
        engine.api.close()
        engine.server.stop()


@pytest.fixture
def engine(serving) -> Engine:
    """A Windows Server 2022 whose engine was just started."""
    return serving()


@dataclass
class DockerClient:
    """The real docker client, pointed at a practice host."""

    url: str
    home: str

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start the client and leave it running."""
        home = {"HOME": self.home, "USERPROFILE": self.home}  # the second is Windows'
        environment = client_environment(DOCKER_HOST=self.url, **home)
        pipe = subprocess.PIPE
        return subprocess.Popen(
            ["docker", *words], env=environment, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8"
        )

    def __call__(self, *words: str, stdin: str = "", code: int = 0) -> str:
        """Run it to its end, which must have that exit code; gives its output."""
        process = self.start(*words)
        output, errors = process.communicate(stdin, timeout=30)
        assert process.returncode == code, output + errors
        return output if not code else output + errors


@pytest.fixture
def modern_client() -> None:
    """For tests that compare words which older clients say differently."""
    client_or_skip(at_least=KNOWS_OUR_FLAGS)


@pytest.fixture
def client(serving, tmp_path) -> Callable[..., DockerClient]:
    """Makes docker clients for served practice hosts."""
    client_or_skip()

    def make(engine: Engine | None = None, **parameters: Any) -> DockerClient:
        return DockerClient((engine or serving(**parameters)).server.url, str(tmp_path))

    return make
