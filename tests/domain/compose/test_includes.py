"""Included projects: where their paths start, where their variables come from, and what is refused."""

from __future__ import annotations

import textwrap

import pytest

from console.domain.compose.model import ComposeProblem, Folder, Project, Reference, SourceFile
from console.domain.compose.project import ProjectSources, load_project

HERE = Folder()
SUB = Folder(file="sub/compose.yaml")
IMAGE = "services: {{web: {{image: 'iis:${{TAG}}'}}}}\n{more}"


def included(
    entry: str,
    *others: tuple[Folder, str, str, str],
    missing: tuple[Reference, ...] = (),
    dotenv: str = "",
    more: str = "",
) -> Project:
    """A project that includes ``sub/compose.yaml`` by ``entry``; ``others`` are (relative to, written,
    shown as, text).
    """
    text = textwrap.dedent(f"include:\n  - {entry}\nservices: {{db: {{image: sql}}}}\n")
    files = {
        Reference(HERE, "sub/compose.yaml"): SourceFile("sub/compose.yaml", IMAGE.format(more=more)),
        **{Reference(folder, written): SourceFile(name, text) for folder, written, name, text in others},
    }
    return load_project(
        ProjectSources(
            (SourceFile("compose.yaml", text),),
            folder="shop",
            dotenv=SourceFile(".env", dotenv) if dotenv else None,
            others=files,
            missing=frozenset(missing),
        )
    )


def image(project: Project) -> str:
    return next(service.image for service in project.services if service.key == "web")


def problem(project: Project) -> ComposeProblem:
    (found,) = (one for one in project.problems if one.id != "variable-missing")
    return found


LOCAL = (SUB, ".env", "sub/.env", "TAG=local")


def test_that_an_included_project_has_the_variables_of_its_own_env_file() -> None:
    assert image(included("sub/compose.yaml", LOCAL)) == "iis:local"


def test_that_the_variables_of_who_includes_win() -> None:
    assert image(included("sub/compose.yaml", LOCAL, dotenv="TAG=mine")) == "iis:mine"


def test_that_a_named_env_file_takes_the_place_of_the_usual_one_and_a_later_one_wins() -> None:
    first = (HERE, "env/a.env", "env/a.env", "TAG=a\nONLY=a")
    second = (HERE, "env/b.env", "env/b.env", "TAG=${ONLY}b")
    one = "{path: sub/compose.yaml, env_file: env/a.env}"
    both = "{path: [sub/compose.yaml], env_file: [env/a.env, env/b.env]}"
    assert image(included(one, LOCAL, first)) == "iis:a"
    assert image(included(both, LOCAL, first, second)) == "iis:ab"
    assert image(included("{path: sub/compose.yaml, env_file: /dev/null}", LOCAL)) == "iis:"


def test_that_the_project_directory_is_where_the_usual_env_file_and_further_files_are_looked_for() -> None:
    place = Folder(written="elsewhere", within=HERE)
    project = included(
        "{path: sub/compose.yaml, project_directory: elsewhere}",
        (place, ".env", "elsewhere/.env", "TAG=elsewhere"),
        (place, "deep.yaml", "elsewhere/deep.yaml", "services: {deep: {image: x}}"),
        more="include: [deep.yaml]",
    )
    assert image(project) == "iis:elsewhere"
    assert {service.key for service in project.services} == {"web", "db", "deep"}
    assert not project.problems


def test_that_the_variables_of_an_included_project_are_not_those_of_others() -> None:
    project = included(
        "sub/compose.yaml\n  - other.yaml",
        LOCAL,
        (HERE, "other.yaml", "other.yaml", "services: {other: {image: 'x:${TAG:-none}'}}"),
    )
    assert {service.key: service.image for service in project.services}["other"] == "x:none"


