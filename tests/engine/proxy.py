"""Stands between the console and a real engine: counts requests, and loses answers on demand."""

import re
import socket
import threading
from contextlib import suppress

from tests.backend.servers import SocketServer

_REQUEST = re.compile(rb"^([A-Z]+) (?:/v[0-9.]+)?(/\S*?)(?:\?\S*)? HTTP/1\.1\r\n", re.MULTILINE)


class EngineProxy(SocketServer):
    """``on_request`` is called once a request has been handed on to the engine.

    ``lose`` names a request whose answer is thrown away, with the connection.
    """

    def __init__(self, path, engine_path):
        super().__init__(path=path)
        self._engine_path = str(engine_path)
        self.requests: list[str] = []
        self.lose = ""
        self.on_request = lambda request: None

    def serve(self, line):
        engine = socket.socket(socket.AF_UNIX)
        with engine:
            engine.connect(self._engine_path)
            answers = threading.Thread(target=self._answers, args=(engine, line), daemon=True)
            answers.start()
            with suppress(OSError):
                while data := line.recv(65536):
                    engine.sendall(data)
                    for method, path in _REQUEST.findall(data):
                        self.requests.append(f"{method.decode()} {path.decode()}")
                        self.on_request(self.requests[-1])
            with suppress(OSError):
                engine.shutdown(socket.SHUT_RDWR)
            answers.join()

    def _answers(self, engine, line):
        with suppress(OSError):
            while data := engine.recv(65536):
                if self.lose and self.requests[-1] == self.lose:
                    self.lose = ""
                    break
                line.sendall(data)
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
