"""A word that nobody else has in every text that the records of a host can hold: which are left?"""

import typing
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from itertools import count
from types import UnionType

import pytest

from console.backend.journal import JournalEntry
from console.domain.pseudonyms import PrivateNames, Pseudonymiser
from console.domain.pseudonyms.meanings import Meaning, meaning_of
from console.domain.record import Record
from console.domain.snapshot import Snapshot
from console.domain.text import Text

KEY = b"k" * 32
PRIVATE = PrivateNames(
    hosts=("tcp://srv-contoso-01.corp.contoso.com:2376", "https://wmi7.fabrikam.example:5986"),
    people=("CONTOSO\\jroe", "jane.roe@contoso.com"),
)
#: What an engine, PowerShell, Go, urllib3 and Windows would say of that host, in each of their ways.
TOLD = (
    "open C:\\Users\\jroe\\AppData\\Local\\Temp\\x: denied (tcp://srv-contoso-01:2376)",
    "HTTPConnectionPool(host='srv-contoso-01.corp.contoso.com', port=2375): Max retries exceeded",
    "dial tcp: lookup db7.adatum.example on 10.0.0.1:53: no such host",
    "[SRV-CONTOSO-01] Connecting to remote server SRV-CONTOSO-01.corp.contoso.com failed",
    "x509: certificate is valid for docker.adatum.example, srv2.adatum.example, not srv-contoso-01",
    "source path 'D:\\Adatum Berlin\\litware\\db' does not exist; /srv/adatum/litware, \\\\FS7\\adatum\\x",
    "No such container: litware-erp; pull access denied for adatum.example:5000/team/litware, repository",
    "network litware-payroll not found; service litware_api is paused; mail jane.roe@contoso.com",
    "host wmi7 of contoso_prod, Fabrikam and CORP\\jroe; registry https://litware.azurecr.io/v2/",
)
WORDS = ("contoso", "jroe", "jane.roe", "wmi7", "fabrikam", "adatum", "litware", "FS7")


class Canaries:
    """Makes records in which every text is another word; ``sentences`` stand where programs speak."""

    def __init__(self, sentences=()):
        self.home = {}
        self.texts = set()
        self._numbers = count(1)
        self._sentences = sentences

    def record(self, kind, depth=0):
        kind.model_rebuild()
        values = {
            name: self.value(field.annotation, (kind, name), depth + 1)
            for name, field in kind.model_fields.items()
        }
        return kind.model_construct(**values)

    def word(self, home):
        if self._sentences and meaning_of(*home) is Meaning.SENTENCE:
            return " | ".join(self._sentences)
        word = f"Quokka{next(self._numbers)}x"
        self.home[word] = home
        return word

    def value(self, kind, home, depth):
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin is typing.Annotated:
            return self.value(arguments[0], home, depth)
        if origin in {typing.Union, UnionType}:
            return self.value(next(one for one in arguments if one is not type(None)), home, depth)
        if origin is tuple:
            return self.items(arguments[0], home, depth)
        if origin is Mapping:
            return {self.word(home): self.word(home)}
        if origin is typing.Literal:
            return arguments[0]
        if kind is Text:
            self.texts.add(home)
            return Text("Test", "{words}", (("words", self.word(home)),))
        if kind is str:
            return self.word(home)
        if issubclass(kind, Record):
            return self.record(kind, depth) if depth < 12 else None
        if issubclass(kind, Enum):
            return next(iter(kind))
        return datetime.now(UTC) if kind is datetime else kind(1)

    def items(self, kind, home, depth):
        """One of each: of a union (the steps of plans) one of every kind there is."""
        if typing.get_origin(kind) is typing.Annotated:
            kind = typing.get_args(kind)[0]
        union = typing.get_origin(kind) in {typing.Union, UnionType}
        kinds = typing.get_args(kind) if union else (kind,)
        return tuple(self.value(one, home, depth) for one in kinds)


def made_up(canaries, private=None):
    records = (canaries.record(Snapshot), canaries.record(JournalEntry))
    names = Pseudonymiser(KEY)
    names.note(records, private)
    return [told(names.rewritten(record)) for record in records]


def told(value):
    """All texts in a record that was made without validation."""
    if isinstance(value, Record):
        return "\n".join(told(getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, Text):
        return told(dict(value.values))
    if isinstance(value, Mapping):
        return "\n".join(f"{key}\n{told(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return "\n".join(map(told, value))
    return str(value)


@pytest.fixture(scope="module")
def left():
    """The fields whose words are still there, each with its meaning."""
    canaries = Canaries()
    words = set("\n".join(made_up(canaries)).split())
    assert len(canaries.home) > 250, "the records are not walked through any more"
    return {home for word, home in canaries.home.items() if word in words}


def test_that_no_field_keeps_a_word_that_is_not_meant_to(left):
    kept = {Meaning.KEPT, Meaning.SENTENCE, Meaning.SETTINGS}
    assert {home for home in left if meaning_of(*home) not in kept} == set()


def test_that_the_keys_of_settings_are_the_only_words_of_mappings_that_stay(left):
    mappings = {home for home in left if meaning_of(*home) is Meaning.SETTINGS}
    assert {(kind.__name__, field) for kind, field in mappings} == {
        ("HnsPolicy", "settings"),  # HNS' own words
        ("RunScript", "parameters"),  # the console's own
    }


def test_that_what_is_kept_is_what_windows_and_the_engine_say_and_no_person(left):
    names = {"name", "host_name", "hostname", "computer", "labels", "options", "image", "container"}
    kept = {(kind.__name__, field) for kind, field in left if meaning_of(kind, field) is Meaning.KEPT}
    assert {home for home in kept if home[1] in names} == {
        ("SwitchExtension", "name"),  # a product
        ("WindowsVersion", "name"),
        ("FirewallProfile", "name"),
        ("Service", "name"),  # of the list the inventory asks for
    }


def test_that_sentences_tell_neither_the_host_nor_people_nor_what_they_say_themselves():
    words = "\n".join(made_up(Canaries(TOLD), PRIVATE)).casefold()
    assert {word for word in WORDS if word.casefold() in words} == set()
    for stays in ("max retries exceeded", "connecting to remote server", "no such container:", ":2376"):
        assert stays in words


def test_that_what_fills_a_template_is_taken_for_a_sentence():
    canaries = Canaries()
    made_up(canaries)
    assert len(canaries.texts) > 8
    assert {home for home in canaries.texts if meaning_of(*home) is not Meaning.SENTENCE} == set()
