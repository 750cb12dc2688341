"""Engines that misbehave, each as a real server at the other end of a real socket."""

import asyncio
import socket
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from console.backend.connection import Connection, TlsFiles
from console.backend.engine import channel as channel_module
from console.backend.engine.channel import EngineChannel
from console.backend.engine.exchange import Timeouts
from console.backend.failures import EngineError
from console.domain.connection_risk import ConnectionRisk
from console.domain.failure import FailureKind
from tests.backend.servers import UNIX_SOCKETS, ScriptedEngine, SocketServer, answer, read_request
from tests.winrm_peer.security import Certificate

unix_sockets = pytest.mark.skipif(not UNIX_SOCKETS, reason="this system has no Unix sockets for Python")


def connection(url, tls=None):
    # What a person agreed to is not what these tests are about, but for the one that says so.
    return Connection(id="x", name="x", url=url, tls=tls, accepted_risk=ConnectionRisk.UNENCRYPTED)


def failure_of_connect(url, tls=None, environ=None):
    async def scenario():
        channel = EngineChannel(connection(url, tls), environ=environ or {})
        try:
            await channel.connect()
        finally:
            await channel.close()

    with pytest.raises(EngineError) as caught:
        asyncio.run(scenario())
    return caught.value.failure


def failure_against(serve, **how):
    with SocketServer(serve) as server:
        return failure_of_connect(server.url, **how)


@pytest.fixture
def impatient(monkeypatch):
    """A second instead of ten: what is tested is that time ends, not how long it is."""
    short = Timeouts(idle=0.3, total=0.6)
    monkeypatch.setattr(channel_module, "READING", short)
    monkeypatch.setattr(channel_module, "CHANGING", short)
    monkeypatch.setattr(channel_module, "_MARGIN_SECONDS", 0.2)
    plain = channel_module.Request
    monkeypatch.setattr(
        channel_module, "Request", lambda *args, **fields: replace(plain(*args, **fields), timeouts=short)
    )


def test_that_a_socket_where_the_system_has_none_means_unsupported(monkeypatch):
    """Docker contexts that WSL has made name one, on Windows too."""
    monkeypatch.setattr("console.backend.engine.client.UNIX_SOCKETS", False)
    failure = failure_of_connect("unix:///var/run/docker.sock")
    assert failure.kind is FailureKind.UNSUPPORTED
    assert "unix:///var/run/docker.sock" in failure.raw


@unix_sockets
def test_that_a_missing_socket_means_not_running(tmp_path):
    assert failure_of_connect(f"unix://{tmp_path}/none.sock").kind is FailureKind.NOT_RUNNING


@unix_sockets
def test_that_a_socket_nobody_serves_means_not_running(tmp_path):
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(tmp_path / "left.sock"))
    left.close()
    assert failure_of_connect(f"unix://{tmp_path}/left.sock").kind is FailureKind.NOT_RUNNING


def test_that_a_refused_tcp_connection_means_not_running():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    failure = failure_of_connect(f"tcp://127.0.0.1:{port}")
    assert failure.kind is FailureKind.NOT_RUNNING
    assert "refused" in failure.raw


def test_that_a_host_name_nobody_knows_means_unreachable():
    assert failure_of_connect("tcp://no-such-host.invalid:2375").kind is FailureKind.UNREACHABLE


@pytest.mark.skipif(not hasattr(__import__("os"), "seteuid"), reason="another user's socket")
def test_that_a_socket_of_others_means_access_denied(tmp_path):
    import os

    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    with SocketServer(lambda line: None, path=tmp_path / "s.sock") as server:
        (tmp_path / "s.sock").chmod(0o600)
        for folder in (tmp_path, *tmp_path.parents[:2]):
            folder.chmod(0o755)
        # In a process of its own: user ids of threads are no toy for a test run.
        program = (
            "import asyncio, os, sys\n"
            "from console.backend.connection import Connection\n"
            "from console.backend.engine.channel import EngineChannel\n"
            "from console.backend.failures import EngineError\n"
            "import docker\n"
            "os.seteuid(65534)\n"
            "try:\n"
            "    asyncio.run(EngineChannel(Connection(id='x', name='x', url=sys.argv[1])).connect())\n"
            "except EngineError as error:\n"
            "    print(error.failure.kind)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, server.url],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
            env={**os.environ, "DOCKER_CONFIG": str(tmp_path), "HOME": str(tmp_path)},
        )
    assert done.stdout == "access-denied\n"


