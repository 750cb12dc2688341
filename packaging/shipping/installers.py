"""The set-up program and the Windows Installer package, both made of one folder by the real compilers."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from shipping import product, wix
from shipping.signing import Certificate, sign

MAKENSIS = "makensis"
WIX = ("candle", "light") if sys.platform == "win32" else ("wixl",)
"""What compiles the Windows Installer package: WiX 3 on Windows, elsewhere wixl, which reads the same."""
LARGEST_PATH = 180
"""Characters of a file's path below the folder, so that all of it stays below Windows' 260."""


class PackingError(Exception):
    """A package can't be made; the message says why."""


@dataclass(frozen=True)
class Staged:
    """A folder to be installed, whoever made it, and the version it is packed as."""

    folder: Path
    version: str = product.VERSION

    @property
    def files(self) -> tuple[PurePosixPath, ...]:
        """Its files, relative, in an order that does not depend on the disk.

        Raises PackingError for a path that Windows could not hold.
        """
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        found = tuple(sorted(PurePosixPath(path.relative_to(self.folder).as_posix()) for path in paths))
        if long := [path for path in found if len(str(path)) > LARGEST_PATH]:
            raise PackingError(f"this path is too long for Windows: {long[0]}")
        return found

    @property
    def size(self) -> int:
        """All its files' bytes; a link has next to none."""
        return sum((self.folder / path).lstat().st_size for path in self.files)

    def digest(self) -> str:
        """SHA-256 over the names and contents of all files."""
        digest = hashlib.sha256()
        for path in self.files:
            digest.update(f"{path}\0".encode())
            digest.update(hashlib.sha256((self.folder / path).read_bytes()).digest())
        return digest.hexdigest()


def missing(*tools: str) -> tuple[str, ...]:
    """Those of the compilers that are not installed."""
    return tuple(tool for tool in tools if shutil.which(tool) is None)


def make_setup(staged: Staged, target: Path, *, icon: Path, certificate: Certificate | None = None) -> Path:
    """Compile setup.nsi into ``target``; signs it and its uninstaller. Raises PackingError."""
    work = target.parent / f"{target.stem}-work"
    work.mkdir(parents=True, exist_ok=True)
    (work / "files.nsh").write_text("\n".join(_install_lines(staged)) + "\n", encoding="utf-8")
    (work / "uninstall.nsh").write_text("\n".join(_uninstall_lines(staged)) + "\n", encoding="utf-8")
    values = {
        "NAME": product.NAME,
        "IDENTIFIER": product.IDENTIFIER,
        "PUBLISHER": product.PUBLISHER,
        "COPYRIGHT": product.COPYRIGHT,
        "SUMMARY": product.SUMMARY,
        "OLDEST_BUILD": str(product.OLDEST_BUILD),
        "OLDEST_WINDOWS": product.OLDEST_WINDOWS,
        "SETUP_FOLDER": product.SETUP_FOLDER,
        "MSI_FOLDER": product.MSI_FOLDER,
        "VERSION": staged.version,
        "NUMBERS": product.dotted(staged.version),
        "KILOBYTES": str(staged.size // 1024),
        "ICON": str(icon),
        "FILES": str(work / "files.nsh"),
        "UNINSTALL_FILES": str(work / "uninstall.nsh"),
        "OUT": str(target),
    }
    if sys.platform != "win32":
        values["TARGET"] = "amd64-unicode"  # Debian's; the official makensis makes 32-bit set-ups only
    if certificate is not None:
        values["SIGN"] = f'"{sys.executable}" "{product.PACKAGING / "sign.py"}"'
    words = [f"-D{name}={value}" for name, value in values.items()]
    _run([MAKENSIS, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(product.PACKAGING / "setup.nsi")])
    if certificate is not None:
        sign([target], certificate)
    return target


def make_msi(staged: Staged, target: Path, *, icon: Path, certificate: Certificate | None = None) -> Path:
    """Compile the Windows Installer package into ``target``. Raises PackingError."""
    source = target.with_suffix(".wxs")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Other contents, other product: Windows Installer takes two packages of one code for the same.
    code = uuid.uuid5(product.UPGRADE_CODE, f"{staged.version} {staged.digest()}")
    # wixl finds files only by paths relative to the folder it is run in.
    around = staged.folder.parent
    beside = Path(os.path.relpath(icon, around)).as_posix()
    source.write_bytes(wix.document(staged.files, version=staged.version, product_code=code, icon=beside))
    if sys.platform == "win32":
        compiled = target.with_suffix(".wixobj")
        words = ["-nologo", "-arch", "x64", f"-dSource={staged.folder.name}", "-out", str(compiled)]
        _run(["candle", *words, str(source)], folder=around)
        _run(["light", "-nologo", "-spdb", "-out", str(target), str(compiled)], folder=around)
    else:
        words = ["-a", "x64", "-D", "Win64=yes", "-D", f"Source={staged.folder.name}", "-o", str(target)]
        _run(["wixl", *words, str(source)], folder=around)
    if certificate is not None:
        sign([target], certificate)
    return target


def _install_lines(staged: Staged) -> Iterator[str]:
    for folder in _folders(staged.files):
        yield f'SetOutPath "$INSTDIR\\{PureWindowsPath(folder)}"' if folder.parts else 'SetOutPath "$INSTDIR"'
        for path in staged.files:
            if path.parent == folder:
                yield f'File "{staged.folder / path}"'


def _uninstall_lines(staged: Staged) -> Iterator[str]:
    for path in staged.files:
        yield f'Delete "$INSTDIR\\{PureWindowsPath(path)}"'
    for folder in reversed(_folders(staged.files)):  # what is inside goes first
        if folder.parts:
            yield f'RMDir "$INSTDIR\\{PureWindowsPath(folder)}"'


def _folders(files: Sequence[PurePosixPath]) -> list[PurePosixPath]:
    """Every folder that files are in, and those around them, outer ones first."""
    return sorted({parent for path in files for parent in path.parents})


def _run(command: Sequence[str], folder: Path | None = None) -> None:
    try:
        ran = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", check=False
        )
    except FileNotFoundError as error:
        raise PackingError(f"{command[0]} is not installed") from error
    if ran.returncode:
        told = f"{ran.stdout}{ran.stderr}".strip()[-4000:]
        raise PackingError(f"{command[0]} ended with {ran.returncode}:\n{told}")
