"""The HTTP end of the peer: authentication, sealing, and ways to misbehave."""

from __future__ import annotations

import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.winrm_peer.security import CERTIFICATE_HEADER, Negotiation
from tests.winrm_peer.shell import Commands
from tests.winrm_peer.wsman import Service

SOAP_TYPE = "application/soap+xml;charset=UTF-8"


class _Handler(BaseHTTPRequestHandler):
    """One connection; NTLM authenticates the connection, not the request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Peer

    def setup(self) -> None:
        super().setup()
        self.negotiation = Negotiation()
        self.challenge = ""
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        super().finish()

    def log_message(self, *args: Any) -> None:
        """Nothing on the terminal."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.bodies.append(body)
        headers = self._let_in()
        if headers is None:
            self._reply(401, b"", {"WWW-Authenticate": self.challenge or "Negotiate"})
        elif not body:
            self._reply(200, b"", headers)
        elif self.server.status != 200:
            self._reply(self.server.status, b"<html>no</html>", {"Content-Type": "text/html"})
        else:
            self._act(body, headers)

    def _let_in(self) -> dict[str, str] | None:
        """The headers to answer with, None where the client is not (yet) let in."""
        authorization = self.headers.get("Authorization", "")
        self.challenge = ""
        if self.server.by_certificate:
            return {} if authorization == CERTIFICATE_HEADER else None
        if self.negotiation.complete:
            return {}
        if not authorization:
            return None
        challenge = self.negotiation.step(authorization)
        if challenge is None or not self.negotiation.complete:
            self.challenge = challenge or ""
            return None
        return {"WWW-Authenticate": challenge}

    def _act(self, body: bytes, headers: dict[str, str]) -> None:
        sealed = "encrypted" in self.headers.get("Content-Type", "")
        if self.server.sealed_only and not sealed:
            self._reply(500, b"", {})
            return
        status, answer = self.server.service.answer(self.negotiation.unseal(body) if sealed else body)
        kind = SOAP_TYPE
        if sealed:
            kind, answer = self.negotiation.seal(answer)
        self._reply(status, answer, {**headers, "Content-Type": kind})

    def _reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Peer(ThreadingHTTPServer):
    """A WinRM service on loopback, until the end of the block.

    ``bodies`` are all the requests' bodies as they came over the wire. ``status`` other than 200 is
    answered to every request that was let in.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(
        self, commands: Commands, *, tls: ssl.SSLContext | None = None, by_certificate: bool = False
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.service = Service(commands)
        self.by_certificate = by_certificate
        self.sealed_only = tls is None
        self.status = 200
        self.bodies: list[bytes] = []
        self.connections: set[socket.socket] = set()
        self._tls = tls

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self._tls is not None:
            connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up, or distrusts the certificate, is a part of the tests."""

    def drop(self) -> None:
        """Cut every connection, and take no more."""
        self.shutdown()
        self.server_close()
        for connection in tuple(self.connections):
            connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()
