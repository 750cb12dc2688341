from console.domain.comparison import compare
from console.domain.sections import unavailable
from console.ui.models.differences import DIFFERENCE_COLUMNS, What, difference_facts, difference_rows
from tests.domain.hosts import REASON, host, network
from tests.domain.whole_hosts import whole_host


def test_that_each_change_of_an_object_has_a_line_of_its_own():
    before = host(networks=[network("a", "nat", "10.1.0.0/24"), network("b", "nat")])
    after = host(networks=[network("a", "transparent", "10.2.0.0/24"), network("c", "nat")])
    rows = difference_rows(compare(before, after))
    told = {(row.what, row.name, row.field) for row in rows}
    assert {
        (What.APPEARED, "c", ""),
        (What.WENT, "b", ""),
        (What.CHANGED, "a", "driver"),
        (What.CHANGED, "a", "pools"),
    } == told
    driver = next(row for row in rows if row.field == "driver")
    assert (driver.before, driver.after) == ("nat", "transparent")
    said = [(str(fact.title), fact.value) for fact in difference_facts(driver)]
    assert said == [
        ("Difference", "Changed"), ("Object", "a"), ("Field", "driver"),
        ("Before", "nat"), ("After", "transparent"),
    ]  # fmt: skip


def test_that_every_kind_of_object_has_its_words_and_unknown_parts_are_told():
    known = whole_host()
    fields = {name: unavailable(REASON) for name in type(known.facts).model_fields}
    unknown = known.model_copy(
        update={
            "engine": unavailable(REASON),
            "networks": unavailable(REASON),
            "containers": unavailable(REASON),
            "facts": known.facts.model_copy(update=fields),
        }
    )
    rows = difference_rows(compare(known, unknown))
    assert {row.what for row in rows} == {What.NOT_COMPARED}
    assert all(column.cell(row) is not None for row in rows for column in DIFFERENCE_COLUMNS)
