"""Every module that is loaded late, loaded now: what a packed program lacks shows here, not in use."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator

import console
from console.self_test.report import Facts, PartFailedError

EVERYWHERE = (
    "aiohttp.web",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.x509",
    "docker.constants",
    "docker.errors",
    "docker.tls",
    "docker.transport.unixconn",
    "keyring.backend",
    "keyring.errors",
    "platformdirs",
    "pydantic",
    "pydantic_core",
    "pypsrp.client",
    "pypsrp.exceptions",
    "pypsrp.powershell",
    "pypsrp.wsman",
    "PySide6.QtCore",
    "PySide6.QtGui",
    "PySide6.QtNetwork",
    "PySide6.QtSvg",
    "PySide6.QtWidgets",
    "qasync",
    "requests.adapters",
    "ruamel.yaml.error",
    "ruamel.yaml.nodes",
    "spnego.exceptions",
    "sqlite3",
    "ssl",
    "truststore",
    "typing_extensions",
    "urllib3.exceptions",
)
ON_WINDOWS = (
    "docker.transport.npipeconn",
    "keyring.backends.Windows",
    "msvcrt",
    "platformdirs.windows",
    "pywintypes",
    "spnego._sspi",
    "win32api",
    "win32com.shell.shell",
    "win32com.shell.shellcon",
    "win32con",
    "win32event",
    "win32file",
    "win32job",
    "win32pipe",
    "win32process",
    "win32security",
    "win32timezone",  # pywin32's C code imports it for each file time
    "winerror",
    "winreg",
)
ELSEWHERE = ("fcntl", "platformdirs.unix")

NOT_FOR_WINDOWS = frozenset({"console.backend.elevated.unix_socket"})
"""Modules of ours that refuse to be imported there."""


def late_modules(platform: str) -> tuple[str, ...]:
    """The modules of others that the console or its libraries import while they run.

    ``platform`` is spelled as ``sys.platform``. The packing reads them from here too.
    """
    return (*EVERYWHERE, *(ON_WINDOWS if platform == "win32" else ELSEWHERE))


def load_all() -> Facts:
    """Import them and every module of the console. Raises PartFailedError with each that can't be."""
    own = tuple(_own_modules())
    others = late_modules(sys.platform)
    failures = [failure for name in (*own, *others) if (failure := _import(name))]
    if failures:
        raise PartFailedError("\n".join(failures))
    return {"own": len(own), "others": len(others)}


def _own_modules() -> Iterator[str]:
    left_out = NOT_FOR_WINDOWS if sys.platform == "win32" else frozenset[str]()
    walked = pkgutil.walk_packages(console.__path__, "console.")
    return (module.name for module in walked if module.name not in left_out)


def _import(name: str) -> str:
    """What importing it raises; a missing library is an ImportError, a broken one may be anything."""
    try:
        importlib.import_module(name)
    except Exception as error:  # noqa: BLE001 # every module that fails is told, not only the first
        return f"{name}: {type(error).__name__}: {error}"
    return ""
