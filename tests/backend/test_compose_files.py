"""Compose files on a disk that others use as well."""

import os
import stat

import pytest

from console.backend.compose_files import (
    ComposeFileError,
    open_project,
    take_back,
    with_override,
    write_edit,
    write_new,
)
from console.domain.compose.edits import use_existing

PLAIN = "services:\n  web: {image: 'iis:${TAG}'}  # ü漢字\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "My.Shop"
    place.mkdir()
    (place / "compose.yaml").write_text(PLAIN, encoding="utf-8")
    return place


def opened(folder, *names, **how):
    return open_project([folder / name for name in names or ("compose.yaml",)], environment={}, **how)


def test_that_a_project_is_read_with_its_variables_and_its_folders_name(folder):
    (folder / ".env").write_text("TAG=ltsc2022\n", encoding="utf-8")
    project = opened(folder).project
    assert project.name == "myshop"
    assert project.services[0].image == "iis:ltsc2022"
    system = open_project([folder / "compose.yaml"], environment={"TAG": "of the system"})
    assert system.project.services[0].image == "iis:of the system"


def test_that_the_override_beside_a_default_name_belongs_to_it(folder):
    (folder / "compose.override.yml").write_text("services: {}\n", encoding="utf-8")
    assert [path.name for path in with_override(folder / "compose.yaml")] == [
        "compose.yaml",
        "compose.override.yml",
    ]
    assert with_override(folder / "other.yaml") == (folder / "other.yaml",)


def test_that_included_files_are_read_from_the_folders_they_stand_in(folder):
    (folder / "compose.yaml").write_text("include: [sub/a.yaml]\nservices: {web: {image: x}}\n")
    (folder / "sub").mkdir()
    (folder / "sub" / "a.yaml").write_text("include: [b.yaml]\nservices: {a: {image: x}}\n")
    (folder / "sub" / "b.yaml").write_text("services: {b: {image: x}}\n")
    found = opened(folder)
    assert {service.key for service in found.project.services} == {"web", "a", "b"}
    assert not found.project.problems
    assert {service.place.file for service in found.project.services} == {
        "compose.yaml",
        "sub/a.yaml",
        "sub/b.yaml",
    }


def test_that_an_included_projects_variables_are_read_from_where_compose_looks_for_them(folder):
    (folder / "compose.yaml").write_text(
        "include:\n"
        "  - team/compose.yaml\n"
        "  - {path: other/compose.yaml, project_directory: elsewhere, env_file: [dev.env]}\n"
        "services: {web: {image: 'iis:${TAG:-none}'}}\n"
    )
    for name in ("team", "other", "elsewhere"):
        (folder / name).mkdir()
        (folder / name / ".env").write_text(f"TAG={name}\n")
    (folder / "dev.env").write_text("TAG=dev\n")
    (folder / "team" / "compose.yaml").write_text(
        "services: {team: {image: 'x:${TAG}', env_file: secret.env}}\n"
    )
    (folder / "team" / "secret.env").write_bytes(b"\xff not even text")
    (folder / "other" / "compose.yaml").write_text(
        "include: [deep.yaml]\nservices: {other: {image: 'x:${TAG}'}}\n"
    )
    (folder / "elsewhere" / "deep.yaml").write_text("services: {deep: {image: 'x:${TAG}'}}\n")
    project = opened(folder).project
    assert {service.key: service.image for service in project.services} == {
        "web": "iis:none",
        "team": "x:team",
        "other": "x:dev",
        "deep": "x:dev",
    }
    assert not project.problems


def test_that_env_files_that_are_missing_are_told_with_their_lines(folder):
    (folder / "compose.yaml").write_text(
        "include:\n  - path: team/compose.yaml\n    env_file: gone.env\nservices: {web: {image: x}}\n"
    )
    (folder / "team").mkdir()
    (folder / "team" / "compose.yaml").write_text("services: {a: {image: x, env_file: ../none.env}}\n")
    told = {(one.place.file, one.place.line): str(one.message) for one in opened(folder).project.problems}
    assert told == {
        (
            "compose.yaml",
            3,
        ): "The env_file gone.env of an included project does not exist: Compose refuses the project.",
        ("team/compose.yaml", 1): "The service a names the env_file ../none.env, which does not exist.",
    }


def test_that_files_that_include_each_other_are_refused(folder):
    (folder / "compose.yaml").write_text("include: [sub/a.yaml]\nservices: {web: {image: x}}\n")
    (folder / "sub").mkdir()
    (folder / "sub" / "a.yaml").write_text("include: [../compose.yaml]\nservices: {a: {image: x}}\n")
    project = opened(folder).project
    assert {service.key for service in project.services} == {"web", "a"}
    (problem,) = project.problems
    assert "compose.yaml → sub/a.yaml → compose.yaml" in str(problem.message)


