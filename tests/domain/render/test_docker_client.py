"""The real docker client is asked what it makes of our commands: it sends what the spec says."""

from __future__ import annotations

import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from console.domain.render.docker import create_arguments, create_command, parse_create
from console.domain.render.errors import CommandError
from console.domain.render.sdk import spec_of_body
from console.domain.render.shell import Shell
from console.domain.spec import NetworkSpec
from tests.docker_client import KNOWS_OUR_FLAGS, client_environment, client_or_skip
from tests.domain.render.specs import specs
from tests.domain.render.test_docker import REFUSALS, TEAMED, said_by_docker

pytestmark = pytest.mark.docker_client
Sent = Callable[[list[str]], dict[str, Any] | str]


class _Recorder(http.server.BaseHTTPRequestHandler):
    """Answers as an engine would, and keeps what a create asked for."""

    protocol_version = "HTTP/1.1"
    bodies: list[dict[str, Any]]

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the test's output is not a server log."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if self.path.endswith("/networks/create"):
            self.bodies.append(json.loads(self.rfile.read(length)))
        answer = json.dumps({"Id": "f" * 64}).encode()
        self.send_response(201 if self.command == "POST" else 200)
        self.send_header("Api-Version", "1.48")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    do_GET = do_POST = do_HEAD = _answer


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """What the client sends for given arguments, or the words with which it refuses them."""
    client = client_or_skip(at_least=KNOWS_OUR_FLAGS)
    bodies: list[dict[str, Any]] = []
    handler = type("Recorder", (_Recorder,), {"bodies": bodies})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    # Neither the developer's own docker settings nor a proxy has a say here.
    environment = client_environment(DOCKER_CONFIG=str(tmp_path_factory.mktemp("docker")))
    host = f"tcp://127.0.0.1:{server.server_port}"

    def send(arguments: list[str]) -> dict[str, Any] | str:
        bodies.clear()
        done = subprocess.run(
            [client, "-H", host, *arguments],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=30,
            check=False,
        )
        return bodies[0] if done.returncode == 0 else done.stderr

    yield send
    server.shutdown()
    thread.join()
    server.server_close()


def in_plain_form(spec: NetworkSpec) -> NetworkSpec:
    """The client says ``default`` for an IPAM driver that nobody chose, and sorts subnets at random."""
    driver = "" if spec.ipam_driver == "default" else spec.ipam_driver
    subnets = tuple(sorted(spec.subnets, key=lambda entry: entry.subnet))
    return spec.model_copy(update={"ipam_driver": driver, "subnets": subnets})


@given(spec=specs())
@example(spec=TEAMED)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_that_the_real_client_sends_what_the_spec_says(sent: Sent, spec: NetworkSpec) -> None:
    assume(said_by_docker(spec) and spec.driver)
    body = sent(list(create_arguments(spec)[1:]))
    assert isinstance(body, dict), body
    assert in_plain_form(spec_of_body(body)) == in_plain_form(spec)


@pytest.mark.parametrize(("flags", "refusal"), REFUSALS)
def test_that_the_real_client_refuses_in_the_words_we_tell(sent: Sent, flags: str, refusal: str) -> None:
    answer = sent(["network", "create", *flags.split()])
    assert isinstance(answer, str)
    assert answer.splitlines()[0] == refusal


@pytest.mark.parametrize(
    "flags",
    [
        "-dnat x",
        "-d= x",
        "-o=a=b x",
        "-o a=b x -o a=c",
        "-o flag x",
        "--subnet 10.0.0.5 x",
        "--subnet 10.0.0.0/24 --gateway 10.0.0.1/24 x",
        "--internal x --ipv6=false",
        "--ipv4=f --config-only --scope local --config-from b --ipam-opt k=v --ipam-driver windows x",
        "--label a=1 --label a=2 --label b x",
        "x -d nat -- y",
        "--subnet 10.0.0.5/33 --gateway 10.0.0.1 x",
        "--internal=maybe x",
        "--subnet 10.0.0.0/24 --aux-address a x",
    ],
)
def test_that_our_reading_of_flags_is_the_clients(sent: Sent, flags: str) -> None:
    answer = sent(["network", "create", *flags.split()])
    if isinstance(answer, str):
        with pytest.raises(CommandError):
            parse_create(f"docker network create {flags}", Shell.POSIX)
    else:
        ours = parse_create(f"docker network create {flags}", Shell.POSIX)
        assert in_plain_form(ours) == in_plain_form(spec_of_body(answer, default_driver=ours.driver))


def test_that_a_posix_command_line_reaches_the_client_as_the_spec(sent: Sent) -> None:
    """The whole way: our text, a real shell, the real client."""
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("no POSIX shell on this machine")
    line = create_command(TEAMED, Shell.POSIX)
    printed = subprocess.run(
        [shell, "-c", "docker() { printf '%s\\0' \"$@\"; }; " + line], capture_output=True, check=True
    ).stdout.decode()
    body = sent(printed.split("\0")[:-1])
    assert isinstance(body, dict), body
    assert in_plain_form(spec_of_body(body)) == in_plain_form(TEAMED)
