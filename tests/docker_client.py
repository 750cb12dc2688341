"""The docker command line client on this machine, as the tests need it."""

import functools
import os
import re
import shutil
import subprocess

import pytest

KNOWS_OUR_FLAGS = 28
"""The client whose flags, words and refusals are compared: 28.0 brought ``--ipv4`` and others."""
ON_WINDOWS = (
    "SystemRoot", "ProgramData", "ProgramFiles", "USERPROFILE", "PATHEXT", "TEMP"
)  # fmt: skip
"""What the client can't do without there: sockets, the folders of its plugins, its home, temporary files."""


def client_environment(**own: str) -> dict[str, str]:
    """The environment for a client that shall see nothing of the developer's own but the PATH.

    ``own`` is what the test sets, over all else.
    """
    system = ON_WINDOWS if os.name == "nt" else ()
    return {name: os.environ[name] for name in ("PATH", *system) if name in os.environ} | own


@functools.cache
def _major_version(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"version (\d+)", told)
    assert found is not None, told
    return int(found[1])


def client_or_skip(*, at_least: int = 0) -> str:
    """The client's path. Skips where there is none (in CI that fails), or only an older one."""
    program = shutil.which("docker")
    if program is None:
        assert "CI" not in os.environ, "CI needs the docker client"
        pytest.skip("no docker client on the PATH")
    if _major_version(program) < at_least:
        pytest.skip(f"the docker client is older than {at_least}: it knows other flags and words")
    return program