def test_that_an_engine_that_hangs_times_out(impatient):
    over = threading.Event()
    started = time.monotonic()
    with SocketServer(lambda line: over.wait(5)) as server:
        assert failure_of_connect(server.url).kind is FailureKind.TIMED_OUT
        over.set()
    assert time.monotonic() - started < 4


def trickle(line):
    """One byte now and then: each in time, all together never."""
    read_request(line)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(100):
        line.sendall(b" ")
        time.sleep(0.05)


def trickled_head(line):
    read_request(line)
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100:
        line.sendall(bytes([byte]))
        time.sleep(0.05)


@pytest.mark.parametrize("serve", [trickle, trickled_head])
def test_that_a_slow_trickle_times_out_as_a_whole(impatient, serve):
    started = time.monotonic()
    with SocketServer(serve) as server:
        assert failure_of_connect(server.url).kind is FailureKind.TIMED_OUT
        assert time.monotonic() - started < 3


def send(data):
    def serve(line):
        read_request(line)
        line.sendall(data)

    return serve


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n",
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a"\r\n',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{"a"',
    ],
)
def test_that_a_close_in_mid_answer_means_connection_lost(data):
    assert failure_against(send(data)).kind is FailureKind.CONNECTION_LOST


@pytest.mark.parametrize(
    "data",
    [
        answer(b'{"Version": "20.10.24", "ApiVersion": "1.4'),
        answer(b"[]"),
        answer(b"null"),
        answer(b'{"Version": "x"}'),
        answer(b'{"ApiVersion": "one"}'),
        answer(b'{"ApiVersion": 1.41}'),
        answer(b"[" * 100_000),
        answer(b"\xff\xfe"),
        answer(b"<html>Welcome to nginx</html>", content_type="text/html"),
        answer(b"<html>404</html>", "404 Not Found", "text/html; charset=utf-8"),
        b"HTTP/1.1 301 Moved Permanently\r\nLocation: https://example.com/\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2p1\r\n",
        b"220 mail.example ESMTP\r\n",
    ],
)
def test_that_what_no_engine_says_is_called_malformed(data):
    assert failure_against(send(data)).kind is FailureKind.MALFORMED_ANSWER


def test_that_a_refusal_keeps_the_engines_own_words_and_status():
    failure = failure_against(send(answer({"message": 'client "1.99" is too new'}, "400 Bad Request")))
    assert (failure.kind, failure.raw, failure.status) == (
        FailureKind.REFUSED,
        'client "1.99" is too new',
        400,
    )


def test_that_a_refusal_in_plain_text_is_kept_too():
    failure = failure_against(send(answer(b"boom: \xc3\xa4\n", "500 Internal Server Error", "text/plain")))
    assert (failure.kind, failure.raw, failure.status) == (FailureKind.REFUSED, "boom: ä", 500)


def test_that_an_empty_refusal_still_says_its_status():
    failure = failure_against(send(answer(b"", "503 Service Unavailable")))
    assert failure.kind is FailureKind.REFUSED
    assert "503" in failure.raw


# TLS


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """A certificate for 127.0.0.1 that signed itself, and one that did so for another name."""
    folder = tmp_path_factory.mktemp("tls")
    Certificate.make(folder, "good")
    Certificate.make(folder, "other", host="elsewhere.example")
    return folder


class TlsEngine(ScriptedEngine):
    def __init__(self, folder, name="good", *, asks_for_client=False):
        super().__init__()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
        if asks_for_client:
            self._context.verify_mode = ssl.CERT_REQUIRED
            self._context.load_verify_locations(folder / "good.pem")

    def serve(self, line):
        with self._context.wrap_socket(line, server_side=True) as secure:
            super().serve(secure)


