"""The list of what is not run under Wine: nothing of it is left from what once was."""

import ast
from pathlib import Path

import pytest

from tests.wine import NOT_UNDER_WINE, reason_against

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", NOT_UNDER_WINE)
def test_that_what_is_left_out_is_there_and_has_a_reason(name):
    path, _, test = name.partition("::")
    assert (ROOT / path).exists()
    assert NOT_UNDER_WINE[name]
    if test:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert test in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_that_a_folder_stands_for_its_tests_and_for_no_other():
    assert reason_against("tests/engine/test_swarm.py::test_x[1]") == NOT_UNDER_WINE["tests/engine"]
    assert reason_against("tests/engine_of_mine/test_x.py::test_x") is None
