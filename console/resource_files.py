"""Where the files of ``resources/`` are, from a checkout, an installed package and a frozen program."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of one resource, such as ``resource("icons", "shield.svg")``.

    In a checkout ``resources/`` lies beside the package, as the project's shape wants it; a wheel
    and the frozen program carry it inside the package (pyproject.toml maps it there).
    """
    inside = _HERE / "resources"
    root = inside if inside.is_dir() else _HERE.parent / "resources"
    return root.joinpath(*parts)
