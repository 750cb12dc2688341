import subprocess

import pytest

from console.backend.programs import program_on_path, without_window
from tests.programs import make_program


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """A current folder and one on the PATH."""
    current, named = tmp_path / "current", tmp_path / "named"
    current.mkdir()
    named.mkdir()
    monkeypatch.chdir(current)
    monkeypatch.setenv("PATH", str(named))
    return current, named


def test_that_a_program_in_the_current_folder_is_not_taken_for_one_of_the_computer(folders):
    current, named = folders
    make_program(current, "ssh", "print('of whoever can write here')")
    assert program_on_path("ssh") is None
    real = make_program(named, "ssh", "print('of the computer')")
    assert program_on_path("ssh") == str(real)


def test_that_a_program_started_without_a_window_is_heard(folders):
    _, named = folders
    program = make_program(named, "answer", "print('heard')")
    ran = subprocess.run([program], capture_output=True, text=True, check=True, **without_window())
    assert ran.stdout == "heard\n"
