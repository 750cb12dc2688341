"""Programs that a test writes in Python and the console starts as any other."""

import io
import sys
import zipfile
from pathlib import Path


def make_program(folder: Path, name: str, source: str, options: str = "") -> Path:
    """A program of that name in ``folder``, to be started by its path; its ``argv[0]`` is that path.

    Where the system takes no file with a ``#!`` for a program, it gets before it what pip gives the
    scripts it installs: a launcher that reads that line.
    """
    first_line = f"#!{sys.executable} {options}".rstrip()
    if sys.platform != "win32":
        program = folder / name
        program.write_text(f"{first_line}\n{source}", encoding="utf-8")
        program.chmod(0o755)
        return program
    from pip._vendor import distlib

    program = folder / f"{name}.exe"
    launcher = Path(distlib.__file__).with_name("t64.exe").read_bytes()
    program.write_bytes(launcher + f"{first_line}\r\n".encode() + _archive(source))
    return program


def _archive(source: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("__main__.py", source)
    return written.getvalue()
