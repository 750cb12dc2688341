"""What tests find out in numbers, printed when all have run (fixture ``figure``).

The numbers travel with a test's report, so that it does not matter in which process it ran.
"""

from collections import Counter

import pytest

_LINE, _COUNT = "figure: line", "figure: count"


class Figures:
    """``figure("…")`` prints a line at the end; ``figure.add`` adds to a sum over all tests."""

    def __init__(self, properties):
        self._properties = properties

    def __call__(self, line):
        self._properties.append((_LINE, line))

    def add(self, name, count, part):
        """``count`` more of what is called ``name``; of which ``part`` the sum is told too."""
        self._properties.append((_COUNT, (name, part, count)))


@pytest.fixture
def figure(request):
    return Figures(request.node.user_properties)


def pytest_terminal_summary(terminalreporter):
    lines, sums = [], {}
    for report in terminalreporter.getreports("passed"):
        if report.when != "call":
            continue
        for kind, told in report.user_properties:
            if kind == _LINE:
                lines.append(told)
            elif kind == _COUNT:
                name, part, count = told
                sums.setdefault(name, Counter())[part] += count
    if not lines and not sums:
        return
    terminalreporter.section("figures")
    for name, parts in sorted(sums.items()):
        each = ", ".join(f"{part} {count:,}" for part, count in sorted(parts.items()))
        terminalreporter.line(f"{name}: {sum(parts.values()):,} ({each})")
    for line in lines:
        terminalreporter.line(line)
