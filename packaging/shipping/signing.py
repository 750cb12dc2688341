"""Authenticode signatures, with a certificate that only the environment knows.

On Linux osslsigncode reads a PKCS#12 file, on Windows signtool takes a certificate of the store by its
thumbprint: there a file's password would have to stand on a command line, which others can read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shipping import product

CERTIFICATE = "WCN_SIGNING_CERTIFICATE"
"""The PKCS#12 file (Linux)."""
PASSWORD = "WCN_SIGNING_PASSWORD"  # noqa: S105 (the variable's name)
"""The password of that file; none where it is not set."""
THUMBPRINT = "WCN_SIGNING_THUMBPRINT"
"""SHA-1 of a certificate with its key in this account's store (Windows)."""
TIMESTAMP = "WCN_SIGNING_TIMESTAMP"
"""The address of an RFC 3161 time stamping service. Without one, signatures end with the certificate."""


class SigningError(Exception):
    """A file could not be signed; the message has the tool's own words."""


@dataclass(frozen=True)
class Certificate:
    """Where the certificate is; ``place`` is a file or a thumbprint."""

    place: str
    password: str = ""
    timestamp: str = ""


def certificate(environ: Mapping[str, str], platform: str = sys.platform) -> Certificate | None:
    """The certificate that the environment names; None where it names none.

    Raises SigningError where it names one that is not there: that is no reason to ship unsigned.
    """
    variable = THUMBPRINT if platform == "win32" else CERTIFICATE
    place = environ.get(variable, "")
    if not place:
        return None
    if platform != "win32" and not Path(place).is_file():
        raise SigningError(f"{variable} names {place}, and there is no such file.")
    return Certificate(place, environ.get(PASSWORD, ""), environ.get(TIMESTAMP, ""))


def sign(files: Sequence[Path], given: Certificate) -> None:
    """Sign each file where it lies. Raises SigningError."""
    for file in files:
        if sys.platform == "win32":
            _run(signtool(given, file))
        else:
            _sign_on_linux(given, file)


def signtool(given: Certificate, file: Path | str) -> list[str]:
    """What signs ``file`` on Windows."""
    stamp = ["/tr", given.timestamp, "/td", "sha256"] if given.timestamp else []
    return ["signtool", "sign", "/sha1", given.place, "/fd", "sha256", *stamp, "/d", product.NAME, str(file)]


def _sign_on_linux(given: Certificate, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:  # only we can read in it
        secret = Path(folder) / "password"
        secret.write_text(given.password)
        signed = Path(folder) / file.name
        stamp = ["-ts", given.timestamp] if given.timestamp else []
        command = ["osslsigncode", "sign", "-pkcs12", given.place, "-readpass", str(secret), "-h", "sha256"]
        _run([*command, "-n", product.NAME, *stamp, "-in", str(file), "-out", str(signed)])
        shutil.copymode(file, signed)
        shutil.move(signed, file)


def _run(command: Sequence[str]) -> None:
    try:
        ran = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    except FileNotFoundError as error:
        raise SigningError(f"{command[0]} is not installed.") from error
    if ran.returncode:
        raise SigningError(f"{command[0]} ended with {ran.returncode}: {ran.stdout}{ran.stderr}")


def main() -> int:
    """Sign the files named on the command line: makensis calls this for the uninstaller it makes."""
    given = certificate(os.environ)
    if given is not None:
        sign([Path(word) for word in sys.argv[1:]], given)
    return 0
