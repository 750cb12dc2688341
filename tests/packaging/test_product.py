"""What packages say of the product, from its one version."""

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from packaging.requirements import Requirement

from console.version import __version__
from shipping import bill_of_materials, product, winget
from shipping.distributions import foreign_packages, runtime
from shipping.icon import SIDES
from shipping.version_resource import version_resource


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("1.2.3", (1, 2, 3)), ("2.0rc1", (2, 0, 0)), ("1.4.0-dev", (1, 4, 0)), ("3", (3, 0, 0))],
)
def test_that_a_version_has_three_numbers_for_windows(version, numbers):
    assert product.numbers(version) == numbers


@pytest.mark.parametrize("version", ["256.0.0", "1.256.0", "1.0.65535", "1.2.3.4"])
def test_that_a_version_that_windows_installer_can_not_compare_is_refused(version):
    with pytest.raises(ValueError, match="can't compare"):
        product.numbers(version)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_that_the_time_of_a_build_is_the_commits(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=product.ROOT, capture_output=True, text=True, check=False
    )
    if asked.returncode:
        pytest.skip("this is no repository")
    assert product.source_time() == int(asked.stdout)


def test_that_without_git_the_time_of_a_build_is_the_versions(monkeypatch, tmp_path):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert product.source_time() == int((product.ROOT / "console" / "version.py").stat().st_mtime)


def test_that_the_time_of_a_build_can_be_given(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert product.source_time() == 1700000000


@pytest.mark.skipif(sys.platform != "win32", reason="PyInstaller reads it on Windows only")
@pytest.mark.parametrize("program", list(product.PROGRAMS))
def test_that_the_version_resource_is_what_pyinstaller_reads(program):
    # Installed for dev.py package and not for dev.py test.
    versioninfo = pytest.importorskip("PyInstaller.utils.win32.versioninfo")
    resource = version_resource(program)
    read = eval(resource, vars(versioninfo))  # as PyInstaller does
    fixed = read.ffi
    assert (
        fixed.fileVersionMS >> 16,
        fixed.fileVersionMS & 0xFFFF,
        fixed.fileVersionLS >> 16,
    ) == product.numbers()
    strings = {one.name: one.val for one in read.kids[0].kids[0].kids}
    assert strings["ProductVersion"] == __version__
    assert strings["OriginalFilename"] == f"{program}.exe"
    assert strings["FileDescription"] == product.PROGRAMS[program]


def test_that_the_manifest_asks_for_no_rights_and_knows_screens_paths_and_utf_8():
    tree = ElementTree.parse(product.PACKAGING / "application.manifest")
    said = {element.tag.rpartition("}")[2]: (element.text or "").strip() for element in tree.iter()}
    (level,) = (element for element in tree.iter() if element.tag.endswith("requestedExecutionLevel"))
    assert level.get("level") == "asInvoker"
    assert said["dpiAwareness"] == "PerMonitorV2"
    assert said["activeCodePage"] == "UTF-8"
    assert said["longPathAware"] == "true"


def test_that_the_icon_has_every_size_and_is_the_same_each_time(icon, tmp_path):
    from PySide6.QtGui import QImageReader

    from shipping.icon import write_icon

    write_icon(tmp_path / "again.ico")
    assert (tmp_path / "again.ico").read_bytes() == icon.read_bytes()
    reader = QImageReader(str(icon))
    assert reader.imageCount() == len(SIDES)
    for number, side in enumerate(SIDES):
        reader.jumpToImage(number)
        image = reader.read()
        assert (image.width(), image.height()) == (side, side)
        corner, middle = image.pixelColor(0, 0), image.pixelColor(side // 2, side - side // 8 - 1)
        assert corner.alpha() < 255
        assert middle.blue() > middle.red(), "the ground is blue"


def test_that_what_is_packed_is_what_the_project_asks_for_and_no_tools():
    names = {one.metadata["Name"].lower().replace("_", "-") for one in runtime()}
    assert {"docker", "pydantic-core", "pyside6-essentials", "urllib3"} <= names
    assert not {"pytest", "mypy", "hypothesis", "pip"} & names
    assert {"pytest", "hypothesis"} <= set(foreign_packages())
    assert not {"PySide6", "docker", "console"} & set(foreign_packages())
    # What each asks for on this system is there too.
    for one in runtime():
        for requirement in map(Requirement, one.requires or ()):
            if requirement.marker is None:
                assert requirement.name.lower().replace("_", "-").replace(".", "-") in {
                    name.replace(".", "-") for name in names
                }


def test_that_the_bill_of_materials_is_whole_and_the_same_each_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    document = json.loads(json.dumps(bill_of_materials.document()))
    assert document == bill_of_materials.document()
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    assert document["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    references = [component["bom-ref"] for component in document["components"]]
    assert len(references) == len(set(references)) == len(runtime()) + 1
    assert set(document["dependencies"][0]["dependsOn"]) == set(references)
    assert all(component["licenses"] for component in document["components"])
    docker = next(one for one in document["components"] if one["name"] == "docker")
    assert docker["purl"] == f"pkg:pypi/docker@{docker['version']}"
    assert docker["licenses"] == [{"expression": "Apache-2.0"}]


def test_that_the_licence_of_each_part_is_told_in_full():
    assert not bill_of_materials.without_licence_text()
    told = bill_of_materials.licences()
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in told
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in told


DIGEST_OF_PACKAGE = "b0b2a3a04a80d5569f9b7575ef5ee3bc4f9244b4fb754c936868767193dfa391"


@pytest.fixture
def packages(tmp_path):
    made = tmp_path / "setup.exe", tmp_path / "package.msi"
    for path in made:
        path.write_bytes(path.name.encode())
    return made


def test_that_winget_gets_both_installers_by_scope(packages, tmp_path):
    from ruamel.yaml import YAML

    setup, msi = packages
    written = winget.write_manifests(
        tmp_path / "winget", setup=setup, msi=msi, downloads="https://downloads.example.com/0.1/"
    )
    documents = {path.name: YAML(typ="safe").load(path) for path in written}
    assert {document["PackageVersion"] for document in documents.values()} == {__version__}
    assert {document["ManifestType"] for document in documents.values()} == {
        "version",
        "installer",
        "defaultLocale",
    }
    for path in written:
        kind = documents[path.name]["ManifestType"]
        assert path.read_text(encoding="utf-8").splitlines()[0] == (
            f"# yaml-language-server: $schema=https://aka.ms/winget-manifest.{kind}.1.6.0.schema.json"
        )
    manifest = documents[f"{product.WINGET_IDENTIFIER}.installer.yaml"]
    assert manifest["MinimumOSVersion"] == "10.0.17763.0"
    installers = manifest["Installers"]
    assert [(one["Scope"], one["InstallerType"]) for one in installers] == [
        ("user", "nullsoft"),
        ("machine", "wix"),
    ]
    assert installers[0]["InstallerUrl"] == "https://downloads.example.com/0.1/setup.exe"
    # What `printf package.msi | sha256sum` prints.
    assert installers[1]["InstallerSha256"].lower() == DIGEST_OF_PACKAGE


def test_that_winget_is_given_no_unprotected_address(packages, tmp_path):
    setup, msi = packages
    with pytest.raises(ValueError, match="https"):
        winget.write_manifests(
            tmp_path / "winget", setup=setup, msi=msi, downloads="http://downloads.example.com"
        )
