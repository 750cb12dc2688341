"""Credentials in texts, taken out: what the console writes to a file to be handed on has none.

A text that holds one keeps its other words, so that it can still be understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from console.domain.record import Record

REMOVED: Final = "(removed)"

_SENSITIVE = (
    r"(?:passwords?|passwd|passphrase|pwd|secrets?|tokens?|api[_-]?keys?|access[_-]?keys?|account[_-]?keys?"
    r"|private[_-]?keys?|auth(?:orization)?|credentials?|connection[_-]?strings?|sas)"
)
# The word stands at an end of the name: "DB_PASSWORD", "tokenValue", but not "tokenizer" or "author".
_SECRET_NAME = re.compile(rf"(?:^|[^a-z]){_SENSITIVE}(?:$|[^a-z])", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_ASSIGNED = re.compile(
    rf"(?P<kept>(?<![A-Za-z])(?:[\w.-]{{0,64}}[_.-])?{_SENSITIVE}(?:[_.-][\w.-]{{0,64}})?[\"']?"
    r"(?:\s{0,3}[:=]\s{0,3}|\s{1,3}(?=[\"'])))"
    r"(?:\"[^\"\n]{1,4096}\"|'[^'\n]{1,4096}'|[^\s\"',;&|]{1,4096})",
    re.IGNORECASE,
)
_FLAG = re.compile(
    rf"(?P<kept>--(?:[\w-]{{0,64}}-)?{_SENSITIVE}\s{{1,3}})(?:\"[^\"\n]{{1,4096}}\"|[^\s\"'-][^\s\"']{{0,4096}})",
    re.IGNORECASE,
)
_USER_INFO = re.compile(r"(?P<kept>\b[a-z][a-z0-9+.-]{0,31}://)[^\s/@\"']{1,512}@", re.IGNORECASE)
# Without a scheme, as proxies are often written; an image's digest ("name:tag@sha256:…") is none.
_BARE_USER_INFO = re.compile(r"(?<![\w@/:.-])[^\s/:@\"'=]{1,128}:[^\s/@\"']{1,256}@(?=[\w.-])(?!sha\d{3}:)")
_SCHEME_OF_HEADER = re.compile(r"(?P<kept>\b(?:bearer|basic)\s{1,3})[\w+/=.~-]{8,4096}", re.IGNORECASE)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----.{0,16384}?(?:-----END [A-Z ]{0,32}KEY-----|\Z)", re.S
)
# Tokens that tell what they are: JSON web tokens, docker swarm's, GitHub's, Amazon's.
_KNOWN_TOKENS = re.compile(
    r"\beyJ[\w-]{4,4096}\.[\w-]{4,4096}\.[\w-]{0,4096}|\bSWMTKN-\d-[\w-]{8,256}|\bgh[opsu]_\w{16,255}"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
)
# What none of the above can be without: nearly all texts are passed over by this one search.
_MARK = re.compile(
    r"@|://|BEGIN |eyJ|SWMTKN|gh[opsu]_|AKIA|ASIA"
    r"|(?i:pass|pwd|secret|token|key|auth|cred|conn|sas|bearer|basic)"
)


def is_secret_name(name: str) -> bool:
    """Whether what is filed under ``name`` (of a variable, label or option) is likely a credential."""
    return _SECRET_NAME.search(_CAMEL.sub("_", name)) is not None


def without_credentials(words: str) -> str:
    """``words`` with :data:`REMOVED` in the place of each credential.

    These are user names and passwords in addresses and proxies, values of names that mean a secret,
    authorization headers, private keys, and tokens of a known form.
    """
    if _MARK.search(words) is None:
        return words
    words = _PRIVATE_KEY.sub(REMOVED, words)
    words = _KNOWN_TOKENS.sub(REMOVED, words)
    words = _USER_INFO.sub(rf"\g<kept>{REMOVED}@", words)
    words = _BARE_USER_INFO.sub(f"{REMOVED}@", words)
    words = _SCHEME_OF_HEADER.sub(rf"\g<kept>{REMOVED}", words)
    words = _FLAG.sub(rf"\g<kept>{REMOVED}", words)
    return _ASSIGNED.sub(rf"\g<kept>{REMOVED}", words)


#: Fields in which people put passwords under any name: nothing of their values is kept.
_OFTEN_SECRET: Final = frozenset({"environment", "command"})


class CredentialRemover:
    """Takes credentials out of the texts of a record: ``rewritten(record, CredentialRemover())``."""

    def text(self, _owner: Record, field: str, words: str) -> str:
        """The text without credentials."""
        return REMOVED if field in _OFTEN_SECRET else without_credentials(words)

    def entry(self, _owner: Record, field: str, key: str, words: str) -> tuple[str, str]:
        """The entry; nothing of the value is left where the key's name means a secret."""
        if words and (field in _OFTEN_SECRET or is_secret_name(key)):
            return key, REMOVED
        return key, without_credentials(words)
