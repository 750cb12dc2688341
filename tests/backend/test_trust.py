"""Whose certificate is believed, by an engine's connection and by WinRM's: real handshakes on loopback."""

import asyncio
import ssl
import sys

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from console.backend.connection import Connection, TlsFiles
from console.backend.engine.channel import EngineChannel
from console.backend.failures import CertificateFileError, EngineError
from console.backend.trust import ContextAdapter, tls_context
from console.domain.failure import FailureKind
from tests.backend.servers import ScriptedEngine
from tests.winrm_peer.security import Certificate

of_openssl = pytest.mark.skipif(
    sys.platform in {"win32", "darwin"}, reason="there the system's store can't be lent for a test"
)


@pytest.fixture
def authority(tmp_path):
    return Certificate.make(tmp_path, "authority", host="authority.example")


@pytest.fixture
def host(tmp_path, authority):
    return Certificate.make(tmp_path, "host", issuer=authority, authority=False)


@pytest.fixture
def in_the_systems_store(monkeypatch):
    """Makes a certificate one of those that this system believes."""

    def put(certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))

    return put


class Secure(ScriptedEngine):
    """An engine behind TLS."""

    def __init__(self, context, **options):
        super().__init__(**options)
        self._context = context

    def serve(self, line):
        try:
            secure = self._context.wrap_socket(line, server_side=True)
        except (ssl.SSLError, OSError):  # who distrusts the certificate hangs up
            return
        with secure:
            super().serve(secure)


def answer_of(connection):
    async def main():
        channel = EngineChannel(connection, environ={})
        try:
            await channel.connect()
            return (await channel.engine()).version
        finally:
            await channel.close()

    return asyncio.run(main())


def engine(server, tls, scheme="tcp"):
    return Connection(id="x", name="x", url=f"{scheme}://127.0.0.1:{server.port}", tls=tls)


@of_openssl
@pytest.mark.parametrize(("scheme", "tls"), [("tcp", TlsFiles()), ("https", None), ("https", TlsFiles())])
def test_that_an_engine_of_an_authority_in_the_systems_store_is_believed(
    host, authority, in_the_systems_store, scheme, tls
):
    in_the_systems_store(authority)
    with Secure(host.server_context()) as server:
        assert answer_of(engine(server, tls, scheme))


def test_that_an_engine_of_an_authority_that_is_given_is_believed(host, authority):
    with Secure(host.server_context()) as server:
        assert answer_of(engine(server, TlsFiles(ca=str(authority.certificate))))


@pytest.mark.parametrize("given", [True, False])
def test_that_an_engine_of_a_strangers_authority_is_not_asked(host, tmp_path, given):
    stranger = Certificate.make(tmp_path, "stranger") if given else None
    tls = TlsFiles(ca=str(stranger.certificate)) if stranger else TlsFiles()
    with Secure(host.server_context()) as server, pytest.raises(EngineError) as caught:
        answer_of(engine(server, tls))
    assert caught.value.failure.kind is FailureKind.TLS


@of_openssl
def test_that_who_is_in_the_systems_store_is_not_believed_beside_an_authority_that_is_given(
    host, authority, in_the_systems_store, tmp_path
):
    in_the_systems_store(authority)
    other = Certificate.make(tmp_path, "other")
    with Secure(host.server_context()) as server, pytest.raises(EngineError):
        answer_of(engine(server, TlsFiles(ca=str(other.certificate))))


def fetched(server, context):
    with requests.Session() as session:
        session.mount("https://", ContextAdapter(context))
        return session.get(f"https://127.0.0.1:{server.port}/version", verify=False, timeout=20).json()


def test_that_no_setting_of_a_session_turns_the_check_off(host):
    with Secure(host.server_context()) as server, pytest.raises(requests.exceptions.SSLError):
        fetched(server, tls_context())


def test_that_a_certificate_for_another_name_is_not_believed(tmp_path, authority):
    elsewhere = Certificate.make(tmp_path, "elsewhere", issuer=authority, host="other.example")
    context = tls_context(str(authority.certificate))
    with (
        Secure(elsewhere.server_context()) as server,
        pytest.raises(requests.exceptions.SSLError, match="127"),
    ):
        fetched(server, context)


@pytest.mark.parametrize("binary", [False, True])
def test_that_a_certificate_that_issued_itself_is_believed_where_it_is_given(tmp_path, binary):
    made = Certificate.make(tmp_path, "self", authority=False)
    file = made.certificate
    if binary:  # as Export-Certificate writes it
        file = tmp_path / "self.cer"
        known = x509.load_pem_x509_certificate(made.certificate.read_bytes())
        file.write_bytes(known.public_bytes(serialization.Encoding.DER))
    with Secure(made.server_context()) as server:
        assert fetched(server, tls_context(str(file)))


def test_that_a_certificate_of_ones_own_is_shown(host, authority, tmp_path):
    mine = Certificate.make(tmp_path, "mine")
    with Secure(host.server_context(client=mine)) as server:
        context = tls_context(str(authority.certificate), str(mine.certificate), str(mine.key))
        assert fetched(server, context)


def locked(tmp_path, made):
    key = serialization.load_pem_private_key(made.key.read_bytes(), None)
    file = tmp_path / "locked.key"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    return str(file)


@pytest.mark.parametrize("case", ["missing", "folder", "no certificate", "empty"])
def test_that_a_file_of_an_authority_that_can_not_be_used_is_named(tmp_path, case):
    file = tmp_path / "ca.pem"
    if case == "folder":
        file.mkdir()
    elif case != "missing":
        file.write_text("" if case == "empty" else "hello")
    with pytest.raises(CertificateFileError, match=r"ca\.pem"):
        tls_context(str(file))


@pytest.mark.parametrize("case", ["missing", "another's key", "locked", "no key"])
def test_that_a_certificate_of_ones_own_that_can_not_be_used_is_named_and_nothing_is_asked(tmp_path, case):
    mine, other = Certificate.make(tmp_path, "mine"), Certificate.make(tmp_path, "other")
    key = {
        "missing": str(tmp_path / "none.key"),
        "another's key": str(other.key),
        "locked": locked(tmp_path, mine),
        "no key": str(mine.certificate),
    }[case]
    with pytest.raises(CertificateFileError, match=r"mine\.pem"):
        tls_context("", str(mine.certificate), key)


def test_that_a_file_that_can_not_be_used_counts_as_a_fault_of_tls(tmp_path):
    from console.backend.failures import failure_of

    with pytest.raises(CertificateFileError) as caught:
        tls_context(str(tmp_path / "ca.pem"))
    failure = failure_of(caught.value)
    assert failure.kind is FailureKind.TLS
    assert "ca.pem" in failure.raw
