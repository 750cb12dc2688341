"""Variables in values, and the file they come from."""

from __future__ import annotations

import pytest

from console.domain.compose.dotenv import read_dotenv
from console.domain.compose.interpolation import Variables, substituted
from console.domain.compose.tree import ComposeError, Place

HERE = Place("compose.yaml", 3)
VALUES = {"SET": "value", "EMPTY": ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$SET", "value"),
        ("a${SET}b", "avalueb"),
        ("$$SET $${SET}", "$SET ${SET}"),
        ("${SET:-x}${SET-x}", "valuevalue"),
        ("${EMPTY:-x}|${EMPTY-x}", "x|"),
        ("${NONE:-x}|${NONE-x}", "x|x"),
        ("${NONE:-${EMPTY:-${SET}}}", "value"),
        ("${NONE:-a}b}", "ab}"),
        ("${SET:+yes}|${EMPTY:+yes}|${EMPTY+yes}|${NONE+yes}", "yes||yes|"),
        ("$NONE|", "|"),
        ("$1 $", "$1 $"),
        ("${EMPTY?must be there}", ""),
    ],
)
def test_that_variables_are_put_in_as_a_shell_would(text: str, expected: str) -> None:
    assert substituted(text, Variables(VALUES), HERE) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("${NONE:?say a port}", "The variable NONE must be set: say a port"),
        ("${EMPTY:?}", "The variable EMPTY must be set."),
        ("${NONE?$SET}", "The variable NONE must be set: value"),
        ("x${SET", "is not closed"),
        ("${SET/a/b}", "“${SET/a/b}” is not a variable."),
        ("${}", "“${}” is not a variable."),
        ("${A:-" * 30 + "}" * 30, "nested too deeply"),
    ],
)
def test_that_what_can_not_be_put_in_says_why(text: str, words: str) -> None:
    with pytest.raises(ComposeError) as refused:
        substituted(text, Variables(VALUES), HERE)
    assert words in str(refused.value)
    assert refused.value.place == HERE


def test_that_a_value_can_not_grow_without_measure() -> None:
    with pytest.raises(ComposeError, match="too long"):
        substituted("$LONG" * 200, Variables({"LONG": "x" * 1000}), HERE)


def test_that_each_use_says_where_its_value_came_from() -> None:
    variables = Variables(VALUES)
    substituted("$SET ${NONE:-x} $GONE", variables, HERE)
    assert [(use.name, use.value, use.source) for use in variables.uses] == [
        ("SET", "value", "set"),
        ("NONE", "x", "default"),
        ("GONE", "", "missing"),
    ]


DOTENV = r"""
# a comment
PLAIN=value # not part of it
export QUOTED="a b\tc"
SINGLE='$PLAIN \n'
REFERS=${PLAIN}-${SYSTEM:-none}
YAML: style
EMPTY=
HASH=a#b
LINES="one
two"
INHERITED
ABSENT
ESCAPED="\$PLAIN"
LAST=1"""


def test_that_a_dotenv_file_reads_as_compose_reads_it() -> None:
    assert read_dotenv(".env", DOTENV, {"INHERITED": "from the system", "SYSTEM": "sys"}) == {
        "PLAIN": "value",
        "QUOTED": "a b\tc",
        "SINGLE": r"$PLAIN \n",
        "REFERS": "value-sys",
        "YAML": "style",
        "EMPTY": "",
        "HASH": "a#b",
        "LINES": "one\ntwo",
        "INHERITED": "from the system",
        "ESCAPED": "$PLAIN",
        "LAST": "1",
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'A="C:\\data\\"', "C:\\data\\"),
        (r"A='C:\\data\\'", r"C:\\data\\"),
        (r'A="C:\\\" x"', 'C:\\" x'),
        (r'A="C:\data"', r"C:\data"),
        ("A=C:\\data\\", "C:\\data\\"),
        ("A= # a comment needs a value before it", "# a comment needs a value before it"),
    ],
)
def test_that_backslashes_and_hash_signs_of_it_are_read_as_compose_reads_them(text: str, value: str) -> None:
    assert read_dotenv(".env", f"{text}\nB=1", {}) == {"A": value, "B": "1"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("A=1\n\nB C=2", 3, "“B C=2” is not of the form"),
        ("A=1\r\nB='x\r\ny", 2, "not closed"),
        ("# x\n=1", 2, "“=1” is not of the form"),
    ],
)
def test_that_a_wrong_line_of_it_is_named(text: str, line: int, words: str) -> None:
    with pytest.raises(ComposeError) as refused:
        read_dotenv(".env", text, {})
    assert refused.value.place == Place(".env", line)
    assert words in str(refused.value)