@pytest.mark.parametrize("written", ["gone.yaml", "https://example.com/c.yaml", "oci://example.com/x", "."])
def test_that_what_can_not_be_read_is_told_and_the_rest_is_shown(folder, written):
    (folder / "compose.yaml").write_text(f"include: ['{written}']\nservices: {{web: {{image: x}}}}\n")
    project = opened(folder).project
    assert [service.key for service in project.services] == ["web"]
    assert [problem.id for problem in project.problems] == ["not-read"]


def test_that_an_edit_is_written_in_one_piece_with_the_files_own_ways(folder):
    path = folder / "compose.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    found = opened(folder)
    edit = use_existing(found.files[0], "default", "nat")
    write_edit(found, edit)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfservices:\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert "ü漢字".encode() in data
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in folder.iterdir()] == ["compose.yaml"]
    assert opened(folder).project.networks[0].external


def test_that_a_file_that_changed_meanwhile_is_not_overwritten(folder):
    found = opened(folder)
    edit = use_existing(found.files[0], "default", "nat")
    (folder / "compose.yaml").write_text("services: {theirs: {image: x}}\n")
    with pytest.raises(ComposeFileError, match="changed by someone else"):
        write_edit(found, edit)
    assert "theirs" in (folder / "compose.yaml").read_text()


def test_that_an_edit_can_be_taken_back_unless_somebody_changed_the_file_since(folder):
    found = opened(folder)
    edit = use_existing(found.files[0], "default", "nat")
    write_edit(found, edit)
    take_back(found, edit)
    assert (folder / "compose.yaml").read_text(encoding="utf-8") == PLAIN
    with pytest.raises(ComposeFileError, match="changed by someone else"):
        take_back(found, edit)


def test_that_a_link_keeps_pointing_to_the_file_that_is_changed(folder, tmp_path):
    real = tmp_path / "real.yaml"
    (folder / "compose.yaml").rename(real)
    try:
        (folder / "compose.yaml").symlink_to(real)
    except OSError:
        pytest.skip("this account may make no symbolic links")  # on Windows that is a right of its own
    found = opened(folder)
    edit = use_existing(found.files[0], "default", "nat")
    write_edit(found, edit)
    assert (folder / "compose.yaml").is_symlink()
    assert "external: true" in real.read_text()


def test_that_a_disk_that_refuses_leaves_the_old_file_and_nothing_else(folder, monkeypatch):
    found = opened(folder)
    edit = use_existing(found.files[0], "default", "nat")

    def refuse(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ComposeFileError, match="No space left"):
        write_edit(found, edit)
    assert (folder / "compose.yaml").read_text(encoding="utf-8") == PLAIN
    assert [one.name for one in folder.iterdir()] == ["compose.yaml"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.unlink(), "can't be read"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00"), "not UTF-8 text"),
        (lambda path: path.write_bytes(b"#" * 3_000_000), "too large"),
        pytest.param(
            lambda path: (path.unlink(), os.mkfifo(path)),
            "can't be read",
            marks=pytest.mark.skipif(os.name == "nt", reason="a pipe is no file of a folder there"),
        ),
        (lambda path: (path.unlink(), path.mkdir()), "can't be read"),
    ],
)
def test_that_a_file_that_can_not_be_read_says_why(folder, make, words):
    make(folder / "compose.yaml")
    with pytest.raises(ComposeFileError, match=words):
        opened(folder)


def test_that_a_new_file_is_written_like_any_other(tmp_path):
    write_new(tmp_path / "networks.yaml", "networks: {}\n")
    (tmp_path / "plain").touch()
    assert (tmp_path / "networks.yaml").read_text() == "networks: {}\n"
    assert (tmp_path / "networks.yaml").stat().st_mode == (tmp_path / "plain").stat().st_mode
    with pytest.raises(ComposeFileError, match="could not be written"):
        write_new(tmp_path / "none" / "x.yaml", "")


def test_that_a_file_on_a_share_is_not_fetched_because_a_project_says_so(folder):
    """Windows would log on to that computer with the person's account."""
    (folder / "there.yaml").write_text("services: {there: {image: x}}\n", encoding="utf-8")
    start = "//?/" if os.name == "nt" else "/"  # a way to a file of this disk that looks like a share
    written = start + (folder / "there.yaml").as_posix()
    (folder / "compose.yaml").write_text(
        f"include: ['{written}']\nservices: {{web: {{image: x}}}}\n", encoding="utf-8"
    )
    project = opened(folder).project
    assert {service.key for service in project.services} == {"web"}
    assert project.problems


def test_that_a_project_directory_on_a_share_is_not_looked_into(folder):
    (folder / "part").mkdir()
    (folder / "part" / ".env").write_text("TAG=from-a-share\n", encoding="utf-8")
    (folder / "there.yaml").write_text("services: {there: {image: 'x:${TAG:-none}'}}\n", encoding="utf-8")
    start = "//?/" if os.name == "nt" else "/"
    share = start + (folder / "part").as_posix()
    (folder / "compose.yaml").write_text(
        f"include: [{{path: there.yaml, project_directory: '{share}'}}]\n", encoding="utf-8"
    )
    (service,) = opened(folder).project.services
    assert service.image == "x:none"
