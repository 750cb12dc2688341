"""Pack the program of the environment this runs in into one folder, and look at what came out.

It runs in the venv on each system, and under Wine in the Windows Python.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from shipping import bill_of_materials, product
from shipping.installers import PackingError, Staged

BUDGET_MEGABYTES = {"win32": 115, "linux": 170}
"""The folder may not be larger; a new library has to be worth its place. Linux carries ICU's data (31 MB) and
Qt's X11 libraries, which Windows has itself.
"""
ICON = product.OUTPUT / "console.ico"
BILL = "bill-of-materials.cdx.json"
LICENCES = "third-party-licences.txt"

OF_WINE = (b"Wine builtin DLL", b"Wine placeholder DLL")
OF_WINE_AT = 0x40
"""Where Wine marks its own libraries."""
STAND_INS = frozenset({"bcryptprimitives.dll", "icuuc.dll", "mscms.dll"})
FOR_DEVELOPERS = frozenset(
    {"hypothesis", "mypy", "pip", "psutil", "pytest", "ruff", "setuptools", "test", "tests"}
)


def freeze(target: Path) -> Path:
    """Make ``target``/bundle anew; returns it. Raises PackingError for what may not be in it."""
    from PyInstaller.__main__ import run

    from shipping.icon import write_icon

    # Both are read by PyInstaller, and make two builds of one commit alike.
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(product.source_time()))
    write_icon(ICON)
    bundle = target / "bundle"
    shutil.rmtree(bundle, ignore_errors=True)
    words = [
        "--noconfirm",
        "--log-level",
        "WARN",
        "--distpath",
        str(target),
        "--workpath",
        str(target / "work"),
    ]
    run([*words, str(product.PACKAGING / "console.spec")])
    (bundle / BILL).write_text(json.dumps(bill_of_materials.document(), indent=2) + "\n", encoding="utf-8")
    (bundle / LICENCES).write_text(bill_of_materials.licences(), encoding="utf-8")
    shutil.copy(product.ROOT / "LICENSE", bundle / "licence.txt")
    if complaints := tuple(complaints_about(bundle, sys.platform)):
        raise PackingError("\n".join(complaints))
    return bundle


def complaints_about(bundle: Path, platform: str) -> Iterator[str]:
    """What is in a bundle, or not in it, that may not be so."""
    if missing := bill_of_materials.without_licence_text():
        yield f"no licence text is known of {', '.join(missing)}"
    megabytes = Staged(bundle).size / 1e6
    if megabytes > BUDGET_MEGABYTES[platform]:
        yield f"the bundle has {megabytes:.1f} MB, and {BUDGET_MEGABYTES[platform]} MB are allowed"
    suffix = ".exe" if platform == "win32" else ""
    for program in product.PROGRAMS:
        if not (bundle / f"{program}{suffix}").is_file():
            yield f"there is no {program}{suffix}"
    for path in bundle.rglob("*"):
        if path.is_symlink() and not path.exists():
            yield f"{path.relative_to(bundle)} leads nowhere"
        elif path.is_file() and (path.name.lower() in STAND_INS or _is_of_wine(path)):
            yield f"{path.relative_to(bundle)} belongs to Wine and not to the product"
        elif path.parent.name == "_internal" and path.name.split("-")[0] in FOR_DEVELOPERS:
            yield f"{path.relative_to(bundle)} is a tool for developers"


def _is_of_wine(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(OF_WINE_AT + max(map(len, OF_WINE)))
    return head[:2] == b"MZ" and head[OF_WINE_AT:].startswith(OF_WINE)
