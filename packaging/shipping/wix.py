"""The source of the Windows Installer package, in the part of WiX 3 that wixl knows.

One component for each file, as Windows Installer's rules want it: its id and GUID follow from the path,
so that an upgrade knows the file again.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from pathlib import PurePosixPath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from shipping import product

NAMESPACE = "http://schemas.microsoft.com/wix/2006/wi"
OWN_KEY = f"Software\\{product.IDENTIFIER}"
CONDITIONS = {
    "NOT NEWERVERSION": f"A newer version of {product.NAME} is already installed.",
    f"WINDOWSBUILD >= {product.OLDEST_BUILD}": f"{product.NAME} needs {product.OLDEST_WINDOWS} or later.",
    "NOT SETUPFOLDER": f"The set-up program has installed {product.NAME} for all accounts, in [SETUPFOLDER]. "
    "Remove it in Settings > Apps, then install this package.",
}
"""What must hold where the package is not installed yet, and what is told where it does not. A registry value
whose text is a number is compared as one (Windows Installer, "Conditional Statement Syntax")."""
PATHS_KEY = "Software\\Microsoft\\Windows\\CurrentVersion\\App Paths"


def document(files: Sequence[PurePosixPath], *, version: str, product_code: uuid.UUID, icon: str) -> bytes:
    """The source for ``files``, which are looked for below ``$(var.Source)``; ``icon`` is relative too."""
    root = Element("Wix", xmlns=NAMESPACE)
    made = SubElement(
        root,
        "Product",
        Id=_guid(product_code),
        Name=product.NAME,
        Manufacturer=product.PUBLISHER,
        Version=product.dotted(version),
        Language="1033",
        UpgradeCode=_guid(product.UPGRADE_CODE),
    )
    SubElement(
        made,
        "Package",
        InstallerVersion="500",
        Compressed="yes",
        InstallScope="perMachine",
        Description=product.SUMMARY,
        Manufacturer=product.PUBLISHER,
    )
    _add_conditions(made, version)
    SubElement(made, "Media", Id="1", Cabinet="console.cab", EmbedCab="yes")
    SubElement(made, "Icon", Id="Console.ico", SourceFile=icon)
    for name, value in (("ARPPRODUCTICON", "Console.ico"), ("ARPNOMODIFY", "1")):
        SubElement(made, "Property", Id=name, Value=value)
    top = SubElement(made, "Directory", Id="TARGETDIR", Name="SourceDir")
    around = SubElement(top, "Directory", Id="ProgramFiles64Folder")
    folder = SubElement(around, "Directory", Id="INSTALLDIR", Name=product.NAME)
    menu = SubElement(top, "Directory", Id="ProgramMenuFolder")
    feature = SubElement(made, "Feature", Id="Main", Level="1", Title=product.NAME)
    _add_shortcut(menu, feature)
    _add_folder(folder, PurePosixPath("."), files, feature)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_conditions(made: Element, version: str) -> None:
    """What is replaced, and where nothing is installed.

    The old version's files go before the new ones come, so that none is left behind. That a package of the
    same version replaces another has to be said in this long way: wixl knows no AllowSameVersionUpgrades.
    """
    following = product.dotted_next(version)
    upgrade = SubElement(made, "Upgrade", Id=_guid(product.UPGRADE_CODE))
    replaced = {"Minimum": "0.0.0", "IncludeMinimum": "yes", "Maximum": following, "IncludeMaximum": "no"}
    SubElement(upgrade, "UpgradeVersion", replaced, Property="REPLACEDVERSIONS")
    newer = {"Minimum": following, "IncludeMinimum": "yes", "OnlyDetect": "yes"}
    SubElement(upgrade, "UpgradeVersion", newer, Property="NEWERVERSION")
    sequence = SubElement(made, "InstallExecuteSequence")
    SubElement(sequence, "RemoveExistingProducts", After="InstallValidate")
    _add_search(made, "WINDOWSBUILD", "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", "CurrentBuildNumber")
    _add_search(made, "SETUPFOLDER", OWN_KEY, product.SETUP_FOLDER)
    for holds, message in CONDITIONS.items():
        SubElement(made, "Condition", Message=message).text = f"Installed OR {holds}"


def _add_search(made: Element, name: str, key: str, value: str) -> None:
    """The property ``name`` is that value of all accounts' registry; it is not set where there is none."""
    found = SubElement(made, "Property", Id=name)
    where = {"Root": "HKLM", "Key": key, "Name": value, "Type": "raw", "Win64": "yes"}
    SubElement(found, "RegistrySearch", where, Id=f"Search{name}")


def _add_folder(
    element: Element, folder: PurePosixPath, files: Sequence[PurePosixPath], feature: Element
) -> None:
    for path in files:
        if path.parent == folder:
            _add_file(element, path, feature)
    inside = {path for file in files for path in file.parents if path.parent == folder and path != folder}
    for path in sorted(inside):
        _add_folder(SubElement(element, "Directory", Id=_id("d", path), Name=path.name), path, files, feature)


def _add_file(element: Element, path: PurePosixPath, feature: Element) -> None:
    guid = uuid.uuid5(product.UPGRADE_CODE, str(path))
    component = SubElement(element, "Component", Id=_id("c", path), Guid=_guid(guid), Win64="yes")
    identifier = _id("f", path)
    SubElement(component, "File", Id=identifier, Source=f"$(var.Source)/{path}", KeyPath="yes")
    if str(path) == f"{product.WINDOW_PROGRAM}.exe":
        _add_registry(component, OWN_KEY, "[INSTALLDIR]", name=product.MSI_FOLDER)
    if path.suffix == ".exe" and path.stem in product.PROGRAMS:
        _add_registry(component, f"{PATHS_KEY}\\{path.name}", f"[INSTALLDIR]{path.name}")
    SubElement(feature, "ComponentRef", Id=_id("c", path))


def _add_shortcut(menu: Element, feature: Element) -> None:
    """The entry of the Start menu, a component of its own.

    What is in a profile may have no file for its key path, but a value of the account that installs
    (Windows Installer's ICE43 and ICE57).
    """
    guid = _guid(uuid.uuid5(product.UPGRADE_CODE, "the entry of the Start menu"))
    component = SubElement(menu, "Component", Id="StartMenu", Guid=guid, Win64="yes")
    SubElement(
        component,
        "Shortcut",
        Id="StartMenu",
        Name=product.NAME,
        Description=product.SUMMARY,
        WorkingDirectory="INSTALLDIR",
        Advertise="no",
        Target=f"[INSTALLDIR]{product.WINDOW_PROGRAM}.exe",
    )
    key = {"Root": "HKCU", "Key": OWN_KEY, "Name": "StartMenu", "Type": "integer", "Value": "1"}
    SubElement(component, "RegistryValue", key, KeyPath="yes")
    SubElement(feature, "ComponentRef", Id="StartMenu")


def _add_registry(component: Element, key: str, value: str, *, name: str | None = None) -> None:
    added = SubElement(component, "RegistryValue", Root="HKLM", Key=key, Type="string", Value=value)
    if name is not None:
        added.set("Name", name)


def _id(kind: str, path: PurePosixPath) -> str:
    """Windows Installer's ids are letters, digits, points and underscores, 72 at most."""
    return f"{kind}_{hashlib.sha256(str(path).encode()).hexdigest()[:32]}"


def _guid(code: uuid.UUID) -> str:
    return str(code).upper()
