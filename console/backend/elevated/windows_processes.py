"""Which process started which one. Windows only."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _PROCESSES = 0x2  # TH32CS_SNAPPROCESS
    _NO_SNAPSHOT = wintypes.HANDLE(-1).value

    class _ProcessEntry(ctypes.Structure):
        """PROCESSENTRY32W (tlhelp32.h)."""

        _fields_ = (
            ("dwSize", wintypes.DWORD),
            ("cntUsage", wintypes.DWORD),
            ("th32ProcessID", wintypes.DWORD),
            ("th32DefaultHeapID", ctypes.c_size_t),
            ("th32ModuleID", wintypes.DWORD),
            ("cntThreads", wintypes.DWORD),
            ("th32ParentProcessID", wintypes.DWORD),
            ("pcPriClassBase", wintypes.LONG),
            ("dwFlags", wintypes.DWORD),
            ("szExeFile", wintypes.WCHAR * 260),
        )

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateToolhelp32Snapshot.argtypes = (wintypes.DWORD, wintypes.DWORD)
    _kernel.CreateToolhelp32Snapshot.restype = wintypes.HANDLE
    for _walk in (_kernel.Process32FirstW, _kernel.Process32NextW):
        _walk.argtypes = (wintypes.HANDLE, ctypes.POINTER(_ProcessEntry))
        _walk.restype = wintypes.BOOL
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)

    def parent_of(process: int) -> int | None:
        """The id of the process that started ``process``; None where that one is not there (any more).

        The parent may have ended, and its id be another's by now: that is told only by who holds a handle
        to it. Raises OSError.
        """
        snapshot = _kernel.CreateToolhelp32Snapshot(_PROCESSES, 0)
        if snapshot == _NO_SNAPSHOT:
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            entry = _ProcessEntry(dwSize=ctypes.sizeof(_ProcessEntry))
            there = _kernel.Process32FirstW(snapshot, ctypes.byref(entry))
            while there:
                if entry.th32ProcessID == process:
                    return int(entry.th32ParentProcessID)
                there = _kernel.Process32NextW(snapshot, ctypes.byref(entry))
            return None
        finally:
            _kernel.CloseHandle(snapshot)
