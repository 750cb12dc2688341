"""Small servers in threads: one that plays an engine by a script, one that breaks the rules."""

import json
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import parse_qsl, unquote

VERSION = {"Version": "27.3.1", "ApiVersion": "1.47", "MinAPIVersion": "1.24", "Os": "windows"}
INFO = {
    "KernelVersion": "10.0 20348 (20348.1.amd64fre.fe_release.210507-1500)",
    "OperatingSystem": "Microsoft Windows Server Version 21H2 (OS Build 20348.707)",
    "OSType": "windows",
    "Name": "HOST",
}


UNIX_SOCKETS = hasattr(socket, "AF_UNIX")


def kept_place(folder):
    """Where a server can be started later, and nobody answers before: the server's argument, and its URL."""
    if UNIX_SOCKETS:
        return {"path": folder / "s.sock"}, f"unix://{folder / 's.sock'}"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return {"port": port}, f"tcp://127.0.0.1:{port}"


def answer(body, status="200 OK", content_type="application/json"):
    """The bytes of a complete HTTP answer."""
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class SocketServer:
    """Hands each connection to ``serve`` in a thread of its own, until the end of the block."""

    def __init__(self, serve: Callable[[socket.socket], None] | None = None, path=None, port=0):
        if path is None:
            self._listener = socket.create_server(("127.0.0.1", port))
        else:
            self._listener = socket.socket(socket.AF_UNIX)
            self._listener.bind(str(path))
            self._listener.listen()
        self._path = path
        self._serve = serve or self.serve
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._ending = False

    @property
    def port(self):
        return self._listener.getsockname()[1]

    @property
    def url(self):
        return f"unix://{self._path}" if self._path else f"tcp://127.0.0.1:{self.port}"

    def serve(self, line):
        raise NotImplementedError

    def __enter__(self):
        thread = threading.Thread(target=self._accept, daemon=True)
        thread.start()
        self._threads.append(thread)
        return self

    def __exit__(self, *_):
        self._ending = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in list(self._threads):
            thread.join(5)
            assert not thread.is_alive()

    def cut(self):
        """End every connection."""
        with self._lock:
            lines, self._open = self._open, []
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            if sys.platform == "win32":  # whoever reads it is woken by that alone; elsewhere its number
                line.close()  # could be another's by then

    def _accept(self):
        with suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                with self._lock:
                    self._open.append(line)
                if self._ending:  # a client that came back while all were sent away
                    self.cut()
                thread = threading.Thread(target=self._handle, args=(line,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _handle(self, line):
        with suppress(OSError), line:
            self._serve(line)


def read_request(line):
    """``(method, path without version and query, query, body)``; None where the client hung up."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = line.recv(65536)
        if not part:
            return None
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    first, *headers = head.decode().split("\r\n")
    fields = dict(header.lower().split(": ", 1) for header in headers)
    while len(body) < int(fields.get("content-length", 0)):
        body += line.recv(65536)
    method, target, _ = first.split(" ")
    path, _, query = target.partition("?")
    if path.startswith("/v1."):
        path = "/" + path.split("/", 2)[2]
    return method, unquote(path), query, body


class ScriptedEngine(SocketServer):
    """An engine with networks, containers and images in lists.

    ``answers`` maps ``"METHOD /path"`` to bytes to send instead, or to a function of the connection.
    ``requests`` holds all that was asked, ``listed_ids`` the ids by which lists were filtered.
    """

    def __init__(self, path=None, port=0):
        super().__init__(path=path, port=port)
        self.networks: list[dict] = []
        self.containers: list[dict] = []
        self.images: list[dict] = []
        self.answers: dict[str, object] = {}
        self.requests: list[str] = []
        self.listed_ids: list[list[str]] = []
        self.refuses_filters = False
        self._watching: list[socket.socket] = []

    def serve(self, line):
        while (request := read_request(line)) is not None:
            method, path, query, body = request
            self.requests.append(f"{method} {path}")
            instead = self.answers.get(f"{method} {path}")
            if callable(instead):
                instead = instead(line, json.loads(body or b"null"))
            if instead is None and self.refuses_filters and "filters" in query and path != "/events":
                instead = answer({"message": "too long"}, "414 Request-URI Too Long")
            if instead is None and path == "/events":
                self._watching.append(line)
                line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                continue
            line.sendall(instead if instead is not None else self.good(method, path, query, body))

    def good(self, method, path, query, body):
        match method, path:
            case "GET", "/version":
                return answer(VERSION)
            case "GET", "/info":
                return answer(INFO)
            case "GET", "/_ping":
                return answer(b"OK", content_type="text/plain")
            case "GET", "/images/json":
                return answer(self.images)
            case "GET", "/networks":
                return answer(self._of_ids(self.networks, query))
            case "GET", "/containers/json":
                return answer(self._of_ids(self.containers, query))
            case "POST", "/networks/create":
                return answer(self.create(json.loads(body)), "201 Created")
            case "DELETE", _:
                self.networks = [network for network in self.networks if not path.endswith(network["Id"])]
                return b"HTTP/1.1 204 No Content\r\n\r\n"
        return answer({"message": "page not found"}, "404 Not Found")

    def _of_ids(self, objects, query):
        filters = json.loads(dict(parse_qsl(query)).get("filters", "{}"))
        if "id" not in filters:
            return objects
        self.listed_ids.append(filters["id"])
        return [one for one in objects if one["Id"] in filters["id"]]

    def create(self, body):
        network = {"Id": f"id-{len(self.requests)}", **body}
        self.networks.append(network)
        return {"Id": network["Id"], "Warning": ""}

    def tell(self, event):
        """Send an event to everyone who watches."""
        data = json.dumps(event).encode() + b"\n"
        for line in self._watching:
            with suppress(OSError):
                line.sendall(b"%x\r\n%s\r\n" % (len(data), data))
