"""Scripts over WinRM, against a peer that speaks the real protocols on loopback."""

import asyncio
import json
import logging
import sys
import threading
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psrpcore import types
from pydantic import ValidationError

from console.backend.powershell.endpoint import WinRmEndpoint
from console.backend.powershell.request import script_text
from console.backend.powershell.runner import HostError
from console.backend.powershell.winrm import WinRmRunner
from console.domain.failure import FailureKind
from console.domain.scripts import NEW_VSWITCH, REMOVE_VSWITCH
from tests.backend.powershell.test_hostile_values import MARK, NASTY, parameters_of
from tests.winrm_peer.security import Certificate
from tests.winrm_peer.server import Peer
from tests.winrm_peer.shell import TerminatingError, error_record

REMOVAL = {"SwitchName": "nat"}
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def accounts(tmp_path, monkeypatch):
    """The accounts the peer's NTLM acceptor knows."""
    file = tmp_path / "accounts"
    file.write_text(f"HOST:admin:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(file))


def document(**more):
    return json.dumps({"schema": 1, "ok": True, "changed": False, **more})


class Commands:
    """Plays PowerShell: does what ``act`` does, and remembers what it was given."""

    def __init__(self, act=lambda parameters, pipeline: pipeline.output(document(after=parameters))):
        self.act = act
        self.seen = SimpleNamespace(text=None, parameters=None)
        self.running = threading.Event()
        self.stopped = threading.Event()

    def __call__(self, text, parameters, pipeline):
        self.seen = SimpleNamespace(text=text, parameters=parameters)
        self.running.set()
        self.pipeline = pipeline
        self.act(parameters, pipeline)


def endpoint(peer, **changes):
    values = {"host": "127.0.0.1", "port": peer.port, "tls": False, "username": "HOST\\admin"}
    return WinRmEndpoint(**{**values, "password": PASSWORD, **changes})


def ask(where, *, script=REMOVE_VSWITCH, parameters=REMOVAL, on_progress=None, **options):
    async def main():
        runner = WinRmRunner(where, **options)
        try:
            return await runner.run(script, parameters, on_progress=on_progress)
        finally:
            await runner.close()

    return asyncio.run(main())


def failure(where, **options):
    with pytest.raises(HostError) as caught:
        ask(where, **options)
    return caught.value.failure


def test_that_a_script_runs_there_with_typed_parameters():
    commands = Commands()
    values = {
        "SwitchName": "n",
        "Kind": "External",
        "Adapters": ["Ethernet", "Wi-Fi"],
        "EmbeddedTeaming": True,
    }
    with Peer(commands) as peer:
        answer = json.loads(ask(endpoint(peer), script=NEW_VSWITCH, parameters=values))
    assert answer["after"] == values
    assert commands.seen.text == script_text(NEW_VSWITCH)
    assert isinstance(commands.seen.parameters["EmbeddedTeaming"], bool)


def test_that_plain_http_carries_nothing_in_the_clear():
    with Peer(Commands()) as peer:
        ask(endpoint(peer), parameters={"SwitchName": MARK})
        sent = [body for body in peer.bodies if body]
    assert sent
    assert all(body.startswith(b"--Encrypted Boundary") for body in sent)
    assert not any(MARK.encode() in body or b"Envelope" in body for body in sent)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_that_any_value_arrives_as_data_and_in_no_scripts_text(data):
    commands = Commands()
    values = data.draw(parameters_of(NEW_VSWITCH))
    with Peer(commands) as peer:
        ask(endpoint(peer), script=NEW_VSWITCH, parameters=values)
    assert commands.seen.parameters == values
    assert commands.seen.text == script_text(NEW_VSWITCH)


@pytest.mark.parametrize("nasty", NASTY, ids=lambda text: ascii(text[:20]))
def test_that_each_nasty_text_arrives_as_data(nasty, figure):
    commands = Commands()
    with Peer(commands) as peer:
        ask(endpoint(peer), parameters={"SwitchName": nasty})
    assert commands.seen.parameters == {"SwitchName": nasty}
    figure.add("hostile inputs tried", 1, "values over WinRM")


def test_when_the_host_refuses_the_connection_it_is_unreachable():
    with Peer(Commands()) as peer:
        where = endpoint(peer)
    found = failure(where)
    assert found.kind is FailureKind.UNREACHABLE
    assert "refused" in found.raw
    assert not found.may_have_happened


def test_when_the_password_is_wrong_that_is_said_without_it(caplog):
    caplog.set_level(logging.DEBUG)
    with Peer(Commands()) as peer:
        found = failure(endpoint(peer, password="wrong secret"))
    assert found.kind is FailureKind.AUTHENTICATION
    assert not found.may_have_happened
    assert "wrong secret" not in found.raw + caplog.text


def test_when_the_account_is_unknown_that_is_said():
    with Peer(Commands()) as peer:
        assert failure(endpoint(peer, username="HOST\\nobody")).kind is FailureKind.AUTHENTICATION


def test_when_the_certificate_is_trusted_a_script_runs_over_tls(tmp_path):
    made = Certificate.make(tmp_path, "host")
    with Peer(Commands(), tls=made.server_context()) as peer:
        where = endpoint(peer, tls=True, authority_file=str(made.certificate))
        assert json.loads(ask(where))["after"] == REMOVAL


def test_when_the_certificate_is_not_trusted_nothing_is_sent(tmp_path):
    with Peer(Commands(), tls=Certificate.make(tmp_path, "host").server_context()) as peer:
        found = failure(endpoint(peer, tls=True))
        assert not peer.bodies
    assert found.kind is FailureKind.TLS
    assert "certificate" in found.raw.lower()


def test_when_the_certificate_has_run_out_it_is_not_trusted(tmp_path):
    made = Certificate.make(tmp_path, "host", expired=True)
    with Peer(Commands(), tls=made.server_context()) as peer:
        found = failure(endpoint(peer, tls=True, authority_file=str(made.certificate)))
    assert found.kind is FailureKind.TLS
    assert "expired" in found.raw


def by_certificate(peer, host, mine):
    return endpoint(
        peer,
        tls=True,
        authentication="certificate",
        username="",
        password="",
        authority_file=str(host.certificate),
        certificate_file=str(mine.certificate),
        key_file=str(mine.key),
    )


def test_that_a_certificate_of_ones_own_is_a_way_in(tmp_path):
    host, mine = Certificate.make(tmp_path, "host"), Certificate.make(tmp_path, "mine")
    with Peer(Commands(), tls=host.server_context(client=mine), by_certificate=True) as peer:
        assert json.loads(ask(by_certificate(peer, host, mine)))["ok"]


def test_when_the_certificate_of_ones_own_is_not_accepted_that_is_tls(tmp_path):
    host, mine = Certificate.make(tmp_path, "host"), Certificate.make(tmp_path, "mine")
    other = Certificate.make(tmp_path, "other")
    with Peer(Commands(), tls=host.server_context(client=mine), by_certificate=True) as peer:
        found = failure(by_certificate(peer, host, other))
    assert found.kind in {FailureKind.TLS, FailureKind.UNREACHABLE}


def test_when_a_peer_that_speaks_no_tls_is_asked_over_tls_nothing_is_sent(tmp_path):
    with Peer(Commands()) as peer:
        assert failure(endpoint(peer, tls=True)).kind is FailureKind.TLS


@pytest.mark.parametrize(
    ("status", "kind"),
    [(403, FailureKind.ACCESS_DENIED), (404, FailureKind.UNREACHABLE), (503, FailureKind.UNREACHABLE)],
)
def test_when_something_else_answers_at_the_port_that_is_told_apart(status, kind):
    with Peer(Commands()) as peer:
        peer.status = status
        assert failure(endpoint(peer)).kind is kind


def test_when_the_connection_drops_in_mid_call_the_change_may_have_been_made():
    hold = threading.Event()
    commands = Commands(lambda parameters, pipeline: hold.wait(20))

    async def main():
        runner = WinRmRunner(endpoint(peer))
        task = asyncio.ensure_future(runner.run(REMOVE_VSWITCH, REMOVAL))
        await asyncio.to_thread(commands.running.wait, 20)
        await asyncio.to_thread(peer.drop)
        with pytest.raises(HostError) as caught:
            await task
        await runner.close()
        return caught.value.failure

    peer = Peer(commands)
    with peer:
        found = asyncio.run(main())
        hold.set()
    assert found.kind is FailureKind.CONNECTION_LOST
    assert found.may_have_happened


def test_when_the_host_forgets_the_session_the_connection_counts_as_lost():
    def forget(parameters, pipeline):
        peer.service.shells.clear()
        pipeline.progress("Reading", 1, "")

    commands = Commands(forget)
    with Peer(commands) as peer:
        assert failure(endpoint(peer)).kind is FailureKind.CONNECTION_LOST


def test_when_it_takes_too_long_the_script_is_stopped_there():
    commands = Commands()

    def hang(parameters, pipeline):
        commands.stopped.set() if pipeline.stopped.wait(20) else None

    commands.act = hang
    with Peer(commands) as peer:
        found = failure(endpoint(peer), timeout_factor=0.3 / REMOVE_VSWITCH.timeout_seconds)
        assert commands.stopped.wait(20)
    assert found.kind is FailureKind.TIMED_OUT
    assert found.may_have_happened


def test_when_the_caller_is_cancelled_it_returns_at_once_and_the_script_is_stopped_there():
    commands = Commands()

    def hang(parameters, pipeline):
        commands.stopped.set() if pipeline.stopped.wait(20) else None

    commands.act = hang

    async def main():
        runner = WinRmRunner(endpoint(peer))
        task = asyncio.ensure_future(runner.run(REMOVE_VSWITCH, REMOVAL))
        await asyncio.to_thread(commands.running.wait, 20)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(commands.stopped.wait, 20)
        await runner.close()

    with Peer(commands) as peer:
        asyncio.run(main())


def test_that_progress_is_told_on_the_loops_thread():
    told = []

    def work(parameters, pipeline):
        pipeline.progress("Reading", 40, "adapters")
        pipeline.output(document())

    with Peer(Commands(work)) as peer:
        ask(endpoint(peer), on_progress=lambda words: told.append((words, threading.current_thread())))
    assert told == [("Reading: adapters (40 %)", threading.main_thread())]


def raising(error):
    def act(parameters, pipeline):
        raise error

    return act


@pytest.mark.parametrize(
    ("error_id", "category", "kind"),
    [
        ("CommandNotFoundException", types.ErrorCategory.ObjectNotFound, FailureKind.MODULE_MISSING),
        ("AccessDenied,X", types.ErrorCategory.PermissionDenied, FailureKind.ACCESS_DENIED),
        ("UnauthorizedAccess", types.ErrorCategory.SecurityError, FailureKind.BLOCKED_BY_POLICY),
        (
            "MethodInvocationNotSupportedInConstrainedLanguage",
            types.ErrorCategory.InvalidOperation,
            FailureKind.CONSTRAINED_LANGUAGE,
        ),
        ("RuntimeException", None, FailureKind.SCRIPT_ERROR),
    ],
)
def test_that_an_error_that_ends_the_script_is_told_by_its_id(error_id, category, kind):
    with Peer(Commands(raising(TerminatingError("Worte, übersetzt", error_id, category)))) as peer:
        found = failure(endpoint(peer))
    assert (found.kind, found.raw) == (kind, "Worte, übersetzt")


def test_that_an_error_without_an_answer_is_not_taken_for_success():
    def act(parameters, pipeline):
        pipeline.error(error_record("Get-VMSwitch failed", "AccessDenied,X"))

    with Peer(Commands(act)) as peer:
        assert failure(endpoint(peer)).kind is FailureKind.ACCESS_DENIED


def test_that_an_error_beside_an_answer_is_logged(caplog):
    def act(parameters, pipeline):
        pipeline.error(error_record("a detail is missing", "X"))
        pipeline.output(document())

    with Peer(Commands(act)) as peer:
        assert json.loads(ask(endpoint(peer)))["ok"]
    assert "a detail is missing" in caplog.text


@pytest.mark.parametrize("output", ['{"schema": 1', "hello", ""])
def test_that_garbage_is_called_so(output):
    with Peer(Commands(lambda parameters, pipeline: pipeline.output(output))) as peer:
        assert failure(endpoint(peer)).kind is FailureKind.MALFORMED_ANSWER


def test_that_output_without_end_is_cut_off_even_within_one_object():
    with Peer(Commands(lambda parameters, pipeline: pipeline.output("x" * (8 << 20)))) as peer:
        assert failure(endpoint(peer), output_limit=1 << 20).kind is FailureKind.TOO_MUCH_OUTPUT


def test_that_secrets_are_in_no_text_of_the_endpoint():
    where = WinRmEndpoint(host="h", username="u", password=PASSWORD)
    for text in (repr(where), str(where), where.model_dump_json(), str(where.model_dump())):
        assert PASSWORD not in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"authentication": "certificate", "tls": False, "certificate_file": "c", "key_file": "k"},
        {"authentication": "certificate"},
        {"authentication": "basic"},
    ],
)
def test_that_an_endpoint_that_could_send_in_the_clear_is_refused(wrong):
    with pytest.raises(ValidationError):
        WinRmEndpoint(host="h", **wrong)


