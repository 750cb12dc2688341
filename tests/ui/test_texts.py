from datetime import UTC, datetime

import pytest

from console.ui.texts import moment, time_of_day


@pytest.mark.parametrize("year", [1601, 1969, 2026, 3500])
def test_that_a_time_which_windows_calendar_does_not_have_is_told_all_the_same(year):
    when = datetime(year, 6, 15, 12, 30, tzinfo=UTC)
    assert moment(when).startswith(f"{year}-06-1")
    assert time_of_day(when).endswith(":00")


def test_that_no_time_is_no_words():
    assert moment(None) == ""
