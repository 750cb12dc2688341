"""How the peer lets a client in: NTLM within SPNEGO with sealed messages, or a certificate over TLS."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spnego
import spnego._sspi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pypsrp.encryption import WinRMEncryption
from spnego.exceptions import SpnegoError

from tests.wine import is_wine

if is_wine():
    # Wine's own NTLM ends the process (8.0); with Python's the rest of the way is tried there.
    spnego._sspi.HAS_SSPI = False

CERTIFICATE_HEADER = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual"


class Negotiation:
    """The authentication of one TCP connection, and the key that seals its messages."""

    def __init__(self) -> None:
        # Never Windows' own acceptor, which knows only the accounts of the computer.
        own = spnego.NegotiateOptions.use_negotiate
        self._context: Any = spnego.server(protocol="negotiate", options=own)

    @property
    def complete(self) -> bool:
        return bool(self._context.complete)

    def step(self, authorization: str) -> str | None:
        """The next WWW-Authenticate header, None where the account or its password is wrong."""
        try:
            token = self._context.step(base64.b64decode(authorization.partition(" ")[2]))
        except SpnegoError:
            return None
        return f"Negotiate {base64.b64encode(token or b'').decode()}"

    def unseal(self, payload: bytes) -> bytes:
        return self._sealing().unwrap_message(payload, "Encrypted Boundary")

    def seal(self, payload: bytes) -> tuple[str, bytes]:
        """The content type and the body of a sealed message."""
        kind, body = self._sealing().wrap_message(payload)
        return f'{kind};protocol="{WinRMEncryption.SPNEGO}";boundary="Encrypted Boundary"', body

    def _sealing(self) -> WinRMEncryption:
        return WinRMEncryption(self._context, WinRMEncryption.SPNEGO)


@dataclass(frozen=True)
class Certificate:
    """A self-made certificate and its key, as PEM files."""

    certificate: Path
    key: Path

    @classmethod
    def make(
        cls,
        folder: Path,
        name: str,
        *,
        expired: bool = False,
        host: str = "127.0.0.1",
        issuer: Certificate | None = None,
        authority: bool = True,
    ) -> Certificate:
        """For a host's name or address. Without an ``issuer`` it issued itself; ``authority``: it may issue
        others. Without both it is as ``New-SelfSignedCertificate`` makes them.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.datetime.now(datetime.UTC)
        end = now - datetime.timedelta(days=1) if expired else now + datetime.timedelta(days=1)
        own = x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=2))
            .not_valid_after(end)
            .add_extension(x509.SubjectAlternativeName([own]), critical=False)
        )
        if authority:
            builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        made = builder.sign(issuer.signing_key if issuer else key, hashes.SHA256())
        files = cls(folder / f"{name}.pem", folder / f"{name}.key")
        files.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        files.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return files

    @property
    def subject(self) -> x509.Name:
        """Whom it names."""
        return x509.load_pem_x509_certificate(self.certificate.read_bytes()).subject

    @property
    def signing_key(self) -> Any:
        """The key that signs for it."""
        return serialization.load_pem_private_key(self.key.read_bytes(), None)

    def server_context(self, client: Certificate | None = None) -> ssl.SSLContext:
        """TLS with this certificate; ``client`` is the only one let in, where given."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        if client is not None:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(client.certificate)
        return context
