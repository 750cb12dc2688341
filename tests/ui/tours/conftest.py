from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from console.startup import KnownHosts, Practice
from console.ui.theme import Theme
from tests.person import Person


def pytest_collection_modifyitems(config, items):
    """Without pictures nobody sees the dark colours: each tour is then made once."""
    if config.getoption("--pictures"):
        return
    unseen = [one for one in items if _is_dark(one)]
    config.hook.pytest_deselected(items=unseen)
    items[:] = [one for one in items if not _is_dark(one)]


def _is_dark(item):
    spec = getattr(item, "callspec", None)
    here = item.path.parent == Path(__file__).parent
    return here and spec is not None and spec.params.get("look") == "dark"


@pytest.fixture(params=["light", "dark"])
def look(request):
    """The colours a tour is made in; the dark ones where pictures are asked for."""
    return Theme(request.param)


@pytest.fixture
def pictures(request, tmp_path):
    """The folder for the tour's pictures: the one asked for with ``--pictures``, else the test's own."""
    folder = request.config.getoption("--pictures")
    chosen = Path(folder) if folder else tmp_path
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


class Visitor(Person):
    """A person who takes pictures of what is in front, with the window behind it."""

    def __init__(self, qtbot, window, folder, prefix):
        super().__init__(qtbot, window)
        self._folder = folder
        self._prefix = prefix
        self._taken = 0

    def picture(self, title):
        """Photograph what is in front; the file's name begins with its number on the tour."""
        self._taken += 1
        for _ in range(3):  # what a page has just added is shown by a posted event, and laid out by others
            QApplication.sendPostedEvents()
        file = self._folder / f"{self._prefix}-{self._taken:02}-{title}.png"
        shot = self.in_front.grab()
        assert not shot.isNull()
        assert shot.save(str(file))
        return file


@pytest.fixture
def visit(appearance, look, session, practice, make_window, pictures, profile, run, qtbot):
    """Opens the real window on a practice host and gives the visitor before it."""
    appearance.choose(look)

    def open_window(name, *, scenario="crowded", os_build=20348, size=(1180, 760)):
        run(session.open(practice(scenario=scenario, os_build=os_build).service))
        window = make_window(KnownHosts(profile, Practice(os_build)), size=size)
        visitor = Visitor(qtbot, window, pictures, f"{name}-{look.value}")
        visitor.wait(lambda: len(visitor.rows("Networks")) > 1)
        return visitor

    yield open_window
    run(session.close())
    appearance.choose(Theme.LIGHT)
