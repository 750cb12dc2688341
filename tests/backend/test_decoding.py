import json
import random
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.backend.engine.decoding import ElementReader
from console.backend.engine.exchange import Answer, refusal_of
from console.backend.failures import MalformedAnswerError

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=8,
)
ELEMENT = st.fixed_dictionaries({"Name": TEXT, "Id": TEXT.filter(bool)}, optional={"Options": VALUE})
ELEMENTS = st.lists(ELEMENT, max_size=8, unique_by=lambda element: element["Id"])


class Nothing:
    pass


class Parsed:
    def __init__(self, document):
        self.document = document
        self.id = document["Id"]


def reader():
    return ElementReader(Parsed, lambda parsed: parsed.id)


def documents(parsed):
    return [element.document for element in parsed]


def encode(elements, **how):
    return json.dumps(elements, **how).encode()


def parts(elements):
    """The list in parts that end within elements."""
    return in_parts(encode(elements), 700)


def in_parts(body, size):
    return [body[at : at + size] for at in range(0, len(body), size)]


@given(ELEMENTS, st.booleans(), st.sampled_from([None, 2]), st.integers(1, 100))
def test_that_a_list_in_parts_of_any_size_reads_as_json_loads_reads_it(elements, ascii_only, indent, size):
    body = encode(elements, ensure_ascii=ascii_only, indent=indent)
    assert documents(reader().read(in_parts(body, size))) == elements


@given(ELEMENTS, st.integers(1, 100), st.integers(1, 100))
def test_that_unchanged_elements_are_known_again_wherever_the_parts_end(elements, first, second):
    one, body = reader(), encode(elements)
    before = one.read(in_parts(body, first))
    after = one.read(in_parts(body, second))
    assert [parsed is old for parsed, old in zip(after, before, strict=True)] == [True] * len(elements)


def test_that_what_was_read_of_a_long_list_is_not_held():
    element = encode([{"Id": "x" * 100, "Name": "y" * 900}])[1:-1]
    tracemalloc.start()
    try:
        ElementReader(lambda _document: Nothing(), lambda _nothing: "one").read(
            (b"[" if at == 0 else b",") + element if at < 20_000 else b"]" for at in range(20_001)
        )
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000  # the list is 20 MB long


def test_that_an_error_between_two_parts_is_not_called_malformed():
    def broken():
        yield b'[{"Id": "a"},'
        raise ConnectionResetError("gone")

    with pytest.raises(ConnectionResetError):
        reader().read(broken())


@given(ELEMENTS, ELEMENTS)
def test_that_what_was_read_before_never_shows_in_what_is_read_now(before, now):
    one = reader()
    one.read(parts(before))
    assert documents(one.read(parts(now))) == now


@given(ELEMENTS, st.randoms(use_true_random=False))
def test_that_unchanged_elements_are_the_same_records_in_any_order(elements, chance):
    one = reader()
    before = {parsed.id: parsed for parsed in one.read(parts(elements))}
    chance.shuffle(elements)
    after = one.read(parts(elements))
    assert all(parsed is before[parsed.id] for parsed in after)


def test_that_only_what_changed_is_read_anew():
    elements = [{"Name": f"n{i}", "Id": f"{i:064x}", "Labels": {"a": "b"}} for i in range(200)]
    one = reader()
    before = one.read(parts(elements))
    elements[17]["Labels"]["a"] = "c"
    del elements[100]
    elements.append({"Name": "new", "Id": "new"})
    after = one.read(parts(elements))
    fresh = [parsed.id for parsed in after if parsed not in before]
    assert fresh == [elements[17]["Id"], "new"]


def test_that_an_id_inside_a_hostile_name_deceives_nobody():
    victim = {"Name": "victim", "Id": "v"}
    one = reader()
    one.read(parts([victim]))
    liar = {"Name": '"Id":"v"', "Labels": {"Id": "v"}, "Id": "liar"}
    assert documents(one.read(parts([liar, victim]))) == [liar, victim]