@pytest.mark.parametrize("looked_for", [True, False])
def test_that_a_missing_env_file_is_told_at_its_line(looked_for: bool) -> None:
    gone = Reference(HERE, "gone.env")
    project = included(
        "path: sub/compose.yaml\n    env_file: gone.env", LOCAL, missing=(gone,) if looked_for else ()
    )
    found = problem(project)
    assert gone in project.references
    assert found.place is not None
    assert (found.place.file, found.place.line) == ("compose.yaml", 3)
    assert found.severity == ("error" if looked_for else "warning")
    assert ("does not exist" if looked_for else "was not read") in str(found.message)
    assert "relative to the folder of the project that includes" in str(found.why)


def test_that_an_env_file_with_a_mistake_is_told_with_its_own_line() -> None:
    found = problem(included("sub/compose.yaml", (SUB, ".env", "sub/.env", "TAG=1\nno line")))
    assert found.place is not None
    assert (found.place.file, found.place.line) == ("sub/.env", 2)


def test_that_a_circle_is_refused_and_what_stands_outside_of_it_is_shown() -> None:
    around = (SUB, "../compose.yaml", "compose.yaml", "services: {again: {image: x}}")
    project = included("sub/compose.yaml", LOCAL, around, more="include: [../compose.yaml]")
    found = problem(project)
    assert "compose.yaml → sub/compose.yaml → compose.yaml" in str(found.message)
    assert found.place is not None
    assert found.place.file == "sub/compose.yaml"
    assert {service.key for service in project.services} == {"web", "db"}


def test_that_one_file_may_be_included_twice_by_different_ways() -> None:
    common = "networks: {front: {driver: nat}}"
    project = included(
        "sub/compose.yaml\n  - common.yaml",
        LOCAL,
        (HERE, "common.yaml", "common.yaml", common),
        (SUB, "../common.yaml", "common.yaml", common),
        more="include: [../common.yaml]",
    )
    assert project.network("front") is not None
    assert not project.problems


def test_that_a_network_of_an_included_file_is_merged_as_newer_versions_do_and_older_ones_refuse() -> None:
    project = included(
        "sub/compose.yaml\n  - common.yaml",
        LOCAL,
        (HERE, "common.yaml", "common.yaml", "networks: {front: {driver: nat, attachable: true}}"),
        more="networks: {front: {driver: transparent}}",
    )
    found = problem(project)
    assert "networks.front is defined here and in an included file" in str(found.message)
    assert "before 5.0" in str(found.message)
    assert found.severity == "warning"
    front = project.network("front")
    assert front is not None
    assert front.spec is not None
    assert (front.spec.driver, front.spec.attachable) == ("transparent", True)


@pytest.mark.parametrize(
    "entry", ["{env_file: a.env}", "{path: {a: b}}", "[]", "{path: sub/compose.yaml, project_directory: []}"]
)
def test_that_an_entry_that_is_none_is_told_with_its_line(entry: str) -> None:
    found = problem(included(entry))
    assert found.severity == "error"
    assert found.place is not None
    assert found.place.line == 2


def test_that_a_services_env_file_is_looked_for_in_its_projects_directory() -> None:
    gone = Reference(SUB, "web.env", read=False)
    more = "  api: {image: x, env_file: [web.env, {path: maybe.env, required: false}]}"
    text = f"services:\n{more}\n  off: {{image: x, env_file: web.env, profiles: [debug]}}\n"
    files = {Reference(HERE, "sub/compose.yaml"): SourceFile("sub/compose.yaml", text)}
    outer = (SourceFile("compose.yaml", "include: [sub/compose.yaml]\n"),)
    project = load_project(ProjectSources(outer, folder="shop", others=files, missing=frozenset({gone})))
    found = problem(project)
    assert str(found.message) == "The service api names the env_file web.env, which does not exist."
    assert found.place is not None
    assert (found.place.file, found.place.line) == ("sub/compose.yaml", 2)
    assert not load_project(ProjectSources(outer, folder="shop", others=files)).problems
