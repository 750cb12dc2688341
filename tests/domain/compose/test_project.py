"""Projects out of files that somebody else wrote: places, limits, and what is shown in spite of mistakes."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.compose.model import Folder, Project, Reference
from console.domain.compose.project import project_name
from console.domain.compose.tree import LONGEST_FILE, Place
from tests.domain.compose.projects import PROJECTS, load


def one(text: str) -> Project:
    return load({"compose.yaml": textwrap.dedent(text)})


def errors(project: Project) -> list[str]:
    return [str(problem.message) for problem in project.problems if problem.severity == "error"]


def test_that_everything_knows_its_line() -> None:
    project = one(
        """\
        services:
          web:
            image: iis
            ports:
              - "80:80"
            networks:
              front:
                ipv4_address: 10.1.0.5
        networks:
          front:
            driver: nat
        """
    )
    (web,), (front,) = project.services, project.networks
    assert web.place == Place("compose.yaml", 2, 3)
    assert web.ports[0].place == Place("compose.yaml", 5, 9)
    assert web.attachments[0].place.line == 7
    assert front.place is not None
    assert front.place.line == 10
    assert front.entry.place_of("driver") == Place("compose.yaml", 11, 5)


def test_that_a_later_files_value_has_the_later_files_place() -> None:
    project = load(PROJECTS["override"])
    back = project.network("back")
    assert back is not None
    assert back.place is not None
    assert back.place.file == "compose.override.yaml"


def test_that_the_name_rule_is_composes() -> None:
    assert [network.name for network in load(PROJECTS["short-forms"]).networks] == [
        "sampleproject_front",
        "sampleproject_back",
    ]
    assert project_name("_My.Shop 2-x") == "myshop2-x"
    named = load(PROJECTS["short-forms"], environment={"COMPOSE_PROJECT_NAME": "given"})
    assert named.networks[0].name == "given_front"


def test_that_a_network_is_external_in_both_forms() -> None:
    project = one(
        """\
        services: {a: {image: x, networks: [old, new, key]}}
        networks:
          old: {external: {name: nat}}
          new: {external: true, name: lan}
          key: {external: "true"}
        """
    )
    assert [(network.key, network.name, network.external) for network in project.networks] == [
        ("old", "nat", True),
        ("new", "lan", True),
        ("key", "key", True),
    ]


def test_that_a_service_without_networks_is_on_the_default_one() -> None:
    (default,) = one("services: {a: {image: x}}").networks
    assert (default.key, default.name, default.implicit) == ("default", "sampleproject_default", True)
    assert default.users == ("a",)
    assert one("services: {a: {image: x, network_mode: none}}").networks == ()


def test_that_one_broken_file_hides_no_other() -> None:
    project = load({"compose.yaml": "services: {a: {image: x}}", "compose.override.yaml": "a: [\n"})
    assert [service.key for service in project.services] == ["a"]
    (error,) = (problem for problem in project.problems if problem.severity == "error")
    assert error.place is not None
    assert error.place.file == "compose.override.yaml"


def test_that_one_wrong_value_hides_no_other() -> None:
    project = one(
        """\
        services:
          a: {image: x, ports: [nonsense, "80:80"], networks: [front]}
          b: 7
          c: {image: "${GONE:?needed}", depends_on: [a]}
        networks:
          front: {driver: nat, internal: perhaps}
          back: []
        """
    )
    assert [service.key for service in project.services] == ["a", "c"]
    assert [port.describe() for port in project.services[0].ports] == ["80:80/tcp"]
    assert [network.key for network in project.networks] == ["default", "front"]
    assert errors(project) == [
        "“nonsense” is not a port.",
        "services.b must be a mapping of names to values.",
        "internal must be true or false.",
        "networks.back must be a mapping of names to values.",
        "The variable GONE must be set: needed",
    ]


def test_that_a_file_that_was_not_read_is_told_instead_of_guessed() -> None:
    project = load({"compose.yaml": PROJECTS["include"]["compose.yaml"]})
    assert project.references == (Reference(Folder(), "data.yaml"),)
    assert "include of data.yaml is not shown: the file was not read." in [
        str(problem.message) for problem in project.problems
    ]


def test_that_files_that_include_each_other_come_to_an_end() -> None:
    project = load(
        {
            "compose.yaml": "include: [b.yaml]\nservices: {a: {image: x}}",
            "b.yaml": "include: [compose.yaml]\nservices: {b: {image: x}}",
        }
    )
    assert {service.key for service in project.services} == {"a", "b"}
    assert errors(project)


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
MERGE_BOMB = "x0: &x0 {a: b}\n" + "".join(
    f"x{n}: &x{n} {{<<: [{', '.join([f'*x{n - 1}'] * 10)}]}}\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "refers to its own parts too often"),
        (MERGE_BOMB, "refers to its own parts too often"),
        ("a: &a [*a]", "nested too deeply, or refers to itself"),
        ("a: &a {b: *a}", "nested too deeply, or refers to itself"),
        ("a: &a {<<: *a}", "refers to"),
        ("[" * 400_000, "nested too deeply"),
        ("- " * 100_000, "nested too deeply"),
        ("services: " + "{a: " * 100 + "x" + "}" * 100, "nested too deeply"),
        ("#" * (LONGEST_FILE + 1), "too long"),
        ("services: {a: {image: x, image: y}}", "a second time"),
        ("a: b: c", "This is not YAML"),
        ("- a", "mapping of names"),
        ("? [a, b]\n: c", "single word"),
        ("<<: 5", "mappings only"),
    ],
)
def test_that_no_file_can_do_harm(text: str, words: str) -> None:
    begun = time.monotonic()
    project = load({"compose.yaml": text})
    assert words in " ".join(errors(project))
    assert time.monotonic() - begun < 20


def test_that_a_tag_is_only_words() -> None:
    project = one("services: {a: {image: !!python/object/apply:os.system [x]}, b: {image: !env HOME}}")
    assert project.services[1].image == "HOME"
    assert errors(project) == ["image must be a single value."]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abservicnetwork:{}[]-&*!<>$\"'\n #?,|%0189.", max_size=120))
def test_that_any_text_gives_a_project(text: str) -> None:
    project = load({"compose.yaml": text, ".env": text})
    assert all(problem.place is not None for problem in project.problems)


ATTRIBUTES = (
    *("services", "networks", "a", "ports", "ipam", "config", "subnet", "external", "depends_on"),
    *("extends", "include", "labels", "driver_opts", "aliases", "build", "logging", "name"),
)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(0, 99) | st.sampled_from(["x", "${A}", "80:80", ""]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(ATTRIBUTES),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    ),
    st.integers(1, 2),
)
def test_that_any_tree_gives_a_project(tree: object, files: int) -> None:
    import json

    text = json.dumps({"services": tree, "networks": tree, "include": tree})
    names = ("compose.yaml", "compose.override.yaml")[:files]
    project = load(dict.fromkeys(names, text))
    assert all(problem.place is not None for problem in project.problems)


@pytest.mark.parametrize(
    ("chosen", "active"), [(frozenset(), {"web", "debug"}), (frozenset({"ops"}), {"web", "ops"})]
)
def test_that_profiles_that_are_chosen_take_the_place_of_the_variables(
    chosen: frozenset[str], active: set[str]
) -> None:
    services = "".join(f"  {one}: {{image: x, profiles: [{one}]}}\n" for one in ("debug", "ops"))
    files = {
        "compose.yaml": f"services:\n  web: {{image: x}}\n{services}",
        ".env": "COMPOSE_PROFILES=debug\n",
    }
    project = load(files, profiles=chosen)
    assert {service.key for service in project.services if service.active} == active
