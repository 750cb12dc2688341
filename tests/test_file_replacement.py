import pytest

from console.file_replacement import replace_file


@pytest.fixture
def files(tmp_path):
    written, target = tmp_path / "new", tmp_path / "kept"
    written.write_bytes(b"new")
    target.write_bytes(b"old")
    return written, target


def test_that_a_file_which_is_held_for_a_moment_is_replaced_after_it(files, monkeypatch):
    written, target = files
    holder = target.open("rb")  # on Windows nobody can have its place meanwhile
    monkeypatch.setattr("console.file_replacement.time.sleep", lambda seconds: holder.close())
    replace_file(written, target)
    holder.close()
    assert target.read_bytes() == b"new"
    assert not written.exists()


def test_that_a_place_which_stays_taken_is_told_and_nothing_is_lost(files, monkeypatch):
    written, target = files
    target.unlink()
    target.mkdir()
    monkeypatch.setattr("console.file_replacement.SECONDS", 0.0)
    with pytest.raises(OSError):
        replace_file(written, target)
    assert written.read_bytes() == b"new"
    assert target.is_dir()