def connect(url, tls):
    async def scenario():
        channel = EngineChannel(connection(url, tls), environ={})
        await channel.connect()
        engine = await channel.engine()
        await channel.close()
        return engine

    return asyncio.run(scenario())


def test_that_an_engine_with_the_right_certificate_is_reached(certificates):
    with TlsEngine(certificates) as engine:
        assert connect(engine.url, TlsFiles(ca=str(certificates / "good.pem"))).version == "27.3.1"


def test_that_a_client_certificate_is_shown_where_it_is_asked_for(certificates):
    files = TlsFiles(
        ca=str(certificates / "good.pem"),
        certificate=str(certificates / "good.pem"),
        key=str(certificates / "good.key"),
    )
    with TlsEngine(certificates, asks_for_client=True) as engine:
        assert connect(engine.url, files).version == "27.3.1"
        assert failure_of_connect(engine.url, TlsFiles(ca=files.ca)).kind is FailureKind.TLS


def test_that_without_verification_any_certificate_will_do(certificates):
    with TlsEngine(certificates, "other") as engine:
        assert connect(engine.url, TlsFiles(verify=False)).version == "27.3.1"


def test_that_a_certificate_nobody_vouches_for_means_tls(certificates):
    with TlsEngine(certificates) as engine:
        assert failure_of_connect(engine.url, TlsFiles()).kind is FailureKind.TLS


def test_that_a_certificate_for_another_name_means_tls(certificates):
    with TlsEngine(certificates, "other") as engine:
        failure = failure_of_connect(engine.url, TlsFiles(ca=str(certificates / "other.pem")))
    assert failure.kind is FailureKind.TLS


def test_that_tls_to_a_plain_engine_means_tls():
    def serve(line):
        line.recv(65536)  # a handshake, which is no HTTP
        line.sendall(answer(b"", "400 Bad Request"))

    assert failure_against(serve, tls=TlsFiles(verify=False)).kind is FailureKind.TLS


def test_that_a_plain_request_to_a_tls_engine_means_tls():
    words = b"Client sent an HTTP request to an HTTPS server.\n"
    failure = failure_against(send(answer(words, "400 Bad Request", "text/plain; charset=utf-8")))
    assert failure.kind is FailureKind.TLS


def test_that_missing_certificate_files_mean_tls(tmp_path):
    missing = str(tmp_path / "none.pem")
    for files in (TlsFiles(ca=missing), TlsFiles(certificate=missing, key=missing)):
        assert failure_of_connect("tcp://127.0.0.1:2376", files).kind is FailureKind.TLS


# Proxies


