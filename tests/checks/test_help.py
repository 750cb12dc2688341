"""Every check has a help page that a person can act by."""

import re

import pytest

from console.checks.registry import checks
from console.resource_files import resource

FOLDER = resource("help", "checks")
PARTS = ["Symptoms", "Why", "What to do by hand", "Sources"]


def _plain(words):
    return words.replace("’", "'").replace("“", '"').replace("”", '"')


def test_that_there_is_a_page_for_each_check_and_no_other():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(checks())


@pytest.mark.parametrize("identifier", [path.stem for path in sorted(FOLDER.glob("*.md"))])
def test_that_a_page_has_its_parts_in_order_and_the_title_of_its_check(identifier):
    check = checks()[identifier]
    assert check.help_id == f"checks/{identifier}"
    text = (FOLDER / f"{identifier}.md").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert _plain(lines[0]) == f"# {check.title}"
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == PARTS
    assert text.count("```") % 2 == 0
    for part in re.split(r"^## .*$", text, flags=re.MULTILINE):
        assert part.strip()
