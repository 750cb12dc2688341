"""The one record model against a plain list, under Qt's own model tester."""

import asyncio
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from console.domain.text import N_
from console.ui.models import records
from console.ui.models.records import RECORD_ROLE, Column, RecordModel, natural

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True)
class Thing:
    id: int
    name: str
    size: int | None


def _id(thing):
    return thing.id


COLUMNS = (
    Column("name", N_("t", "Name"), lambda thing: thing.name),
    Column(
        "size", N_("t", "Size"), lambda thing: thing.size, text=lambda size: "" if size is None else str(size)
    ),
)

names = st.text("abz19 Ä\t", max_size=4)
things = st.lists(
    st.builds(Thing, st.integers(0, 60), names, st.none() | st.integers(0, 3)), max_size=60, unique_by=_id
)
edits = st.one_of(
    things.map(lambda value: ("show", value)),
    names.map(lambda value: ("filter", value)),
    st.tuples(st.integers(0, 1), st.sampled_from([UP, DOWN])).map(lambda value: ("sort", value)),
)


class Expected:
    """What the model must show, worked out the plain way."""

    def __init__(self):
        self.things, self.words, self.sorting = [], [], []

    def rows(self):
        found = [
            thing
            for thing in self.things
            if all(word in f"{thing.name}\x1f{COLUMNS[1].cell(thing)}".lower() for word in self.words)
        ]
        for column, order in reversed(self.sorting[:3]):
            found.sort(key=COLUMNS[column].sort_key, reverse=order == DOWN)
        return found

    def take(self, edit):
        kind, value = edit
        if kind == "show":
            self.things = value
        elif kind == "filter":
            self.words = value.lower().split()
        else:
            self.sorting = [value, *(one for one in self.sorting if one[0] != value[0])]


def _do(model, edit):
    kind, value = edit
    if kind == "show":
        model.set_records(value)
    elif kind == "filter":
        model.set_filter(value)
    else:
        model.sort(*value)


def _sort_keys(rows, sorting):
    return [tuple(COLUMNS[column].sort_key(row) for column, _ in sorting) for row in rows]


@pytest.mark.parametrize("most_ranges", [0, 2, 1000])
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(edits, max_size=10))
def test_that_any_sequence_of_edits_shows_what_a_plain_list_would(sequence, most_ranges, monkeypatch):
    monkeypatch.setattr(records, "MOST_RANGES", most_ranges)
    model = RecordModel(COLUMNS, _id)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    expected = Expected()
    for edit in sequence:
        held = {
            QPersistentModelIndex(model.index(row, 0)): model.record(row).id
            for row in range(model.rowCount())
        }
        _do(model, edit)
        expected.take(edit)
        shown, wanted = model.records(), expected.rows()
        assert {one.id: one for one in shown} == {one.id: one for one in wanted}
        # Between full equals the order is free; by every key sorted by it must be the same.
        assert _sort_keys(shown, expected.sorting[:3]) == _sort_keys(wanted, expected.sorting[:3])
        still_there = {one.id for one in shown}
        for index, key in held.items():
            assert index.isValid() == (key in still_there)
            assert not index.isValid() or index.data(RECORD_ROLE).id == key
    del tester


def test_that_a_refresh_never_resets_and_tells_only_what_changed(qtbot):
    model = RecordModel(COLUMNS, _id)
    before = [Thing(number, f"n{number}", 1) for number in range(10)]
    model.sort(0, UP)
    model.set_records(before)
    heard = []
    model.modelReset.connect(lambda: heard.append("reset"))
    model.layoutChanged.connect(lambda: heard.append("layout"))
    model.rowsInserted.connect(lambda _parent, first, last: heard.append(("in", first, last)))
    model.rowsRemoved.connect(lambda _parent, first, last: heard.append(("out", first, last)))
    model.dataChanged.connect(lambda first, last, _roles: heard.append(("data", first.row(), last.row())))
    after = [*before[:3], Thing(3, "n3", 2), *before[4:8], Thing(20, "n20", 1)]
    model.set_records(after)
    assert heard == [("out", 8, 9), ("in", 8, 8), ("data", 3, 3)]


def test_that_the_same_objects_again_tell_nothing(qtbot):
    model = RecordModel(COLUMNS, _id)
    shown = [Thing(number, "x", None) for number in range(500)]
    model.set_records(shown)
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.layoutChanged):
        model.set_records(list(shown))


