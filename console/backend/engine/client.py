"""The SDK's client for a :class:`Connection`: transport, TLS and proxies, made without a request.

Of docker-py only the low-level :class:`docker.APIClient` is used, as the HTTP session with docker's
transports that it is. Its ready-made calls decode a whole answer in one go (which holds Python's
lock, and so the window, for as long as the answer is long), can't say ``EnableIPv4`` or
``ConfigFrom``, and its comfortable ones inspect every object again (model code bases, 7).
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

from console.backend.connection import Connection, TlsFiles
from console.backend.failures import UnsupportedTransportError

CONNECT_SECONDS = 5.0
UNIX_SOCKETS = hasattr(socket, "AF_UNIX")


def make_client(connection: Connection, environ: Mapping[str, str]) -> Any:
    """A ``docker.APIClient`` for the connection; nothing is sent yet.

    Raises what :func:`console.backend.failures.transport_errors` lists, e.g. where TLS material is
    missing or the transport does not exist on this platform.
    """
    if connection.scheme == "unix" and not UNIX_SOCKETS:
        # docker's own transport would find that out in the middle of a request, by an AttributeError.
        raise UnsupportedTransportError(
            f"{connection.url}: Windows has no Unix sockets for programs like this"
        )
    import docker
    from docker.constants import DEFAULT_DOCKER_API_VERSION

    client = docker.APIClient(
        base_url=_base_url(connection),
        version=DEFAULT_DOCKER_API_VERSION,  # any: our paths carry the negotiated one themselves
        timeout=CONNECT_SECONDS,
        tls=_tls(connection.tls) if connection.tls else False,
    )
    if connection.scheme == "ssh":
        from console.backend.engine.ssh import SshAdapter

        client.base_url = "http+docker://ssh"
        client.mount("http+docker://", SshAdapter(connection.url))
    elif _is_checked(connection):
        client.mount("https://", _adapter(connection.tls or TlsFiles()))
    # With trust_env requests would take a proxy for a loopback engine, a password from ~/.netrc
    # and REQUESTS_CA_BUNDLE in place of the connection's own certificates.
    client.trust_env = False
    client.proxies = dict(proxies_for(connection, environ))
    return client


def proxies_for(connection: Connection, environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment's proxy for a remote TCP engine; none for pipes, sockets, ssh and loopback."""
    if connection.is_local or connection.scheme not in {"tcp", "http", "https"}:
        return {}
    scheme = "https" if connection.uses_tls else "http"
    # Lower case wins, as in curl and Python; Windows' environment has but one of the two.
    named = {
        name: environ.get(f"{name}_proxy") or environ.get(f"{name.upper()}_PROXY", "")
        for name in (scheme, "no")
    }
    host = urlsplit(connection.url).netloc.rpartition("@")[2]
    if not named[scheme] or (named["no"] and proxy_bypass_environment(host, {"no": named["no"]})):
        return {}
    return {scheme: named[scheme]}


def _base_url(connection: Connection) -> str:
    if connection.scheme == "ssh":
        return "tcp://127.0.0.1:22"  # never used: the ssh transport takes its place
    parts = urlsplit(connection.url)
    if connection.scheme in {"tcp", "http", "https"} and parts.port is None:
        port = 2376 if connection.uses_tls else 2375
        return f"{connection.scheme}://{parts.netloc}:{port}"
    return connection.url


def _is_checked(connection: Connection) -> bool:
    """Whether the engine shows a certificate that must be believed."""
    if connection.tls is None:
        return connection.scheme == "https"
    return connection.tls.verify and connection.scheme in {"tcp", "https"}


def _adapter(files: TlsFiles) -> Any:
    """HTTPS that believes the authority given, else whom this system believes, as the docker client does.

    By itself docker-py would take certifi's list for that, on which no company's authority is.
    """
    from console.backend.trust import ContextAdapter, tls_context

    return ContextAdapter(tls_context(files.ca, files.certificate, files.key))


def _tls(files: TlsFiles) -> Any:
    import urllib3
    from docker.tls import TLSConfig

    if not files.verify:
        # A person agreed to it before (Connection.risk), or the engine is on this computer.
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    pair = (files.certificate, files.key) if files.certificate or files.key else None
    return TLSConfig(client_cert=pair, ca_cert=files.ca or None, verify=files.verify)
