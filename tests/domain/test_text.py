from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from console.domain.text import N_, Text, verbatim

GERMAN = {"Remove the network {name}": "Netzwerk {name} entfernen", "Undo: {title}": "Rückgängig: {title}"}


def german(_context: str, template: str) -> str:
    return GERMAN.get(template, template)


def test_that_a_text_inside_a_text_is_translated_along():
    undo = N_("Journal", "Undo: {title}", title=N_("Plan", "Remove the network {name}", name="web"))
    assert str(undo) == "Undo: Remove the network web"
    assert undo.render(german) == "Rückgängig: Netzwerk web entfernen"


@given(st.text())
def test_that_a_value_is_never_read_as_a_template(name):
    assert str(N_("Plan", "Remove the network {name}", name=name)) == f"Remove the network {name}"
    assert str(verbatim(name)) == name


@given(
    st.recursive(st.text(), lambda inner: st.builds(lambda value: N_("Plan", "{value}!", value=value), inner))
)
def test_that_texts_survive_being_written_down(value):
    text = N_("Plan", "of {value}", value=value)
    adapter = TypeAdapter(Text)
    assert adapter.validate_json(adapter.dump_json(text)) == text
