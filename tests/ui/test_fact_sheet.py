"""The sheet of facts: its labels show one object after the other."""

from PySide6.QtWidgets import QLabel

from console.domain.text import N_
from console.ui.widgets.fact_sheet import Fact, FactSheet

GENERAL, PLACE = N_("Test", "General"), N_("Test", "Place")


def _fact(heading, title, value, meaning=""):
    return Fact(heading, N_("Test", title), value, meaning)


ONE = (_fact(GENERAL, "Name", "a"), _fact(GENERAL, "Driver", "nat"), _fact(PLACE, "VLAN", "5", "tagged"))
OTHER = (_fact(GENERAL, "Name", "b", "long " + "x" * 50), _fact(PLACE, "Adapter", "Ethernet"))


def _words(sheet):
    grid = sheet.widget().layout()
    labels = {grid.getItemPosition(at)[:2]: grid.itemAt(at).widget().text() for at in range(grid.count())}
    return [labels[place] for place in sorted(labels)]


def _labels(sheet):
    return {label for label in sheet.widget().findChildren(QLabel) if not label.isHidden()}


def test_that_each_group_stands_under_its_heading_and_meanings_under_their_facts(qtbot):
    sheet = FactSheet()
    qtbot.addWidget(sheet)
    sheet.show_facts((ONE[0], ONE[2], ONE[1]))
    assert _words(sheet) == ["General", "Name", "a", "Driver", "nat", "Place", "VLAN", "5", "tagged"]


def test_that_another_object_is_told_whole_and_nothing_of_the_one_before(qtbot):
    sheet = FactSheet()
    qtbot.addWidget(sheet)
    for said, words in (
        (ONE, ["General", "Name", "a", "Driver", "nat", "Place", "VLAN", "5", "tagged"]),
        (OTHER, ["General", "Name", "b", OTHER[0].meaning, "Place", "Adapter", "Ethernet"]),
        ((), []),
        (ONE, ["General", "Name", "a", "Driver", "nat", "Place", "VLAN", "5", "tagged"]),
    ):
        sheet.show_facts(said)
        assert _words(sheet) == words
        assert sorted(label.text() for label in _labels(sheet)) == sorted(words)


def test_that_labels_of_the_same_kind_are_kept(qtbot):
    sheet = FactSheet()
    qtbot.addWidget(sheet)
    sheet.show_facts(ONE)
    before = _labels(sheet)
    sheet.show_facts(tuple(_fact(one.heading, "Other", "c", one.meaning) for one in ONE))
    assert _labels(sheet) == before
    assert "Other: c" in {label.accessibleName() for label in before}


def test_that_long_words_are_wrapped_also_where_a_label_had_other_words(qtbot):
    sheet = FactSheet()
    qtbot.addWidget(sheet)
    sheet.resize(240, 400)
    sheet.show()
    sheet.show_facts((_fact(GENERAL, "Name", "a"),))
    (label,) = (one for one in sheet.widget().findChildren(QLabel) if one.text() == "a")
    qtbot.waitUntil(label.isVisible)
    one_line = label.height()
    sheet.show_facts((_fact(GENERAL, "Name", "many words " * 12),))
    qtbot.waitUntil(lambda: label.height() >= 3 * one_line)
