import hashlib
import json

import pytest

from console.backend.connection import (
    Connection,
    TlsFiles,
    checked_url,
    connection_at,
    discover,
    manual_connection,
    without_password,
)
from console.backend.engine.client import make_client, proxies_for
from console.domain.connection_risk import ConnectionRisk


def write_context(home, name, host, *, skip_verify=False, tls_files=()):
    digest = hashlib.sha256(name.encode()).hexdigest()
    meta = home / ".docker" / "contexts" / "meta" / digest
    meta.mkdir(parents=True)
    endpoint = {"Host": host, "SkipTLSVerify": skip_verify}
    document = {"Name": name, "Metadata": {}, "Endpoints": {"docker": endpoint}}
    (meta / "meta.json").write_text(json.dumps(document), encoding="utf-8")
    files = home / ".docker" / "contexts" / "tls" / digest / "docker"
    for file in tls_files:
        files.mkdir(parents=True, exist_ok=True)
        (files / file).write_text("PEM", encoding="utf-8")
    return files


def test_that_windows_has_its_pipe_and_linux_its_socket(tmp_path):
    assert [c.url for c in discover({}, tmp_path, "win32")] == ["npipe:////./pipe/docker_engine"]
    assert [c.url for c in discover({}, tmp_path, "linux")] == ["unix:///var/run/docker.sock"]


def test_that_a_rootless_engine_is_offered_where_its_socket_is(tmp_path):
    (tmp_path / "docker.sock").touch()
    found = discover({"XDG_RUNTIME_DIR": str(tmp_path)}, tmp_path, "linux")
    assert f"unix://{tmp_path / 'docker.sock'}" in [c.url for c in found]


def test_that_docker_host_comes_first_even_before_a_context(tmp_path):
    write_context(tmp_path, "build", "tcp://build:2376")
    environ = {"DOCKER_HOST": "10.0.0.5:2375", "DOCKER_CONTEXT": "build"}
    found = discover(environ, tmp_path, "linux")
    assert (found[0].url, found[0].source) == ("tcp://10.0.0.5:2375", "environment")
    assert "build" in [c.name for c in found]


def test_that_docker_context_beats_the_configured_one(tmp_path):
    write_context(tmp_path, "first", "tcp://first:2375")
    write_context(tmp_path, "second", "tcp://second:2375")
    (tmp_path / ".docker" / "config.json").write_text('{"currentContext": "second"}', encoding="utf-8")
    assert discover({}, tmp_path, "linux")[0].name == "second"
    assert discover({"DOCKER_CONTEXT": "first"}, tmp_path, "linux")[0].name == "first"


def test_that_a_contexts_certificates_are_found_beside_it(tmp_path):
    files = write_context(tmp_path, "prod ü", "tcp://prod:2376", tls_files=("ca.pem", "cert.pem", "key.pem"))
    (context,) = (c for c in discover({}, tmp_path, "linux") if c.source == "context")
    assert context.name == "prod ü"
    assert context.tls == TlsFiles(
        ca=str(files / "ca.pem"), certificate=str(files / "cert.pem"), key=str(files / "key.pem"), verify=True
    )


def test_that_a_context_without_verification_still_asks_for_tls(tmp_path):
    write_context(tmp_path, "loose", "tcp://loose:2376", skip_verify=True)
    (context,) = (c for c in discover({}, tmp_path, "linux") if c.source == "context")
    assert context.tls == TlsFiles(verify=False)


@pytest.mark.parametrize("value", ["1", "0", "yes"])
def test_that_docker_tls_verify_counts_with_any_text(tmp_path, value):
    (tmp_path / "ca.pem").touch()
    environ = {"DOCKER_HOST": "tcp://x:2376", "DOCKER_TLS_VERIFY": value, "DOCKER_CERT_PATH": str(tmp_path)}
    assert discover(environ, tmp_path, "linux")[0].tls == TlsFiles(ca=str(tmp_path / "ca.pem"), verify=True)


def test_that_broken_files_are_left_out_and_logged(tmp_path, caplog):
    write_context(tmp_path, "good", "ssh://me@there")
    broken = tmp_path / ".docker" / "contexts" / "meta" / "broken"
    broken.mkdir()
    (broken / "meta.json").write_text('{"Name": 7', encoding="utf-8")
    (tmp_path / ".docker" / "config.json").write_text("[", encoding="utf-8")
    assert [c.name for c in discover({}, tmp_path, "linux")] == ["default", "good"]
    assert "broken" in caplog.text
    assert "config.json" in caplog.text


def test_that_the_id_of_a_connection_is_the_same_at_the_next_start(tmp_path):
    first, second = discover({}, tmp_path, "linux"), discover({}, tmp_path, "linux")
    assert [c.id for c in first] == [c.id for c in second]
    assert manual_connection("a", "tcp://h:1").id != manual_connection("a", "tcp://h:2").id


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("tcp://10.0.0.1:2375", True),
        ("http://engine.example:2375", True),
        ("tcp://127.0.0.1:2375", False),
        ("tcp://127.8.9.1:2375", False),
        ("tcp://[::1]:2375", False),
        ("tcp://localhost:2375", False),
        ("tcp://localhost.example:2375", True),
        ("https://engine.example:2376", False),
        ("npipe:////./pipe/docker_engine", False),
        ("unix:///run/docker.sock", False),
        ("ssh://me@engine.example", False),
    ],
)
def test_that_plain_tcp_to_another_machine_is_told_apart(url, expected):
    risk = ConnectionRisk.UNENCRYPTED if expected else None
    assert Connection(id="x", name="x", url=url).risk is risk
    with_tls = Connection(id="x", name="x", url=url, tls=TlsFiles())
    assert with_tls.risk is (risk if with_tls.scheme == "http" else None)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("tcp://engine.example:2376", ConnectionRisk.UNVERIFIED),
        ("https://engine.example:2376", ConnectionRisk.UNVERIFIED),
        ("http://engine.example:2375", ConnectionRisk.UNENCRYPTED),
        ("tcp://127.0.0.1:2376", None),
        ("ssh://me@engine.example", None),
    ],
)
def test_that_a_certificate_nobody_checks_is_a_risk_on_another_computer(url, expected):
    assert Connection(id="x", name="x", url=url, tls=TlsFiles(verify=False)).risk is expected