def test_that_what_was_sorted_by_before_decides_between_equals():
    model = RecordModel(COLUMNS, _id)
    model.set_records([Thing(1, "b", 1), Thing(2, "a", 2), Thing(3, "a", 1), Thing(4, "b", 2)])
    model.sort(0, UP)
    model.sort(1, DOWN)
    assert [one.id for one in model.records()] == [2, 4, 3, 1]


def test_that_numbers_in_names_sort_by_value_and_any_digits_can_be_compared():
    assert sorted(["net10", "Net2", "net1", "9" * 5000, "net"], key=natural) == [
        "9" * 5000, "net", "net1", "Net2", "net10",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=30), max_size=30))
def test_that_any_texts_have_an_order(texts):
    ordered = sorted(texts, key=natural)
    assert sorted(ordered) == sorted(texts)
    backwards = texts[::-1]
    assert ordered == sorted(backwards, key=natural)


def test_that_of_overlapping_arrivals_the_last_one_stays(run, monkeypatch):
    monkeypatch.setattr("console.ui.tasks.SLICE_SECONDS", 0.0)
    model = RecordModel(COLUMNS, _id)
    seen = []

    async def both():
        first = asyncio.ensure_future(model.arrive([Thing(n, "first", None) for n in range(3000)]))
        await asyncio.sleep(0)
        await model.arrive([Thing(1, "second", None)])
        await first
        seen.extend(one.name for one in model.records())

    run(both())
    assert seen == ["second"]


@pytest.mark.parametrize("turns", range(4))
def test_that_what_is_sorted_and_filtered_while_rows_arrive_holds(turns, run):
    model = RecordModel(COLUMNS, _id)
    model.sort(0, DOWN)

    async def arrivals():
        await model.arrive([Thing(1, "c", 1), Thing(2, "b", 2), Thing(3, "other", 3)])
        arriving = asyncio.ensure_future(model.arrive([Thing(1, "a", 9), Thing(2, "b", 2), Thing(4, "b", 1)]))
        for _ in range(turns):
            await asyncio.sleep(0)
        model.sort(1, UP)
        model.set_filter("b")
        await arriving

    run(arrivals())
    assert [thing.id for thing in model.records()] == [4, 2]


def test_that_filtering_and_sorting_ten_thousand_rows_takes_a_few_frames(benchmark):
    model = RecordModel(COLUMNS, _id)
    model.set_records([Thing(n, f"network-{n * 7919 % 10_000}", n % 5) for n in range(10_000)])
    model.sort(0, UP)

    def one_of_each():
        model.set_filter("9")
        model.sort(1, UP)
        model.sort(0, UP)
        model.set_filter("")

    benchmark(one_of_each)
    assert model.rowCount() == 10_000


def _ages():
    clock = [0]
    columns = (
        COLUMNS[0],
        Column("age", N_("t", "Age"), lambda thing: thing.size, text=lambda _: f"{clock[0]} s"),
    )
    model = RecordModel(columns, _id)
    model.set_records([Thing(1, "one", 5)])
    return clock, model


def test_that_a_text_is_made_once_for_a_record_and_anew_for_its_next_state():
    asked = []

    def named(name):
        asked.append(name)
        return name

    model = RecordModel(
        (Column("name", N_("t", "Name"), lambda thing: thing.name, text=named, searched=False),), _id
    )
    model.set_records([Thing(1, "one", 5)])
    assert [model.index(0, 0).data() for _ in range(3)] == ["one"] * 3
    assert asked == ["one"]
    model.set_records([Thing(1, "other", 5)])
    assert model.index(0, 0).data() == "other"


def test_that_ages_change_when_they_are_told_anew():
    clock, model = _ages()
    assert model.index(0, 1).data() == "0 s"
    clock[0] = 30
    model.retell("age")
    assert model.index(0, 1).data() == "30 s"


def test_that_records_on_their_way_do_not_come_after_what_was_set_meanwhile(run, monkeypatch):
    monkeypatch.setattr("console.ui.tasks.SLICE_SECONDS", 0.0)  # each record is a slice of its own
    model = RecordModel(COLUMNS, _id)
    model.set_records([Thing(0, "before", None)])
    counts = []

    async def replaced_on_the_way():
        arriving = asyncio.create_task(model.arrive([Thing(at, "late", None) for at in range(20)]))
        await asyncio.sleep(0)
        model.set_records([])
        model.rowsInserted.connect(lambda *_: counts.append(model.total))
        await arriving

    run(replaced_on_the_way())
    assert model.total == 0
    assert counts == []
