"""Where Qt draws without a screen, and with which fonts."""

import pytest
from PySide6.QtGui import QFontMetrics

from console.offscreen import draw_offscreen


@pytest.mark.parametrize(
    ("platform", "given", "expected"),
    [
        ("linux", {}, {"QT_QPA_PLATFORM": "offscreen"}),
        (
            "win32",
            {"SYSTEMROOT": r"D:\Windows"},
            {"QT_QPA_PLATFORM": "offscreen", "QT_QPA_FONTDIR": r"D:\Windows\Fonts"},
        ),
        ("win32", {}, {"QT_QPA_PLATFORM": "offscreen", "QT_QPA_FONTDIR": r"C:\Windows\Fonts"}),
        ("win32", {"QT_QPA_FONTDIR": "Z:\\fonts"}, {"QT_QPA_PLATFORM": "offscreen"}),
        ("win32", {"QT_QPA_PLATFORM": "windows"}, {}),
    ],
)
def test_that_only_what_is_not_set_is_set(platform, given, expected):
    environment = dict(given)
    draw_offscreen(environment, platform)
    assert environment == given | expected


def test_that_texts_have_a_width_in_these_tests(qapp):
    """On Windows they have one only where the folder of fonts was found."""
    assert QFontMetrics(qapp.font()).horizontalAdvance("Network") > 20
