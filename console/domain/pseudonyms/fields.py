"""What is written in the place of each text of a record, by what the text means: :class:`FieldPseudonyms`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final, Protocol

from console.domain.drivers.linux_options import LINUX_OPTION_BY_KEY, PARENT
from console.domain.drivers.options import DNS_SUFFIX, INTERFACE, NETWORK_NAME, OPTION_BY_KEY
from console.domain.host_inventory import FirewallRule
from console.domain.plan import RunScript
from console.domain.pseudonyms.addresses import is_address, only_addresses
from console.domain.pseudonyms.meanings import NAMES, Meaning, meaning_of
from console.domain.pseudonyms.paths import path_replaced, paths_replaced
from console.domain.pseudonyms.well_known import (
    ENUMERATED,
    KNOWN_DRIVERS,
    PROGRAMS,
    PUBLIC_IMAGE,
    known_option,
)
from console.domain.record import Record
from console.domain.scripts import SCRIPT_BY_ID

_NAMED_BY_OPTION: Final = {
    DNS_SUFFIX: Meaning.DOMAIN,
    NETWORK_NAME: Meaning.NETWORK,
    INTERFACE: Meaning.ADAPTER,
    PARENT: Meaning.ADAPTER,
}
_KNOWN_LABELS = re.compile(r"(?:com\.docker\.|org\.opencontainers\.|desktop\.docker\.|io\.kubernetes\.)")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_WINDOWS_OWN_RULE = re.compile(r"HNS Container Networking|@")
_ITEM = re.compile(r"[^,\"]+")
_LINKED = re.compile(r"[^/:]+")
_RESOLVER_OPTION = re.compile(
    r"(?:ndots|timeout|attempts|rotate|edns0|trust-ad|use-vc|no-tld-query|inet6|single-request(?:-reopen)?)(?::\d+)?"
)
_CONSTRAINT = re.compile(r"\s*(?P<what>[\w.-]+)\s*(?P<sign>==|!=)\s*(?P<value>.*?)\s*", re.DOTALL)
_LABEL_OF_NODE = re.compile(r"(?P<kept>(?:node|engine)\.labels\.)(?P<name>.+)", re.DOTALL)
_CHOSEN_OF_NODE: Final = frozenset({"node.role", "node.platform.os", "node.platform.arch"})


class Names(Protocol):
    """What becomes of names."""

    def name(self, kind: str, name: str) -> str:
        """What a field that holds nothing but a name is to hold."""

    def in_sentence(self, words: str) -> str:
        """``words`` with each known name in them replaced."""


class FieldPseudonyms:
    """See :class:`console.domain.rewriting.Rewriter`. ``addresses`` replaces each address in a text."""

    def __init__(self, names: Names, addresses: Callable[[str], str]) -> None:
        self._names = names
        self._addresses = addresses
        self._by_meaning: dict[Meaning, Callable[[str], str]] = {
            Meaning.KEPT: lambda words: words,
            Meaning.ID: lambda words: self._names.name("id", words),
            Meaning.IMAGE: self._image,
            Meaning.SENTENCE: self.sentence,
            Meaning.PROGRAM: self._program,
            Meaning.PATH: lambda words: path_replaced(words, self._folder),
            Meaning.DRIVER: self._driver,
            Meaning.MODE: self._network_mode,
            Meaning.LINK: self._link,
            Meaning.RESOLVER: self._resolver_option,
            Meaning.CONSTRAINT: self._constraint,
            Meaning.PROXY: self._proxy,
            **{meaning: self._named(meaning.value) for meaning in NAMES},
        }

    def text(self, owner: Record, field: str, words: str) -> str:
        """See :class:`console.domain.rewriting.Rewriter`."""
        if not words:
            return words
        meaning = meaning_of(type(owner), field)
        if meaning is Meaning.RULE and isinstance(owner, FirewallRule):
            return self._rule_text(owner, words)
        return self._by_meaning.get(meaning, self._value)(words)

    def entry(self, owner: Record, field: str, key: str, words: str) -> tuple[str, str]:
        """See :class:`console.domain.rewriting.Rewriter`."""
        meaning = meaning_of(type(owner), field)
        if meaning is Meaning.LABELS:
            known = _KNOWN_LABELS.match(key)
            return key if known else self._names.name("label", key), self._value(words)
        if isinstance(owner, RunScript):
            return key, self._parameter(owner, key, words)
        if meaning is Meaning.OPTIONS:
            return key if known_option(key) else self._names.name("option", key), self._option(key, words)
        if meaning is Meaning.SETTINGS:
            return key, self._setting(words)
        return key, self.text(owner, field, words)

    # Values

    def _named(self, kind: str) -> Callable[[str], str]:
        return lambda words: self._value(words, kind)

    def _value(self, words: str, kind: str = "value") -> str:
        """A field of one value: addresses, a word that all hosts have, or else a name."""
        if not words:
            return words
        if is_address(words) or only_addresses(words):
            return self._addresses(words)
        if kind == "value" and words.casefold() in ENUMERATED:
            return words
        return self._names.name(kind, words)

    def _parameter(self, step: RunScript, name: str, words: str) -> str:
        declared = SCRIPT_BY_ID[step.script].parameter(name) if step.script in SCRIPT_BY_ID else None
        return words if declared is not None and words in declared.choices else self._value(words)

    def _option(self, key: str, words: str) -> str:
        """Several values stand between commas, each perhaps in quotes (``"Ethernet 2", "Ethernet 3"``)."""
        option = OPTION_BY_KEY.get(key) or LINUX_OPTION_BY_KEY.get(key)
        if option is not None and words in option.choices:
            return words
        kind = _NAMED_BY_OPTION[key].value if key in _NAMED_BY_OPTION else "value"
        return _ITEM.sub(lambda found: self._inner(found[0], kind), words)

    def _inner(self, item: str, kind: str) -> str:
        bare = item.strip()
        return item.replace(bare, self._value(bare, kind)) if bare else item

    def _setting(self, words: str) -> str:
        """A setting of an HNS policy: one value, or a JSON document of them."""
        if not words.startswith(("{", "[")):
            return _ITEM.sub(lambda found: self._inner(found[0], "value"), words)
        try:
            document = json.loads(words)
        except ValueError:
            return self._value(words)
        return json.dumps(self._leaves(document), ensure_ascii=False, separators=(", ", ": "))

    def _leaves(self, document: Any) -> Any:
        if isinstance(document, dict):
            return {key: self._leaves(value) for key, value in document.items()}
        if isinstance(document, list):
            return [self._leaves(value) for value in document]
        return self._value(document) if isinstance(document, str) else document

    def _image(self, words: str) -> str:
        return words if PUBLIC_IMAGE.match(words) else self._names.name("image", words)

    def _program(self, words: str) -> str:
        known = words.casefold().removesuffix(".exe") in PROGRAMS
        return words if known else self._names.name("program", words)

    def _driver(self, words: str) -> str:
        return words if words.casefold() in KNOWN_DRIVERS else self._names.name("driver", words)

    def _network_mode(self, words: str) -> str:
        sort, colon, container = words.partition(":")
        if colon and sort == "container":
            return f"{sort}:{self._value(container, 'container')}"
        return self._value(words, "network")

    def _link(self, words: str) -> str:
        return _LINKED.sub(lambda found: self._value(found[0], "container"), words)

    def _resolver_option(self, words: str) -> str:
        return words if _RESOLVER_OPTION.fullmatch(words) else self._value(words)

    def _constraint(self, words: str) -> str:
        """A placement constraint (``node.labels.site == berlin``)."""
        found = _CONSTRAINT.fullmatch(words)
        if found is None:
            return self._value(words)
        what, value = found["what"], found["value"]
        if label := _LABEL_OF_NODE.fullmatch(what):
            what = f"{label['kept']}{self._names.name('label', label['name'])}"
        if what not in _CHOSEN_OF_NODE:
            value = self._value(value, "host" if what == "node.hostname" else "value")
        return f"{what}{found['sign']}{value}"

    def _proxy(self, words: str) -> str:
        """A proxy, or the list of what is reached without one; only what hosts are called matters."""
        for name in re.split(r"[;,\s]+", words):
            self._names.name("host", name)
        return self._value(words, "words")

    def _rule_text(self, rule: FirewallRule, words: str) -> str:
        """The rules that Windows and HNS make are the same everywhere; others may name a product."""
        if _WINDOWS_OWN_RULE.match(rule.title) or _WINDOWS_OWN_RULE.match(rule.group):
            return self.sentence(words)
        return self._names.name("rule", words)

    def sentence(self, words: str) -> str:
        """Words in which names, addresses and paths stand."""
        words = paths_replaced(_MAIL.sub("user@example.com", words), self._folder)
        return self._addresses(self._names.in_sentence(words))

    def _folder(self, name: str) -> str:
        return self._names.name("folder", name)
