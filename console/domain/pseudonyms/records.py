"""The records of one host rewritten with made-up names and addresses: :class:`Pseudonymiser`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeVar

from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import DNS_SUFFIX, INTERFACE, NETWORK_NAME
from console.domain.host_inventory import FirewallRule
from console.domain.plan import RunScript
from console.domain.pseudonyms.addresses import AddressPseudonyms, is_address
from console.domain.pseudonyms.meanings import BY_FIELD, MEANINGS, Meaning, meaning_of
from console.domain.pseudonyms.names import NamePseudonyms
from console.domain.record import Record
from console.domain.rewriting import rewritten
from console.domain.scripts import SCRIPT_BY_ID

R = TypeVar("R", bound=Record)

_NAMES: Final = frozenset(
    {
        Meaning.HOST,
        Meaning.NETWORK,
        Meaning.CONTAINER,
        Meaning.ADAPTER,
        Meaning.VSWITCH,
        Meaning.DOMAIN,
        Meaning.SERVICE,
        Meaning.IMAGE,
        Meaning.WORDS,
    }
)
_NAMED_BY_OPTION: Final = {DNS_SUFFIX: Meaning.DOMAIN, NETWORK_NAME: Meaning.NETWORK}
_KNOWN_LABELS = re.compile(r"(?:com\.docker\.|org\.opencontainers\.|desktop\.docker\.|io\.kubernetes\.)")
# Microsoft's images name the Windows they are made of, which matters, and nobody's project.
_PUBLIC_IMAGE = re.compile(r"mcr\.microsoft\.com/|(?:[\w-]+/)?(?:nanoserver|windowsservercore|servercore)\b")
_USER_FOLDER = re.compile(
    r"(?P<kept>(?:\b[A-Z]:\\Users\\|/home/|/Users/))[^\\/\s\"':;]{1,128}", re.IGNORECASE
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_WINDOWS_OWN_RULE = re.compile(r"HNS Container Networking|@")


class Pseudonymiser:
    """Replaces the names, addresses and labels in records that belong to one host.

    ``key`` decides what they are replaced by; records rewritten with one key agree with each other.
    All records must be :meth:`noted <note>` before the first is rewritten, so that a name which one of
    them knows is also found in the sentences of the others.

    Stays as it is: ids, drivers, versions, services, hardware, ports, the vendor of a MAC address, the
    names that Windows and docker give themselves, and Microsoft's images.
    """

    def __init__(self, key: bytes) -> None:
        self._names = NamePseudonyms(key)
        self._addresses = AddressPseudonyms(key)

    def note(self, records: Iterable[Record]) -> None:
        """Learn the names that the records hold."""
        collector = _Collector()
        for record in records:
            rewritten(record, collector)
        for meaning in dict.fromkeys((*MEANINGS.values(), *BY_FIELD.values())):
            for name in collector.found.pop(meaning, {}):
                self._names.note(meaning.value, name)

    def rewritten(self, record: R) -> R:
        """The record with made-up names and addresses."""
        return rewritten(record, self)

    def text(self, owner: Record, field: str, words: str) -> str:
        """See :class:`console.domain.rewriting.Rewriter`."""
        meaning = meaning_of(type(owner), field)
        if not words or meaning is Meaning.KEPT or (meaning is Meaning.IMAGE and _PUBLIC_IMAGE.match(words)):
            return words
        if isinstance(owner, FirewallRule) and meaning is Meaning.RULE:
            return self._rule_text(owner, words)
        if isinstance(owner, RunScript) and field == "parameters":  # one of a list of values
            return self._value("value", words)
        if meaning in _NAMES:
            return self._value(meaning.value, words)
        return self._sentence(words)

    def entry(self, owner: Record, field: str, key: str, words: str) -> tuple[str, str]:
        """See :class:`console.domain.rewriting.Rewriter`."""
        meaning = meaning_of(type(owner), field)
        if meaning is Meaning.KEPT:
            return key, words
        if meaning is Meaning.LABELS:
            known = _KNOWN_LABELS.match(key)
            return key if known else self._names.name("label", key), self._value("value", words)
        if isinstance(owner, RunScript):
            return key, self._parameter(owner, key, words)
        if meaning is Meaning.OPTIONS and key in _NAMED_BY_OPTION:
            return key, self._value(_NAMED_BY_OPTION[key].value, words)
        return key, self._sentence(words)

    def _parameter(self, step: RunScript, name: str, words: str) -> str:
        declared = SCRIPT_BY_ID[step.script].parameter(name) if step.script in SCRIPT_BY_ID else None
        if (declared is not None and declared.choices) or not words:
            return words
        return self._value("value", words)

    def _value(self, kind: str, words: str) -> str:
        """A field of one value: an address, or else a name."""
        if is_address(words):
            return self._addresses.replaced(words)
        return self._names.name(kind, words)

    def _rule_text(self, rule: FirewallRule, words: str) -> str:
        """The rules that Windows and HNS make are the same everywhere; others may name a product."""
        if _WINDOWS_OWN_RULE.match(rule.title) or _WINDOWS_OWN_RULE.match(rule.group):
            return self._sentence(words)
        return self._names.name("rule", words)

    def _sentence(self, words: str) -> str:
        words = _USER_FOLDER.sub(r"\g<kept>user", words)
        words = _MAIL.sub("user@example.com", words)
        return self._addresses.replaced(self._names.in_sentence(words))


class _Collector:
    """Finds the names in records, and changes nothing."""

    def __init__(self) -> None:
        self.found: dict[Meaning, dict[str, None]] = {}

    def text(self, owner: Record, field: str, words: str) -> str:
        meaning = meaning_of(type(owner), field)
        if meaning in _NAMES and not is_address(words):
            self.found.setdefault(meaning, {})[words] = None
        return words

    def entry(self, owner: Record, field: str, key: str, words: str) -> tuple[str, str]:
        if meaning_of(type(owner), field) is Meaning.OPTIONS:
            if key in _NAMED_BY_OPTION:
                self.found.setdefault(_NAMED_BY_OPTION[key], {})[words] = None
            elif key == INTERFACE:
                names = dict.fromkeys(adapter_names(words))
                self.found.setdefault(Meaning.ADAPTER, {}).update(names)
        return key, words
