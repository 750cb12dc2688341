"""Contrast of every pair of colours that carries words or marks, in each theme (WCAG 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.ui import theme
from console.ui.icons import FOLDER, Icon
from console.ui.theme import Theme

Part, Group = QPalette.ColorRole, QPalette.ColorGroup
TEXT, MARK = 4.5, 3.0


def _luminance(colour):
    def linear(channel):
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(QColor(colour).getRgbF()[at]) for at in range(3))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_that_the_measure_is_the_published_one():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("which", Theme)
def test_that_text_can_be_read_on_what_it_stands_on(which):
    palette, roles = theme.palette(which), theme.roles(which)
    surfaces = [
        palette.color(part).name() for part in (Part.Window, Part.Base, Part.AlternateBase, Part.Button)
    ]
    words = [palette.color(part).name() for part in (Part.Text, Part.WindowText, Part.ButtonText, Part.Link)]
    words += [roles.ok, roles.warning, roles.error, roles.accent, roles.muted]
    pairs = [(word, surface) for word in words for surface in surfaces]
    for back, ink in (
        (roles.ok_back, roles.ok), (roles.warning_back, roles.warning), (roles.error_back, roles.error),
        (roles.accent_back, roles.accent), (roles.practice_back, roles.practice_text),
    ):  # fmt: skip
        pairs += [(ink, back)]
    pairs += [
        (palette.color(Part.Text).name(), back)
        for back in (roles.ok_back, roles.warning_back, roles.error_back, roles.accent_back)
    ]
    pairs += [
        (palette.color(Part.HighlightedText).name(), palette.color(Part.Highlight).name()),
        (palette.color(Part.ToolTipText).name(), palette.color(Part.ToolTipBase).name()),
        (palette.color(Group.Disabled, Part.HighlightedText).name(),
         palette.color(Group.Disabled, Part.Highlight).name()),
    ]  # fmt: skip
    too_faint = {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < TEXT}
    assert not too_faint


@pytest.mark.parametrize("which", Theme)
def test_that_marks_edges_and_blocked_words_stand_out(which):
    palette, roles = theme.palette(which), theme.roles(which)
    surfaces = [palette.color(part).name() for part in (Part.Window, Part.Base)]
    marks = [roles.border, roles.accent, palette.color(Part.Highlight).name()]
    marks.append(palette.color(Group.Disabled, Part.ButtonText).name())
    too_faint = {
        (mark, surface): round(contrast(mark, surface), 2)
        for mark in marks
        for surface in surfaces
        if contrast(mark, surface) < MARK
    }
    assert not too_faint


CONTROLS = (QPushButton, QCheckBox, QRadioButton, QComboBox, QSpinBox, QLineEdit, QPlainTextEdit)
MARKED = {
    QCheckBox: QStyle.SubElement.SE_CheckBoxIndicator,
    QRadioButton: QStyle.SubElement.SE_RadioButtonIndicator,
}
EDGE = re.compile(r"border(?:-color)?:[^;]*?(#[0-9a-f]{6})")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@pytest.fixture
def window_of_controls(qtbot, appearance):
    """Opens a window with the controls in a theme; the first one has the keyboard."""
    opened = []

    def make(which, first):
        appearance.choose(which)
        window = QWidget()
        column = QVBoxLayout(window)
        made = {kind: kind() for kind in (first, *(one for one in CONTROLS if one is not first))}
        for control in made.values():
            column.addWidget(control)
        with qtbot.waitActive(window):
            window.show()
        qtbot.waitUntil(made[first].hasFocus)
        opened.append(window)
        return made

    yield make
    for window in opened:
        window.close()
        window.deleteLater()
    appearance.choose(Theme.LIGHT)


def edge_of(control):
    """The colours across the left edge of a control, or of the mark before its words."""
    picture = control.grab().toImage()
    if type(control) in MARKED:
        option = QStyleOptionButton()
        control.initStyleOption(option)
        area = control.style().subElementRect(MARKED[type(control)], option, control)
    else:
        area = control.rect()
    return {picture.pixelColor(x, area.center().y()).name() for x in range(area.left(), area.left() + 3)}


@pytest.mark.parametrize("which", Theme)
@pytest.mark.parametrize("focused", [QToolButton, *CONTROLS])
def test_that_the_edge_of_every_control_can_be_seen_with_and_without_the_keyboard(
    window_of_controls, which, focused
):
    window = theme.palette(which).color(Part.Window).name()
    faint = {
        kind.__name__: edge_of(control)
        for kind, control in window_of_controls(which, focused).items()
        if max(contrast(colour, window) for colour in edge_of(control)) < MARK
    }
    assert not faint


@pytest.mark.parametrize("which", Theme)
def test_that_edges_of_what_is_pointed_at_chosen_or_focused_stand_out_in_every_rule(which):
    palette = theme.palette(which)
    surfaces = [palette.color(part).name() for part in (Part.Window, Part.Base)]
    chosen = [palette.color(Part.Highlight).name()]
    rules = [
        (selector.strip(), edge[1])
        for selector, body in RULE.findall(theme.style_sheet(which))
        if re.search(r":(hover|focus|checked|default)", selector)
        for edge in [EDGE.search(body)]
        if edge
    ]
    assert len(rules) > 10
    assert not [
        (selector, edge)
        for selector, edge in rules
        for surface in (chosen if ":selected" in selector else surfaces)
        if contrast(edge, surface) < MARK
    ]


@pytest.mark.parametrize("which", Theme)
def test_that_words_can_be_read_on_what_the_pointer_is_on(which):
    hover = theme._THEMES[which].hover
    words = [theme.palette(which).color(part).name() for part in (Part.Text, Part.ButtonText)]
    assert [word for word in words if contrast(word, hover) < TEXT] == []


def test_that_colours_are_written_in_the_theme_only():
    literal = re.compile(r"#[0-9a-fA-F]{6}\b|\brgb\(|Qt\.GlobalColor\.(?!transparent)")
    ui, styles = Path(theme.__file__).parent, FOLDER.parent / "styles"
    sources = [*ui.rglob("*.py"), *styles.glob("*.qss")]
    assert len(sources) > 10
    guilty = [
        str(path) for path in sources if path.name != "theme.py" and literal.search(path.read_text("utf-8"))
    ]
    assert not guilty


def test_that_every_icon_has_a_file_and_every_file_an_icon():
    assert {icon.value for icon in Icon} == {path.name for path in FOLDER.glob("*")}
    for icon in Icon:
        drawing = (FOLDER / icon.value).read_text("utf-8")
        assert 'viewBox="0 0 24 24"' in drawing
        assert "currentColor" in drawing


@pytest.mark.parametrize("which", Theme)
def test_that_style_sheets_know_all_their_colours(which):
    assert "@" not in theme.style_sheet(which)
