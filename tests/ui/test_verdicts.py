"""Which sign stands beside what a live test found."""

from console.domain.verdict import Agreement, Verdict
from console.ui.verdicts import MARKS, found_mark


def test_that_a_no_that_was_predicted_has_the_sign_of_a_no():
    assert found_mark(Agreement.AGREES, MARKS[Verdict.NO]) == MARKS[Verdict.NO]


def test_that_what_was_not_predicted_has_a_sign_of_its_own():
    assert found_mark(Agreement.DIFFERS, MARKS[Verdict.YES]) not in MARKS.values()
