"""A real Docker Engine for the tests.

Without ``dockerd`` or without root these tests are skipped; with ``WCN_REQUIRE_ENGINE=1`` (CI) they
fail instead, so that nobody takes a skip for a pass.
"""

import io
import json
import os
import shutil
import tarfile
from pathlib import Path

import pytest

from tests.engine.real_engine import RealEngine, reason_against


def _started(folder):
    reason = reason_against()
    if reason is not None:
        if os.environ.get("WCN_REQUIRE_ENGINE") == "1":
            pytest.fail(f"a real engine is required here: {reason}")
        pytest.skip(reason)
    engine = RealEngine(folder)
    try:
        engine.start()
    except BaseException:
        engine.stop()
        raise
    return engine


@pytest.fixture(scope="session")
def shared_engine(tmp_path_factory):
    engine = _started(tmp_path_factory.mktemp("engine"))
    yield engine
    engine.stop()


@pytest.fixture
def engine(shared_engine):
    """The shared engine without networks, containers and images of other tests."""
    yield shared_engine

    for container in json.loads(shared_engine.ask("GET", "/containers/json?all=1")[1]):
        shared_engine.ask("DELETE", f"/containers/{container['Id']}?force=1")
    shared_engine.ask("POST", "/networks/prune")


@pytest.fixture
def mortal_engine(tmp_path_factory):
    """An engine of one test's own, to be killed."""
    engine = _started(tmp_path_factory.mktemp("mortal"))
    yield engine
    engine.stop()


@pytest.fixture
def container(engine):
    """The id of a container that was made but never started, from an image without files.

    It belongs to the network ``home``.
    """
    assert engine.ask("POST", "/networks/create", json.dumps({"Name": "home"}))[0] == 201
    empty = io.BytesIO()
    tarfile.open(fileobj=empty, mode="w").close()
    engine.ask("POST", "/images/create?fromSrc=-&repo=empty", empty.getvalue(), "application/x-tar")

    body = json.dumps({"Image": "empty", "Cmd": ["/none"], "HostConfig": {"NetworkMode": "home"}})
    status, answer = engine.ask("POST", "/containers/create?name=box", body)
    assert status == 201, answer
    return json.loads(answer)["Id"]


@pytest.fixture
def busybox(engine):
    """The engine, with an image that holds Debian's static busybox and nothing else."""
    found = shutil.which("busybox")
    if found is None:
        pytest.skip("busybox-static is not installed")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        binary = tarfile.TarInfo("bin/busybox")
        binary.size, binary.mode = Path(found).stat().st_size, 0o755
        with Path(found).open("rb") as content:
            archive.addfile(binary, content)
        for name in (
            "sh",
            "sleep",
            "ip",
            "ifconfig",
            "hostname",
            "echo",
            "yes",
            "cat",
            "rm",
            "nc",
            "nslookup",
            "ping",
        ):
            link = tarfile.TarInfo(f"bin/{name}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            archive.addfile(link)
    status, told = engine.ask(
        "POST", "/images/create?fromSrc=-&repo=busybox&tag=test", packed.getvalue(), "application/x-tar"
    )
    assert status == 200, told
    return engine
