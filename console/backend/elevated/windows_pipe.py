"""The helper at a named pipe, started through UAC. Windows only.

The pipe's name holds 128 random bits and its first and only instance is ours, so nobody can have made
it before. It lets in this account, administrators (the helper may be another account's, where a
standard user had to name an administrator) and the system, and nobody from another computer.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import secrets
    import subprocess
    import sysconfig
    import time
    from pathlib import Path
    from typing import Any

    import pywintypes
    import win32api
    import win32con
    import win32event
    import win32file
    import win32pipe
    import win32process
    import win32security
    import winerror
    from win32com.shell import shell, shellcon

    from console.backend.elevated.runner import ElevationDeclinedError

    _BUFFER = 65536
    # pywin32 has no names for these three.
    #: Nobody from another computer may connect.
    _REJECT_REMOTE_CLIENTS = 0x8
    #: The other end may learn who we are, and not act as we.
    _SECURITY_IDENTIFICATION = 0x1_0000
    #: What is started is started when the call returns: the thread that calls has no message loop.
    _SEE_MASK_NOASYNC = 0x100
    #: What the end of a pipe looks like: broken, being closed, nobody there, aborted by our close.
    _ENDED = frozenset({109, 232, 233, 995, 6})
    #: Runs our terminal program with the packages of the folder that is its first argument.
    _OF_ENVIRONMENT = (
        "import runpy, site, sys; site.addsitedir(sys.argv.pop(1)); "
        "runpy.run_module('console.cli', run_name='__main__', alter_sys=True)"
    )

    class PipeWire:
        """One end of a pipe. Reads and writes overlap, so that neither waits for the other."""

        def __init__(self, handle: Any, *, listens: bool) -> None:
            self._handle = handle
            self._listens = listens

        @classmethod
        def connect(cls, address: str) -> PipeWire:
            """To a listener's address. Raises OSError."""
            flags = win32con.FILE_FLAG_OVERLAPPED | win32con.SECURITY_SQOS_PRESENT
            flags |= _SECURITY_IDENTIFICATION
            access = win32con.GENERIC_READ | win32con.GENERIC_WRITE
            try:
                handle = win32file.CreateFile(address, access, 0, None, win32con.OPEN_EXISTING, flags, None)
            except pywintypes.error as error:
                raise _os_error(error) from error
            return cls(handle, listens=False)

        def read(self, size: int) -> bytes:
            """See ``Wire``."""
            overlapped = _overlapped()
            try:
                _, buffer = win32file.ReadFile(self._handle, win32file.AllocateReadBuffer(size), overlapped)
                count = win32file.GetOverlappedResult(self._handle, overlapped, True)
            except pywintypes.error as error:
                if error.winerror in _ENDED:
                    return b""
                raise _os_error(error) from error
            return bytes(buffer[:count])

        def write(self, data: bytes) -> None:
            """See ``Wire``."""
            rest = memoryview(data)
            try:
                while rest:
                    overlapped = _overlapped()
                    win32file.WriteFile(self._handle, bytes(rest[:_BUFFER]), overlapped)
                    rest = rest[win32file.GetOverlappedResult(self._handle, overlapped, True) :]
            except pywintypes.error as error:
                raise _os_error(error) from error

        def peer_process(self) -> int:
            """As the pipe's file system keeps it."""
            try:
                if self._listens:
                    return int(win32pipe.GetNamedPipeClientProcessId(self._handle))
                return int(win32pipe.GetNamedPipeServerProcessId(self._handle))
            except pywintypes.error as error:
                raise _os_error(error) from error

        def close(self) -> None:
            """See ``Wire``."""
            handle, self._handle = self._handle, pywintypes.HANDLE()
            handle.Close()

    class PipeListener:
        """A pipe that one helper connects to."""

        def __init__(self) -> None:
            self.address = rf"\\.\pipe\wcn-elevated-{secrets.token_hex(16)}"
            self._process: Any = None
            mode = win32pipe.PIPE_ACCESS_DUPLEX | win32con.FILE_FLAG_OVERLAPPED
            mode |= win32pipe.FILE_FLAG_FIRST_PIPE_INSTANCE
            try:
                self._handle = win32pipe.CreateNamedPipe(
                    self.address,
                    mode,
                    win32pipe.PIPE_TYPE_BYTE | win32pipe.PIPE_WAIT | _REJECT_REMOTE_CLIENTS,
                    1,
                    _BUFFER,
                    _BUFFER,
                    0,
                    _only_us_and_administrators(),
                )
            except pywintypes.error as error:
                raise _os_error(error) from error
            self._taken = False

        def start_helper(self, arguments: list[str]) -> int:
            """See ``Listener``. Windows asks, in its own secure desktop."""
            program, *first = helper_command()
            try:
                started = shell.ShellExecuteEx(
                    fMask=shellcon.SEE_MASK_NOCLOSEPROCESS | _SEE_MASK_NOASYNC,
                    lpVerb="runas",
                    lpFile=program,
                    lpParameters=subprocess.list2cmdline([*first, "elevated-helper", *arguments]),
                    nShow=win32con.SW_HIDE,
                )
            except pywintypes.error as error:
                if error.winerror == winerror.ERROR_CANCELLED:
                    raise ElevationDeclinedError(error.strerror) from error
                raise _os_error(error) from error
            self._process = started["hProcess"]
            return int(win32process.GetProcessId(self._process))

        def accept(self, process: int, seconds: float) -> PipeWire:
            """See ``Listener``. Raises OSError where the helper ends before it has connected."""
            end = time.monotonic() + seconds
            while True:
                self._connect(end)
                wire = PipeWire(self._handle, listens=True)
                if wire.peer_process() == process:
                    self._taken = True
                    return wire
                win32pipe.DisconnectNamedPipe(self._handle)

        def close(self) -> None:
            """See ``Listener``. The pipe goes on where the helper has it."""
            if not self._taken:
                self._handle.Close()
            if self._process is not None:
                win32api.CloseHandle(self._process)

        def _connect(self, end: float) -> None:
            overlapped = _overlapped()
            try:
                if win32pipe.ConnectNamedPipe(self._handle, overlapped) == winerror.ERROR_PIPE_CONNECTED:
                    return
                left = max(0, int((end - time.monotonic()) * 1000))
                ready = win32event.WaitForMultipleObjects([overlapped.hEvent, self._process], False, left)
            except pywintypes.error as error:
                raise _os_error(error) from error
            if ready == win32event.WAIT_TIMEOUT:
                raise TimeoutError
            if ready == win32event.WAIT_OBJECT_0 + 1:
                raise ConnectionError("it ended before it had connected")

    def helper_command() -> list[str]:
        """The same program: ``wcn`` beside the frozen window, or this Python with our package.

        Never a virtual environment's own python.exe: that one starts the real Python as another process, and
        the pipe's peer would not be the process that was started (PC/venvlauncher.c of CPython).
        """
        if getattr(sys, "frozen", False):
            return [str(Path(sys.executable).with_name("wcn.exe"))]
        if sys.prefix == sys.base_prefix:
            return [sys.executable, "-I", "-m", "console.cli"]
        python = str(vars(sys)["_base_executable"])  # as multiprocessing finds it; it has no public name
        return [python, "-I", "-c", _OF_ENVIRONMENT, sysconfig.get_path("purelib")]

    def account_is_administrator() -> bool:
        """Whether this process has an administrator's rights, and not only its account."""
        return bool(shell.IsUserAnAdmin())

    def system_module_path() -> str:
        """Where only administrators can put modules: an elevated PowerShell must load no others."""
        programs = win32api.GetEnvironmentVariable("ProgramFiles") or r"C:\Program Files"
        system = win32api.GetSystemDirectory()
        return rf"{programs}\WindowsPowerShell\Modules;{system}\WindowsPowerShell\v1.0\Modules"

    def _overlapped() -> Any:
        overlapped = pywintypes.OVERLAPPED()
        overlapped.hEvent = win32event.CreateEvent(None, True, False, None)
        return overlapped

    def _only_us_and_administrators() -> Any:
        token = win32security.OpenProcessToken(win32api.GetCurrentProcess(), win32con.TOKEN_QUERY)
        user, _ = win32security.GetTokenInformation(token, win32security.TokenUser)
        me = win32security.ConvertSidToStringSid(user)
        attributes = win32security.SECURITY_ATTRIBUTES()
        attributes.SECURITY_DESCRIPTOR = win32security.ConvertStringSecurityDescriptorToSecurityDescriptor(
            f"D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;{me})", win32security.SDDL_REVISION_1
        )
        attributes.bInheritHandle = False
        return attributes

    def _os_error(error: Any) -> OSError:
        return OSError(0, error.strerror, None, error.winerror)
