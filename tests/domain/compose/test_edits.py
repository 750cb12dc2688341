"""Edits written back: what was asked for is there, and nothing else is touched."""

from __future__ import annotations

import difflib
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.compose.edits import Edit, EditError, custom_nat, file_to_edit, use_existing
from console.domain.compose.model import SourceFile
from tests.domain.compose.projects import PROJECTS, load

COMMENTED = """\
# The shop.  Two spaces, and a long line that goes on and on, well beyond eighty columns, in one piece
version: '3.9'

services:
  web:          # the front
      image: "iis:ltsc2022"
      ports: [ "8080:80" ,  "8443:443" ]
      environment:
      - A=1
      - 'B=two'   # quoted

      command: >
        powershell
        -c  ping
  db:
    image: sql


x-note: {a: 1,   b: 2}
networks:
  # everybody
  default:
    driver: nat   # ours
    ipam:
      config:
      - subnet: 10.1.0.0/24
  other:
    external: true
# the end
"""


def source(text: str) -> SourceFile:
    return SourceFile("compose.yaml", textwrap.dedent(text))


def touched(edit: Edit) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    lines = list(difflib.ndiff(edit.before.text.splitlines(), edit.after.splitlines()))
    gone = [line[2:] for line in lines if line.startswith("- ")]
    return gone, [line[2:] for line in lines if line.startswith("+ ")]


def test_that_the_seeds_first_example_is_written_into_a_file_without_networks() -> None:
    edit = use_existing(source("services:\n  web:\n    image: iis # keep\n"), "default", "nat")
    assert edit.after == (
        "services:\n  web:\n    image: iis # keep\nnetworks:\n  default:\n    name: nat\n    external: true\n"
    )
    network = load({"compose.yaml": edit.after}).network("default")
    assert network is not None
    assert (network.name, network.external) == ("nat", True)


def test_that_the_seeds_second_example_is_written_into_a_file_without_networks() -> None:
    edit = custom_nat(source("services:\n  web:\n    image: iis\n"), "default", "172.16.3.0/24")
    assert edit.after.endswith(
        "networks:\n  default:\n    driver: nat\n    ipam:\n      driver: default\n      config:\n"
        "        - subnet: 172.16.3.0/24\n"
    )
    network = load({"compose.yaml": edit.after}).network("default")
    assert network is not None
    assert network.spec is not None
    assert network.spec.subnets[0].subnet == "172.16.3.0/24"


def test_that_only_the_networks_own_lines_are_touched() -> None:
    gone, came = touched(use_existing(source(COMMENTED), "default", "nat"))
    assert gone == [
        "    driver: nat   # ours",
        "    ipam:",
        "      config:",
        "      - subnet: 10.1.0.0/24",
    ]
    assert came == ["    name: nat", "    external: true"]


def test_that_a_subnet_is_put_in_the_place_of_the_old_one() -> None:
    gone, came = touched(custom_nat(source(COMMENTED), "default", "172.16.3.0/24", "172.16.3.1"))
    assert gone == ["      - subnet: 10.1.0.0/24"]
    assert [line.strip() for line in came] == [
        "- subnet: 172.16.3.0/24",
        "gateway: 172.16.3.1",
        "driver: default",
    ]


def test_that_an_external_network_becomes_ones_own() -> None:
    edit = custom_nat(
        source("services: {a: {image: x}}\nnetworks:\n  default: {name: nat, external: true}\n"),
        "default",
        "172.16.3.0/24",
    )
    network = load({"compose.yaml": edit.after}).network("default")
    assert network is not None
    assert (network.external, network.name) == (False, "sampleproject_default")


def test_that_line_ends_of_windows_are_kept() -> None:
    text = COMMENTED.replace("\n", "\r\n")
    after = use_existing(SourceFile("compose.yaml", text), "default", "nat").after
    assert "\n" not in after.replace("\r\n", "")


def test_that_a_dollar_sign_in_a_name_is_no_variable() -> None:
    edit = use_existing(source("services: {a: {image: x}}\n"), "default", "a$b")
    network = load({"compose.yaml": edit.after}).network("default")
    assert network is not None
    assert network.name == "a$b"


def test_that_the_same_edit_again_changes_nothing() -> None:
    once = use_existing(source(COMMENTED), "default", "nat")
    again = use_existing(SourceFile("compose.yaml", once.after), "default", "nat")
    assert once.changes
    assert not again.changes
    assert again.diff() == ""


def test_that_the_diff_names_the_file_and_shows_both_sides() -> None:
    diff = use_existing(source(COMMENTED), "default", "nat").diff()
    assert diff.startswith("--- compose.yaml\n+++ compose.yaml\n@@")
    assert "\n-    driver: nat   # ours\n" in diff
    assert "\n+    external: true" in diff


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("services: {a: [", "This is not YAML"),
        ("networks: [a]", "must be a mapping"),
        ("networks: {default: 5}", "must be a mapping"),
        ("services: {a: &a {image: x}}\nnetworks: {default: *a}\n", "can't change safely"),
    ],
)
def test_that_what_can_not_be_changed_safely_is_refused(text: str, words: str) -> None:
    with pytest.raises(EditError) as refused:
        use_existing(source(text), "default", "nat")
    assert words in str(refused.value)


def test_that_a_network_that_is_external_by_another_part_of_the_file_is_not_half_changed() -> None:
    """It would stay external, and Compose would make no network."""
    text = "x-shared: &shared {external: true}\nnetworks:\n  default:\n    <<: *shared\n    name: lan\n"
    with pytest.raises(EditError, match="can't change safely"):
        custom_nat(source(text), "default", "172.16.3.0/24", "172.16.3.1")


def test_that_the_file_that_has_the_network_is_the_one_to_change() -> None:
    def files(name: str) -> tuple[SourceFile, ...]:
        return tuple(SourceFile(*item) for item in PROJECTS[name].items() if item[0].startswith("compose"))

    project = load(PROJECTS["override"])
    assert file_to_edit(project, "back", files("override")).path == "compose.override.yaml"
    assert file_to_edit(project, "default", files("override")).path == "compose.yaml"
    with pytest.raises(EditError, match="several files"):
        file_to_edit(project, "front", files("override"))
    with pytest.raises(EditError, match="included file"):
        file_to_edit(load(PROJECTS["include"]), "back", files("include"))


LINES = st.sampled_from(
    [
        *("# a comment", "", "x-a: 1", "x-list:\n- one\n-   two", "x-map:   {a: b,  c: [1, 2]}"),
        *("x-text: |\n   kept\n     as it is", "x-quoted: 'it''s'  # why", 'x-long: "' + "word " * 40 + '"'),
        *("services:\n    web:\n        image: iis", "x-indented:\n    - a\n    - b: 1\n      c: 2"),
        *("x-anchor: &x {a: 1}\nx-alias: *x", "x-date: 2024-01-01", "x-octal: 010", "x-tilde: ~", "x-null:"),
        *("x-flow: [a,\n  b]", "x-empty: {}"),
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, unique=True, max_size=8), st.sampled_from(["", "networks:\n   # here\n   default:\n"]))
def test_that_the_rest_of_any_file_stays_as_it_is(parts: list[str], networks: str) -> None:
    text = "".join(f"{part}\n" for part in parts) + networks
    edit = use_existing(SourceFile("compose.yaml", text), "default", "nat")
    gone, _ = touched(edit)
    assert set(gone) <= {"   default:"}
    assert load({"compose.yaml": edit.after}).network("default")