@pytest.mark.parametrize("verify", [True, False])
def test_that_http_with_tls_is_spoken_as_tls_in_contexts_and_the_environment(tmp_path, verify):
    write_context(tmp_path, "prod", "http://prod.example:2376", skip_verify=not verify, tls_files=("ca.pem",))
    environ = {"DOCKER_HOST": "HTTP://engine.example:2376", "DOCKER_TLS": "1"}
    if verify:
        environ["DOCKER_TLS_VERIFY"] = "1"
    found = {one.name: one for one in discover(environ, tmp_path, "linux")}
    for name in ("prod", "DOCKER_HOST"):
        assert found[name].uses_tls
        assert found[name].risk is (None if verify else ConnectionRisk.UNVERIFIED)
        assert make_client_without_files(found[name]).base_url.startswith("https://")


def make_client_without_files(connection):
    """The SDK's client for a connection whose PEM files hold nothing."""
    tls = connection.tls.model_copy(update={"ca": "", "certificate": "", "key": ""})
    return make_client(connection.model_copy(update={"tls": tls}), {})


def test_that_plain_http_is_never_taken_for_tls_by_its_settings():
    connection = Connection(id="x", name="x", url="http://engine.example", tls=TlsFiles())
    assert not connection.uses_tls
    assert make_client(connection, {}).base_url == "http://engine.example:2375"
    assert proxies_for(connection, PROXIES) == {"http": "http://proxy:3128"}


@pytest.mark.parametrize(
    "url",
    [
        "https://admin:S3cret@host:2376",
        "ssh://admin:S3cret@host",
        "admin:S3cret@host:2376",
        "tcp://:S3cret@host:2376",
        "tcp://a:@host:2376",
    ],
)
def test_that_an_address_holds_no_password_and_the_refusal_does_not_repeat_it(url, tmp_path, caplog):
    for refuse in (checked_url, connection_at):
        with pytest.raises(ValueError, match="holds no password") as caught:
            refuse(url)
        assert "S3cret" not in str(caught.value)
    assert [one.name for one in discover({"DOCKER_HOST": url}, tmp_path, "linux")] == ["default"]
    assert "S3cret" not in caplog.text


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://admin:S3cret@host:2376/x@y", "https://admin@host:2376/x@y"),
        ("ssh://u:p@w@host", "ssh://u@host"),
        ("tcp://host:2376", "tcp://host:2376"),
        ("npipe:////./pipe/docker_engine", "npipe:////./pipe/docker_engine"),
    ],
)
def test_that_a_password_is_taken_out_of_an_address_and_nothing_else(url, expected):
    assert without_password(url) == expected


@pytest.mark.parametrize(
    "url", ["ftp://x", "unix://", "tcp://", "tcp://h:notaport", "ssh://", "tcp://h:99999"]
)
def test_that_an_address_no_engine_can_have_is_refused(url):
    with pytest.raises(ValueError):
        checked_url(url)


PROXIES = {"HTTP_PROXY": "http://proxy:3128", "https_proxy": "http://proxy:3129"}


@pytest.mark.parametrize(
    "url",
    [
        "unix:///x.sock",
        "npipe:////./pipe/x",
        "ssh://a@b",
        "tcp://127.0.0.1:1",
        "tcp://[::1]:1",
        "tcp://localhost:1",
    ],
)
def test_that_no_proxy_comes_between_us_and_this_machine(url):
    assert proxies_for(Connection(id="x", name="x", url=url), PROXIES) == {}


def test_that_a_remote_engine_is_reached_through_the_environments_proxy():
    plain = Connection(id="x", name="x", url="tcp://engine.example:2375")
    assert proxies_for(plain, PROXIES) == {"http": "http://proxy:3128"}
    with_tls = plain.model_copy(update={"tls": TlsFiles()})
    assert proxies_for(with_tls, PROXIES) == {"https": "http://proxy:3129"}


@pytest.mark.parametrize(
    "exception", ["engine.example", ".example", "*", "other,engine.example", "engine.example:2375"]
)
def test_that_no_proxy_is_honoured(exception):
    plain = Connection(id="x", name="x", url="tcp://engine.example:2375")
    assert proxies_for(plain, {**PROXIES, "NO_PROXY": exception}) == {}
    assert proxies_for(plain, {**PROXIES, "NO_PROXY": "elsewhere.example"}) != {}


def test_that_the_client_takes_nothing_from_the_environment_by_itself(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    client = make_client(Connection(id="x", name="x", url="tcp://127.0.0.1:2375"), {})
    settings = client.merge_environment_settings(client.base_url, {}, True, None, None)
    assert not settings["proxies"]
    assert settings["verify"] is True


def test_that_a_tcp_address_without_port_gets_dockers():
    assert (
        make_client(Connection(id="x", name="x", url="tcp://127.0.0.1"), {}).base_url
        == "http://127.0.0.1:2375"
    )
    secure = Connection(id="x", name="x", url="tcp://127.0.0.1", tls=TlsFiles())
    assert make_client(secure, {}).base_url == "https://127.0.0.1:2376"