def test_that_an_element_that_grew_by_what_follows_is_read_anew():
    one = reader()
    one.read([b'[{"Id": "a", "Name": "x"}]'])
    assert documents(one.read([b'[{"Id": "a", "Name": "xy"}]'])) == [{"Id": "a", "Name": "xy"}]


@pytest.mark.parametrize("body", [b"[]", b" [ ] \n", b"null", b"null\n"])
def test_that_an_empty_list_may_be_spelled_as_go_spells_it(body):
    assert reader().read([body]) == ()


@pytest.mark.parametrize("size", [1, 1_000_000])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[",
        b'[{"Id": "a"}',
        b'[{"Id": "a"},]',
        b'[{"Id": "a"} {"Id": "b"}]',
        b'[{"Id": "a"}] x',
        b"[{}]",
        b"[7]",
        b'["text"]',
        b"\xff[]",
        b"<html></html>",
        b"[" * 100_000,
        b'[{"Id": 7}]',
        b"nullnull",
        b'[{"Id": "\xc3',
    ],
)
def test_that_what_is_no_list_of_objects_is_called_malformed(body, size):
    def parse(document):
        if not isinstance(document["Id"], str):
            raise ValueError("Id")
        return Parsed(document)

    with pytest.raises(MalformedAnswerError):
        ElementReader(parse, lambda parsed: parsed.id).read(in_parts(body, size))


def test_that_a_malformed_answer_does_not_spoil_the_next_good_one():
    one, body = reader(), encode([{"Id": "a"}, {"Id": "b"}])
    before = one.read([body])
    with pytest.raises(MalformedAnswerError):
        one.read([body[:-3]])
    assert [parsed is old for parsed, old in zip(one.read([body]), before, strict=True)] == [True, True]


def test_that_thousands_of_shuffled_elements_stay_the_same_records():
    elements = [{"Name": f"n{i}", "Id": f"{i:064x}"} for i in range(5000)]
    one = reader()
    before = {parsed.id: parsed for parsed in one.read(parts(elements))}
    random.Random(1).shuffle(elements)
    assert all(parsed is before[parsed.id] for parsed in one.read(parts(elements)))


@given(ELEMENTS, ELEMENTS, st.sets(TEXT), st.integers(1, 100))
def test_that_an_update_is_the_list_with_what_was_asked_for_as_it_is_now(before, now, more, size):
    read = reader()
    old = {one.id: one for one in read.read(in_parts(encode(before), size))}
    asked = more | {element["Id"] for element in now}
    updated = {one.id: one for one in read.update(in_parts(encode(now), size), asked)}
    present = {element["Id"]: element for element in now}
    kept = {element["Id"]: element for element in before if element["Id"] not in asked}
    assert {key: one.document for key, one in updated.items()} == kept | present
    assert all(updated[key] is old[key] for key in kept)
    assert set(updated.values()) == set(read.records)


def test_that_an_update_that_can_not_be_read_leaves_what_was_known():
    read = reader()
    known = read.read([encode([{"Id": "a"}, {"Id": "b"}])])
    with pytest.raises(MalformedAnswerError):
        read.update([b'[{"Id": "a", "Name": "new"}, 7]'], ["a", "b"])
    assert read.records == known


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'"a\ud800"', "a\N{REPLACEMENT CHARACTER}"),
        (r'"\uDFFF\ud83d"', "\N{REPLACEMENT CHARACTER}" * 2),
        (r'"\ud83d\ude00"', "\N{GRINNING FACE}"),
        (r'"a\\ud800"', "a\\ud800"),
    ],
)
def test_that_half_a_character_is_replaced_and_a_whole_one_stays(written, read):
    body = f'[{{"Id": "a", "Labels": {{{written}: [{written}]}}}}]'.encode()
    assert documents(reader().read([body])) == [{"Id": "a", "Labels": {read: [read]}}]
    assert Answer(200, "application/json", body).document() == [{"Id": "a", "Labels": {read: [read]}}]
    assert refusal_of(Answer(500, "application/json", f'{{"message": {written}}}'.encode())).raw == read
