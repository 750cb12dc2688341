"""The limits page, wide and small."""

import pytest


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)], ids=["wide", "small"])
def test_that_the_limits_are_all_there(visit, size):
    visitor = visit(f"limits-{size[0]}", size=size)
    visitor.go_to("Limits")
    visitor.wait(lambda: visitor.sees("Networks on this host"))
    visitor.picture("limits")
