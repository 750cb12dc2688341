"""A process and everything it starts, so that all of it can be ended at once.

POSIX has process groups for that, Windows job objects. A process is put into its job before it is
given anything to do, so that nothing it starts can be outside.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any, Protocol


class ProcessTree(Protocol):
    """Ends what a process started, and the process."""

    def kill(self) -> None:
        """End all of it now. Nothing happens where it ended already."""

    def close(self) -> None:
        """Let go of what is held, after the process itself has ended."""


class ProcessGroup:
    """The group a process leads since it was started with ``start_new_session``."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def kill(self) -> None:
        """SIGKILL to the whole group."""
        if sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, signal.SIGKILL)

    def close(self) -> None:
        """Nothing is held."""


if sys.platform == "win32":
    import pywintypes
    import win32api
    import win32con
    import win32job

    class JobObject:
        """A job whose processes end when its handle is closed, also where the console is killed."""

        def __init__(self, pid: int) -> None:
            self._job = win32job.CreateJobObject(None, "")
            limits = win32job.QueryInformationJobObject(self._job, win32job.JobObjectExtendedLimitInformation)
            limits["BasicLimitInformation"]["LimitFlags"] |= win32job.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
            win32job.SetInformationJobObject(self._job, win32job.JobObjectExtendedLimitInformation, limits)
            access = win32con.PROCESS_SET_QUOTA | win32con.PROCESS_TERMINATE
            try:
                process = win32api.OpenProcess(access, False, pid)
                try:
                    win32job.AssignProcessToJobObject(self._job, process)
                finally:
                    win32api.CloseHandle(process)
            except pywintypes.error as error:
                raise OSError(error.winerror, error.strerror) from error

        def kill(self) -> None:
            """End every process of the job."""
            with suppress(pywintypes.error):  # the handle is closed: then all have ended
                win32job.TerminateJobObject(self._job, 1)

        def close(self) -> None:
            """Close the job, which ends what is left in it."""
            with suppress(pywintypes.error):
                win32api.CloseHandle(self._job)


def start_options() -> dict[str, Any]:
    """What a process must be started with, so that :func:`adopt` can take it."""
    if sys.platform == "win32":
        return {"creationflags": 0x08000000}  # CREATE_NO_WINDOW
    return {"start_new_session": True}


def adopt(pid: int) -> ProcessTree:
    """The tree of a process just started with :func:`start_options`, before it was given its work.

    Raises OSError where the system does not let it be taken.
    """
    if sys.platform == "win32":
        return JobObject(pid)
    return ProcessGroup(pid)
