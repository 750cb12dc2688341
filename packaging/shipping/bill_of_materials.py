"""What the packages are made of: a CycloneDX document, and the licences of all of it.

Both are read from the metadata of the environment that is packed, so they can't name other versions.
CycloneDX 1.6: cyclonedx.org/docs/1.6/json.
"""

from __future__ import annotations

import platform
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import canonicalize_name

from shipping import product
from shipping.distributions import runtime

Json = Mapping[str, Any]

LICENCE_TEXTS = product.PACKAGING / "licences"
QT_TEXTS = ("LGPL-3.0.txt", "GPL-3.0.txt")
"""Qt for Python is used under the LGPL, whose text refers to the GPL's; its wheels carry neither."""
QT_DISTRIBUTIONS = frozenset({"pyside6-essentials", "shiboken6"})
QT_NOTICE = (
    "Qt and Qt for Python are used unchanged, as separate libraries in _internal/PySide6, under the GNU "
    "Lesser General Public License, version 3. You may replace these libraries by others of the same "
    "interface. Their source is published by The Qt Company."
)


def document() -> Json:
    """The bill of materials. Two builds of one commit make the same document."""
    components = [_component(one) for one in runtime()]
    python = _python()
    main = f"{product.DISTRIBUTION}@{product.VERSION}"
    named = ",".join(str(one["bom-ref"]) for one in components)
    moment = datetime.fromtimestamp(product.source_time(), UTC)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(product.UPGRADE_CODE, f'{main} {sys.platform} {named}')}",
        "version": 1,
        "metadata": {
            "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": main,
                "name": product.NAME,
                "version": product.VERSION,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": [python, *components],
        "dependencies": [
            {"ref": main, "dependsOn": [python["bom-ref"], *(one["bom-ref"] for one in components)]}
        ],
    }


def licences() -> str:
    """The licence of each part, with its text."""
    sections = [_section("Python", platform.python_version(), "PSF-2.0", _python_licence())]
    sections += [
        _section(one.metadata["Name"], one.version, _licence_words(one), _licence_text(one))
        for one in runtime()
    ]
    return f"{product.NAME} {product.VERSION} contains the following.\n\n" + "\n".join(sections)


def without_licence_text() -> tuple[str, ...]:
    """The parts whose licence text is nowhere to be found; none may be."""
    return tuple(one.metadata["Name"] for one in runtime() if not _licence_text(one).strip())


def _component(one: Distribution) -> Json:
    name = canonicalize_name(one.metadata["Name"])
    identifier = f"pkg:pypi/{name}@{one.version}"
    words = _licence_words(one)
    return {
        "type": "library",
        "bom-ref": identifier,
        "name": name,
        "version": one.version,
        "purl": identifier,
        "licenses": [_licence_entry(words)] if words else [],
    }


def _licence_entry(words: str) -> Json:
    """An SPDX expression as one; what older metadata says in its own words as a name."""
    try:
        return {"expression": canonicalize_license_expression(words)}
    except InvalidLicenseExpression:
        return {"license": {"name": words}}


def _python() -> Json:
    version = platform.python_version()
    return {
        "type": "platform",
        "bom-ref": f"pkg:generic/python@{version}",
        "name": "python",
        "version": version,
        "purl": f"pkg:generic/python@{version}",
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }


def _licence_words(one: Distribution) -> str:
    """The licence's name: the metadata has had three ways to tell it."""
    metadata = one.metadata
    for field in ("License-Expression", "License"):
        words = str(metadata[field] or "").strip() if field in metadata else ""
        if words and "\n" not in words:  # older metadata may hold the whole text
            return words
    classifiers = [str(line) for line in metadata.get_all("Classifier") or ()]
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    return " OR ".join(named)


def _licence_text(one: Distribution) -> str:
    """Every licence and notice file of a distribution, one after another."""
    name = canonicalize_name(one.metadata["Name"])
    if name in QT_DISTRIBUTIONS:
        texts = [(LICENCE_TEXTS / file).read_text(encoding="utf-8") for file in QT_TEXTS]
        return "\n\n".join((QT_NOTICE, *texts)) if name == "pyside6-essentials" else QT_NOTICE
    kept = LICENCE_TEXTS / f"{name}.txt"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    return "\n\n".join(path.read_text(encoding="utf-8", errors="replace") for path in _licence_files(one))


def _licence_files(one: Distribution) -> Iterator[Path]:
    words = ("licen", "copying", "notice", "authors")
    for file in one.files or ():
        inside = any(part.endswith(".dist-info") for part in file.parts)
        if inside and any(word in file.name.lower() for word in words):
            yield Path(str(one.locate_file(file)))


def _python_licence() -> str:
    """The text that Python's own installation carries."""
    places: Sequence[Path] = (
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "LICENSE.txt",
        Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright"),
    )
    for place in places:
        if place.is_file():
            return place.read_text(encoding="utf-8", errors="replace")
    raise FileNotFoundError(f"Python's licence is in none of {', '.join(map(str, places))}")


def _section(name: str, version: str, words: str, text: str) -> str:
    line = "=" * 78
    return f"{line}\n{name} {version}\n{words}\n{line}\n\n{text.strip()}\n"
