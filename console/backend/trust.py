"""Whom a TLS connection believes: this system's certificate store, or one file that a person named.

requests knows certifi's list and files of PEM only: a company's authority, which Windows has in its store,
it would never believe. So the whole of TLS is settled in one :class:`ssl.SSLContext`, and
:class:`ContextAdapter` gives that to its connections. requests costs the first paint too much: this module
is imported when a host is first asked.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

from requests.adapters import HTTPAdapter
from truststore import SSLContext as SystemContext

from console.backend.failures import CertificateFileError

PEM_BEGIN = b"-----BEGIN "


def tls_context(authority_file: str = "", certificate_file: str = "", key_file: str = "") -> ssl.SSLContext:
    """TLS that checks the other side's certificate, its dates and its name; blocks while it reads files.

    ``authority_file``: the certificate of who issued the other side's, or that very certificate where it
    issued itself; PEM or DER. Nobody else is believed then. Empty: who this system believes is believed
    (on Windows with the certificates of the computer and the account, intermediate ones fetched).
    ``certificate_file`` and ``key_file`` are our own, in PEM, if the other side wants to see one.
    Raises CertificateFileError where a file can't be used.
    """
    context = _believing(Path(authority_file)) if authority_file else SystemContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.post_handshake_auth = True  # IIS and http.sys ask for our certificate after the handshake
    if certificate_file or key_file:
        _present(context, certificate_file, key_file)
    return context


class ContextAdapter(HTTPAdapter):
    """HTTPS by one context: of what the session says of certificates nothing counts."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def build_connection_pool_key_attributes(
        self,
        request: Any,
        verify: Any,  # noqa: ARG002 (the context has the answer)
        cert: Any = None,  # noqa: ARG002 (it holds that too)
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Where the connection goes, and the context for it, also behind a proxy."""
        place, _files = super().build_connection_pool_key_attributes(request, verify=True)
        return place, {"cert_reqs": "CERT_REQUIRED", "ssl_context": self._context}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing to add: requests would have certifi's list believed as well."""


def _believing(authority: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # A certificate that issued itself, as New-SelfSignedCertificate makes it, is no authority's: it ends
    # the chain all the same where a person named it. Python 3.13 does so by itself, earlier ones do not.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        content = authority.read_bytes()
        if content and PEM_BEGIN not in content:
            context.load_verify_locations(cadata=content)
        else:
            context.load_verify_locations(cafile=str(authority))
    except ssl.SSLError as error:
        raise CertificateFileError(f"There is no certificate in {authority}: {error.reason}") from error
    except OSError as error:
        raise CertificateFileError(f"{authority} can't be read: {error.strerror}") from error
    return context


def _present(context: ssl.SSLContext, certificate: str, key: str) -> None:
    try:
        # A password: without one OpenSSL would ask for it on a terminal that nobody sees.
        context.load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        raise CertificateFileError(
            f"{certificate} and {key} are no pair of certificate and unencrypted key: {error.reason}"
        ) from error
    except OSError as error:
        raise CertificateFileError(f"{certificate} or {key} can't be read: {error.strerror}") from error