def test_when_the_hosts_certificate_issued_itself_it_is_enough_to_be_given_it(tmp_path):
    made = Certificate.make(tmp_path, "host", authority=False)
    with Peer(Commands(), tls=made.server_context()) as peer:
        where = endpoint(peer, tls=True, authority_file=str(made.certificate))
        assert json.loads(ask(where))["after"] == REMOVAL


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the system's store can't be lent there")
def test_when_the_system_believes_who_issued_the_hosts_certificate_so_does_the_console(tmp_path, monkeypatch):
    authority = Certificate.make(tmp_path, "authority", host="authority.example")
    made = Certificate.make(tmp_path, "host", issuer=authority, authority=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    with Peer(Commands(), tls=made.server_context()) as peer:
        assert json.loads(ask(endpoint(peer, tls=True)))["after"] == REMOVAL


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_that_a_variable_of_requests_does_not_change_whom_the_console_believes(
    tmp_path, monkeypatch, variable
):
    made = Certificate.make(tmp_path, "host")
    monkeypatch.setenv(variable, str(made.certificate))
    with Peer(Commands(), tls=made.server_context()) as peer:
        assert failure(endpoint(peer, tls=True)).kind is FailureKind.TLS


@pytest.mark.parametrize("lost", ["authority_file", "certificate_file", "key_file"])
def test_when_a_file_of_a_certificate_is_not_there_it_is_named_and_nothing_is_sent(tmp_path, lost):
    host, mine = Certificate.make(tmp_path, "host"), Certificate.make(tmp_path, "mine")
    with Peer(Commands(), tls=host.server_context(client=mine), by_certificate=True) as peer:
        where = by_certificate(peer, host, mine).model_copy(update={lost: str(tmp_path / "gone.pem")})
        found = failure(where)
        assert not peer.bodies
    assert found.kind is FailureKind.TLS
    assert "gone.pem" in found.raw
