import asyncio
import os

import pytest

from console.backend.connection import Connection
from console.backend.engine.channel import EngineChannel
from console.backend.engine.ssh import ssh_arguments
from console.backend.failures import EngineError
from console.domain.failure import FailureKind
from tests.backend.servers import ScriptedEngine
from tests.programs import make_program


def test_that_the_host_can_never_be_read_as_an_option():
    words = ssh_arguments("ssh://-oProxyCommand=evil@host%20x:2222")
    assert words[words.index("--") + 1 :] == ["host%20x", "docker", "system", "dial-stdio"]
    assert words[words.index("-l") + 1] == "-oProxyCommand=evil"
    assert words[words.index("-p") + 1] == "2222"


def test_that_a_url_without_a_host_is_refused():
    with pytest.raises(ValueError):
        ssh_arguments("ssh://")


@pytest.fixture
def ssh_program(tmp_path, monkeypatch):
    """Puts a program named ssh first on the path: it runs the given Python text."""

    def make(text):
        make_program(tmp_path, "ssh", text)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    return make


DIAL = """
import os, socket, sys, threading
line = socket.create_connection(("127.0.0.1", {port}))
def back():
    while data := line.recv(65536):
        os.write(1, data)
    os._exit(0)
threading.Thread(target=back, daemon=True).start()
while data := os.read(0, 65536):
    line.sendall(data)
"""


def test_that_an_engine_behind_ssh_is_observed_watched_and_let_go(ssh_program):
    async def scenario(url):
        channel = EngineChannel(Connection(id="x", name="x", url=url))
        ended = asyncio.Event()
        await channel.connect()
        assert (await channel.engine()).version == "27.3.1"
        stream = await channel.watch(lambda: None, lambda failure: ended.set())
        stream.close()
        await asyncio.wait_for(ended.wait(), 5)
        await channel.close()

    with ScriptedEngine() as engine:
        ssh_program(DIAL.format(port=engine.port))
        asyncio.run(scenario("ssh://me@far"))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("me@far: Permission denied (publickey).", FailureKind.ACCESS_DENIED),
        ("ssh: Could not resolve hostname far: Name or service not known", FailureKind.UNREACHABLE),
    ],
)
def test_that_the_last_words_of_ssh_are_told(ssh_program, words, kind):
    ssh_program(f"import sys; print({words!r}, file=sys.stderr); sys.exit(255)")
    with pytest.raises(EngineError) as caught:
        asyncio.run(EngineChannel(Connection(id="x", name="x", url="ssh://me@far")).connect())
    assert caught.value.failure.kind is kind
    assert words in caught.value.failure.raw
