"""What every test gets: an offscreen Qt and a profile of its own, never the developer's."""

import os
import sys

from console.offscreen import draw_offscreen

draw_offscreen(os.environ)
# The tests speak English and know no proxy, whatever the machine is set to.
os.environ["LC_ALL"] = "C.UTF-8"
for _name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
    os.environ.pop(_name, None)
    os.environ.pop(_name.upper(), None)
for _name in ("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_CONFIG"):
    os.environ.pop(_name, None)

import hypothesis  # noqa: E402
import pytest  # noqa: E402 (the environment must be set before Qt and docker are imported)

# shiboken's import hook collides with pydantic's lazy imports when PySide6 is imported first.
import console.domain.plan  # noqa: E402
import console.domain.snapshot  # noqa: E402, F401
from console.paths import Profile  # noqa: E402
from tests.figures import figure, pytest_terminal_summary  # noqa: E402, F401 (for pytest to find)
from tests.wine import is_wine, reason_against  # noqa: E402

# A busy machine makes examples slowly and is no fault of the code; what code may take is the bench's matter.
hypothesis.settings.register_profile(
    "console", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("console")

EXIT_STATUS = pytest.StashKey[int]()


@pytest.fixture
def profile(tmp_path) -> Profile:
    return Profile(tmp_path / "profile")


def pytest_addoption(parser):
    parser.addoption("--pictures", metavar="FOLDER", help="keep the tours' pictures in this folder")


def pytest_collection_modifyitems(items):
    if not is_wine():
        return
    for item in items:
        if reason := reason_against(item.nodeid):
            item.add_marker(pytest.mark.skip(reason=f"not under Wine: {reason}"))


def pytest_sessionfinish(session, exitstatus):
    session.config.stash[EXIT_STATUS] = int(exitstatus)


def pytest_unconfigure(config):
    # Wine 8 aborts (c0000409) when Python takes Qt down after pytest, and the exit code would be Wine's.
    if is_wine() and "PySide6.QtWidgets" in sys.modules:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash.get(EXIT_STATUS, 3))
