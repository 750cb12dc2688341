"""The manifests for the Windows Package Manager, schema 1.6: version, installers, English words.

Which installer is taken follows from the scope that is asked for (winget install --scope user|machine).
Source: learn.microsoft.com, "Create your package manifest"; github.com/microsoft/winget-cli, schemas.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from shipping import product

SCHEMA = "1.6.0"
DOWNLOADS = "WCN_DOWNLOADS"
"""The variable with the address of the folder that people download the packages from."""


SCHEMA_ADDRESS = "https://aka.ms/winget-manifest.{kind}.{version}.schema.json"
"""Where Microsoft has the schema of each kind of manifest; editors look for it in the first line."""


def write_manifests(folder: Path, *, setup: Path, msi: Path, downloads: str) -> tuple[Path, ...]:
    """Write the three manifests of this version. ``downloads`` is the folder's address, https only.

    Raises ValueError for another kind of address: what is installed may not come unprotected.
    """
    if not downloads.startswith("https://"):
        raise ValueError(f"{DOWNLOADS} must begin with https://, and is {downloads}")
    downloads = downloads.rstrip("/")
    identifier = product.WINGET_IDENTIFIER
    documents: dict[str, dict[str, Any]] = {
        f"{identifier}.yaml": {"DefaultLocale": "en-US", **_kind("version")},
        f"{identifier}.installer.yaml": _installers(setup, msi, downloads) | _kind("installer"),
        f"{identifier}.locale.en-US.yaml": _words() | _kind("defaultLocale"),
    }
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, document in documents.items():
        path = folder / name
        head = {"PackageIdentifier": identifier, "PackageVersion": product.VERSION}
        path.write_text(_schema_line(document) + _yaml(head | document), encoding="utf-8")
        written.append(path)
    return tuple(written)


def _schema_line(document: Mapping[str, Any]) -> str:
    address = SCHEMA_ADDRESS.format(kind=document["ManifestType"], version=SCHEMA)
    return f"# yaml-language-server: $schema={address}\n"


def _kind(name: str) -> dict[str, str]:
    return {"ManifestType": name, "ManifestVersion": SCHEMA}


def _words() -> dict[str, Any]:
    return {
        "PackageLocale": "en-US",
        "Publisher": product.PUBLISHER,
        "PackageName": product.NAME,
        "License": "MIT",
        "Copyright": product.COPYRIGHT,
        "ShortDescription": product.SUMMARY,
        "Tags": ["containers", "docker", "hns", "networking", "windows-containers"],
    }


def _installers(setup: Path, msi: Path, downloads: str) -> dict[str, Any]:
    upgrade = f"{{{str(product.UPGRADE_CODE).upper()}}}"
    of_setup = {
        "Architecture": "x64",
        "InstallerType": "nullsoft",
        "Scope": "user",
        "InstallerUrl": f"{downloads}/{setup.name}",
        "InstallerSha256": _digest(setup),
        "InstallerSwitches": {"Custom": "/CurrentUser"},
        "ExpectedReturnCodes": [{"InstallerReturnCode": 3, "ReturnResponse": "packageInUse"}],
    }
    of_msi = {
        "Architecture": "x64",
        "InstallerType": "wix",
        "Scope": "machine",
        "InstallerUrl": f"{downloads}/{msi.name}",
        "InstallerSha256": _digest(msi),
        "AppsAndFeaturesEntries": [{"UpgradeCode": upgrade, "InstallerType": "wix"}],
    }
    return {
        "Platform": ["Windows.Desktop"],
        "MinimumOSVersion": f"10.0.{product.OLDEST_BUILD}.0",
        "InstallModes": ["interactive", "silent"],
        "UpgradeBehavior": "install",
        "Installers": [of_setup, of_msi],
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest().upper()


def _yaml(document: Mapping[str, Any]) -> str:
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 120
    stream = StringIO()
    yaml.dump(dict(document), stream)
    return stream.getvalue()
