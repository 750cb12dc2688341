"""What ``dev.py package`` does: build what this system can, prove it, and say what it can't."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from shipping import figures, installers, product, signing, winget
from shipping.installers import PackingError, Staged
from shipping.signing import Certificate
from shipping.windows_python import WindowsPython

WINDOWS_PYTHON = product.ROOT / ".build" / "windows"
LONGEST_FREEZE = 1800.0
NEWER = "99.0.0"
"""The version of packages that only an upgrade is tried with."""


def build() -> list[Path]:
    """Pack the program of this system. Raises PackingError and SigningError."""
    windows = sys.platform == "win32"
    target = product.OUTPUT / ("windows" if windows else sys.platform)
    # A process of its own, in which no set is ordered by chance.
    ran = subprocess.run(
        [sys.executable, product.PACKAGING / "freeze.py", target],
        env={**os.environ, **_repeatable()},
        check=False,
    )
    if ran.returncode:
        raise PackingError(f"the packing ended with {ran.returncode}")
    bundle = target / "bundle"
    if windows:
        return [bundle, *_windows_packages(bundle)]
    _say(*figures.bundle_lines(bundle, sys.platform))
    return [bundle]


def build_windows_on_linux() -> list[Path]:
    """The Windows bundle, frozen by a Windows Python under Wine, and its packages."""
    python = WindowsPython(WINDOWS_PYTHON)
    _say("Setting up a Windows Python under Wine")
    python.set_up()
    target = product.OUTPUT / "windows"
    _say("Packing the Windows program in it")
    try:
        ran = python.run(
            product.PACKAGING / "freeze.py",
            target,
            timeout=LONGEST_FREEZE,
            **_repeatable(),
        )
    finally:
        python.wine.end()
    if ran.code:
        raise PackingError(f"the Windows Python ended with {ran.code}:\n{ran.output[-6000:]}")
    bundle = target / "bundle"
    return [bundle, *_windows_packages(bundle)]


def _repeatable() -> dict[str, str]:
    """What makes two builds of one commit as alike as PyInstaller can."""
    return {"SOURCE_DATE_EPOCH": str(product.source_time()), "PYTHONHASHSEED": "1"}


def _windows_packages(bundle: Path) -> Iterator[Path]:
    """Signed programs, the set-up, the Windows Installer package and the manifests for winget."""
    _say(*figures.bundle_lines(bundle, "win32"))
    certificate = signing.certificate(os.environ)
    if certificate is None:
        variable = signing.THUMBPRINT if sys.platform == "win32" else signing.CERTIFICATE
        _say(f"Nothing is signed: {variable} names no certificate.")
    else:
        signing.sign([bundle / f"{program}.exe" for program in product.PROGRAMS], certificate)
    made = []
    for package in _compiled(Staged(bundle), bundle.parent, certificate):
        made.append(package)
        yield package
    downloads = os.environ.get(winget.DOWNLOADS, "")
    if len(made) == 2 and downloads:
        setup, msi = made
        yield from winget.write_manifests(bundle.parent / "winget", setup=setup, msi=msi, downloads=downloads)
    else:
        _say(f"No manifests for winget: {winget.DOWNLOADS} does not say where the packages will lie.")


def build_newer() -> list[Path]:
    """The Windows bundle that is there already, packed as a version far ahead.

    Raises PackingError and SigningError.
    """
    bundle = product.OUTPUT / "windows" / "bundle"
    staged = Staged(bundle, NEWER)
    if not staged.files:
        raise PackingError(f"there is nothing in {bundle} yet: build without --newer first")
    return list(_compiled(staged, bundle.parent / "newer", signing.certificate(os.environ)))


def _compiled(staged: Staged, target: Path, certificate: Certificate | None) -> Iterator[Path]:
    """The set-up and the Windows Installer package; says so where a compiler of one is missing."""
    from shipping.freeze import ICON

    stem = f"{product.IDENTIFIER}-{staged.version}-x64"
    for compilers, make, name in (
        ((installers.MAKENSIS,), installers.make_setup, f"{stem}-setup.exe"),
        (installers.WIX, installers.make_msi, f"{stem}.msi"),
    ):
        if missing := installers.missing(*compilers):
            _say(f"No {name}: {', '.join(missing)} is not installed.")
            continue
        package = make(staged, target / name, icon=ICON, certificate=certificate)
        _say(f"{name}: {package.stat().st_size / 1e6:.1f} MB")
        yield package


def prove(words: Sequence[str], **environment: str) -> int:
    """Run the tests of packages, with their figures; those that need what is not here fail."""
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-s", "-p", "no:cacheprovider", "tests/packaging"]
    required = {"WCN_REQUIRE_PACKAGES": "1", **environment}
    return subprocess.run(
        [*command, *words], cwd=product.ROOT, env={**os.environ, **required}, check=False
    ).returncode


def _say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)