def refused_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.mark.parametrize("tls", [None, TlsFiles()])
def test_that_a_proxy_that_is_not_there_is_called_by_its_name(tls):
    proxy = f"http://127.0.0.1:{refused_port()}"
    failure = failure_of_connect(
        "tcp://engine.example:2375", tls, {"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy}
    )
    assert failure.kind is FailureKind.PROXY


@pytest.mark.parametrize("tls", [None, TlsFiles()])
@pytest.mark.parametrize(
    "data",
    [
        answer(b"<html>log in</html>", "407 Proxy Authentication Required", "text/html"),
        answer(b"<html>bad gateway</html>", "502 Bad Gateway", "text/html"),
    ],
)
def test_that_a_proxys_refusal_is_not_taken_for_the_engines(tls, data):
    with SocketServer(send(data)) as proxy:
        environ = {
            "http_proxy": f"http://127.0.0.1:{proxy.port}",
            "https_proxy": f"http://127.0.0.1:{proxy.port}",
        }
        failure = failure_of_connect("tcp://engine.example:2375", tls, environ)
    assert failure.kind is FailureKind.PROXY


def test_that_a_refusal_of_the_engine_behind_a_proxy_stays_the_engines():
    with SocketServer(send(answer({"message": "no"}, "403 Forbidden"))) as proxy:
        environ = {"http_proxy": f"http://127.0.0.1:{proxy.port}"}
        failure = failure_of_connect("tcp://engine.example:2375", None, environ)
    assert (failure.kind, failure.raw) == (FailureKind.ACCESS_DENIED, "no")


def test_that_a_broken_proxy_does_not_stand_before_a_loopback_engine():
    environ = {"HTTP_PROXY": f"http://127.0.0.1:{refused_port()}"}

    async def scenario(url):
        channel = EngineChannel(connection(url), environ=environ)
        await channel.connect()
        await channel.close()

    with ScriptedEngine() as engine:
        asyncio.run(scenario(engine.url))
        assert engine.requests == ["GET /version"]


# What may have happened


async def create(engine):
    channel = EngineChannel(connection(engine.url), environ={})
    try:
        await channel.connect()
        with pytest.raises(EngineError) as caught:
            await channel.create_network({"Name": "n"})
        return caught.value.failure
    finally:
        await channel.close()


def hang_up(line, _):
    line.shutdown(socket.SHUT_RDWR)
    return b""


@pytest.mark.parametrize(
    ("instead", "kind", "perhaps"),
    [
        (hang_up, FailureKind.CONNECTION_LOST, True),
        (answer(b"{", "201 Created"), FailureKind.MALFORMED_ANSWER, True),
        (answer({"Warning": ""}, "201 Created"), FailureKind.MALFORMED_ANSWER, True),
        (answer({"message": "exists"}, "409 Conflict"), FailureKind.REFUSED, False),
    ],
)
def test_that_a_lost_answer_to_a_create_says_that_it_may_have_happened(instead, kind, perhaps):
    with ScriptedEngine() as engine:
        engine.answers["POST /networks/create"] = instead
        failure = asyncio.run(create(engine))
        assert (failure.kind, failure.may_have_happened) == (kind, perhaps)
        assert engine.requests.count("POST /networks/create") == 1, "a change is never sent twice"


def test_that_a_create_that_was_never_sent_has_not_happened():
    async def scenario():
        with ScriptedEngine() as engine:
            channel = EngineChannel(connection(engine.url), environ={})
            await channel.connect()
        with pytest.raises(EngineError) as caught:
            await channel.create_network({"Name": "n"})
        await channel.close()
        return caught.value.failure

    failure = asyncio.run(scenario())
    assert (failure.kind, failure.may_have_happened) == (FailureKind.NOT_RUNNING, False)


def test_that_a_connection_the_engine_dropped_while_idle_is_made_anew():
    async def scenario(engine):
        channel = EngineChannel(connection(engine.url), environ={})
        await channel.connect()
        engine.cut()
        networks = await channel.networks()
        await channel.close()
        return networks

    with ScriptedEngine() as engine:
        engine.networks = [{"Id": "a", "Name": "nat", "Driver": "nat"}]
        assert [network.name for network in asyncio.run(scenario(engine))] == ["nat"]


def test_that_names_in_a_path_arrive_as_they_are():
    hostile = "a b/c?d#e%2F\"'\n$(x)ü"

    async def scenario(engine):
        channel = EngineChannel(connection(engine.url), environ={})
        with pytest.raises(EngineError):
            await channel.inspect_network(hostile)
        await channel.close()

    with ScriptedEngine() as engine:
        asyncio.run(scenario(engine))
        assert engine.requests[-1] == f"GET /networks/{hostile}"


@pytest.mark.parametrize(
    ("url", "tls", "kind"),
    [
        ("tcp://192.0.2.1:2375", None, FailureKind.UNENCRYPTED),
        ("http://192.0.2.1:2375", TlsFiles(), FailureKind.UNENCRYPTED),
        ("tcp://192.0.2.1:2376", TlsFiles(verify=False), FailureKind.UNVERIFIED),
    ],
)
def test_that_another_computer_at_risk_is_not_even_tried_without_a_word_of_agreement(url, tls, kind):
    other = next(risk for risk in ConnectionRisk if risk != kind)
    for accepted in (None, other):  # to agree to one risk is not to agree to another
        channel = EngineChannel(Connection(id="x", name="x", url=url, tls=tls, accepted_risk=accepted))
        with pytest.raises(EngineError) as caught:
            asyncio.run(channel.connect())
        assert caught.value.failure.kind is kind
