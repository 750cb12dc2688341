"""API versions, headers and errors, as a client meets them first."""

import json
import urllib.error
import urllib.request

import pytest

from console.demo.builds import BUILDS
from console.demo.server import ListenError, PracticeServer


def request(engine, path, method="GET", body=None):
    url = engine.server.url.replace("tcp://", "http://") + path
    asked = urllib.request.Request(url, method=method, data=body)
    try:
        with urllib.request.urlopen(asked) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/_ping", "/v1.41/_ping"])
def test_that_a_ping_tells_what_clients_negotiate_with(engine, method, path):
    status, headers, body = request(engine, path, method)
    assert (status, body) == (200, b"OK" if method == "GET" else b"")
    assert headers["Api-Version"] == "1.51"
    assert headers["Ostype"] == "windows"
    assert headers["Server"] == "Docker/28.5.2 (windows)"


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("1.99", "client version 1.99 is too new. Maximum supported API version is 1.51"),
        (
            "1.10",
            (
                "client version 1.10 is too old. Minimum supported API version is 1.24, please upgrade your "
                "client to a newer version"
            ),
        ),
    ],
)
def test_that_a_version_the_engine_does_not_speak_is_refused(engine, version, message):
    status, headers, body = request(engine, f"/v{version}/networks")
    assert (status, json.loads(body)) == (400, {"message": message})
    assert headers["Content-Type"].startswith("application/json")
    assert headers["Api-Version"] == "1.51"


def test_that_an_unknown_path_is_refused_as_json(engine):
    status, _, body = request(engine, "/v1.51/nothing")
    assert (status, json.loads(body)) == (404, {"message": "page not found"})


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"Name": 5}'])
def test_that_a_body_that_is_no_request_is_refused(engine, body):
    status, _, answer = request(engine, "/networks/create", "POST", body)
    assert status == 400
    assert json.loads(answer)["message"].startswith("invalid JSON: ")


@pytest.mark.parametrize("build", sorted(BUILDS))
def test_that_every_build_has_an_engine_of_its_time(serving, build):
    engine = serving(os_build=build)
    version, info = engine.api.version(), engine.api.info()
    assert version["Os"] == info["OSType"] == "windows"
    assert version["ApiVersion"] == ".".join(map(str, BUILDS[build].engine.api))
    assert f"(OS Build {build}." in info["OperatingSystem"]
    assert info["KernelVersion"].startswith(f"10.0 {build} ({build // 1000}")
    assert info["Isolation"] == ("process" if BUILDS[build].server else "hyperv")


def test_that_fields_newer_than_the_asked_version_are_left_out(engine):
    _, _, old = request(engine, "/v1.47/networks/nat")
    _, _, new = request(engine, "/v1.48/networks/nat")
    assert "EnableIPv4" not in json.loads(old)
    assert json.loads(new)["EnableIPv4"] is True


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.10", "::", "example.test", ""])
def test_that_it_listens_on_loopback_only(engine, address):
    with pytest.raises(ListenError, match="loopback only"):
        PracticeServer(engine.host, listen_host=address)


def test_that_a_taken_port_is_said_clearly(engine):
    with pytest.raises(ListenError, match=r"can't listen on tcp://127\.0\.0\.1:"):
        PracticeServer(engine.host, port=engine.server.port).start()
