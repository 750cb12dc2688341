"""A real Docker Engine of our own, for the tests and the bench: its own socket, data and containerd, and
no network rules.
"""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from console.backend.connection import Connection

START_SECONDS = 60


class RealEngine:
    """One ``dockerd``: started, killed and started again on the same socket and data."""

    def __init__(self, folder):
        self.folder = folder
        self.socket_path = folder / "docker.sock"
        self.connection = Connection(id="real", name="real", url=f"unix://{self.socket_path}")
        self._process = None

    def start(self):
        command = [
            *("dockerd", "--iptables=false", "--ip6tables=false", "--bridge=none", "--storage-driver=vfs"),
            *(f"--host=unix://{self.socket_path}", f"--data-root={self.folder}/data"),
            *(f"--exec-root={self.folder}/exec", f"--pidfile={self.folder}/pid"),
        ]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"dockerd did not start:\n{(self.folder / 'log').read_text()[-3000:]}")
            time.sleep(0.05)

    def kill(self):
        """As a crash would: nothing is put away, the socket's file stays."""
        self._process.kill()
        self._process.wait()
        # Its containerd dies with it (PR_SET_PDEATHSIG). Where no init collects the dead, the pid
        # files seem to name living processes, and dockerd would wait for them.
        (self.folder / "pid").unlink(missing_ok=True)
        self._containerd_pid.unlink(missing_ok=True)

    def stop(self):
        containerd = self._containerd()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        if containerd is not None:
            with suppress(ProcessLookupError):
                os.kill(containerd, signal.SIGKILL)
        self._unmount()

    def ask(self, method, path, body=None, content_type="application/json"):
        """The status and body of one request, past all of our own code."""
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(30)
        line.connect(str(self.socket_path))
        connection = http.client.HTTPConnection("engine")
        connection.sock = line
        try:
            connection.request(method, path, body, {"Content-Type": content_type})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def _answers(self):
        try:
            return self.ask("GET", "/_ping") == (200, b"OK")
        except OSError:
            return False

    @property
    def _containerd_pid(self):
        return self.folder / "exec" / "containerd" / "containerd.pid"

    def _containerd(self):
        try:
            return int(self._containerd_pid.read_text())
        except (FileNotFoundError, ValueError):
            return None

    def _unmount(self):
        """What a killed engine leaves mounted would keep the folder from being removed."""
        mounted = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
        for place in sorted(mounted, key=len, reverse=True):
            if place.startswith(f"{self.folder}/"):
                subprocess.run(["umount", "--lazy", place], check=True)


def reason_against():
    """Why no engine can be started here; None where one can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "starting dockerd needs root"
    if shutil.which("dockerd") is None:
        return "dockerd is not installed"
    return None
