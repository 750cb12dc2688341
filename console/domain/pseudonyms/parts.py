"""What a name is made of, and which names stand in a sentence: :func:`host_parts`, :func:`names_in`.

A host's name is written in many ways (``srv-01``, ``srv-01.corp.contoso.com``, ``tcp://srv-01:2376``), and
its domain says whose it is: of each name its parts are told too, so that none of them is left somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from console.domain.pseudonyms.addresses import is_address
from console.domain.pseudonyms.well_known import COMMON_ACCOUNTS, COMMON_WORDS, PUBLIC_HOSTS, PUBLIC_IMAGE

#: A kind of name and the name.
Part = tuple[str, str]

HOST, DOMAIN, IMAGE, USER, CONTAINER, NETWORK = "host", "domain", "image", "user", "container", "network"

_SHORTEST = 3
_HOST: Final = r"[\w.-]{1,253}"
_OBJECT: Final = r"[\w.-]{1,255}"
_AUTHORITY = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,31}://)?(?:(?P<user>[^/@]{1,512})@)?(?P<place>\[[^\]]*\]|[^/:?#]*)", re.IGNORECASE
)

# In the words of Go's net package, urllib3, OpenSSL, PowerShell's remoting and Windows' paths.
_HOSTS_IN_SENTENCES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b[a-z][a-z0-9+.-]{{0,31}}://(?:[^\s/@]{{1,512}}@)?(?P<name>{_HOST})",
        rf"\blookup (?P<name>{_HOST})",
        rf"\bdial (?:tcp|udp)[46]? (?P<name>{_HOST})",
        rf"\bhost=['\"](?P<name>{_HOST})",
        rf"\bhostname '(?P<name>{_HOST})'",
        rf"\bresolve(?: host)?:? ['\"]?(?P<name>{_HOST})",
        rf"\bcomputer(?: name)? ['\"]?(?P<name>{_HOST}\.[\w-]+|\w+-[\w-]+)",
        rf"\bremote server (?P<name>{_HOST}) failed",
        rf"\bvalid for (?:{_HOST}, ){{0,32}}not (?P<name>{_HOST})",
        r"(?<![\w\\:])\\\\(?P<name>\w[\w.-]{0,252})\\",
    )
)
_VALID_FOR = re.compile(r"\bvalid for (?P<names>[\w.*-]{1,253}(?:, [\w.*-]{1,253}){0,32})", re.IGNORECASE)
_SHARE = re.compile(r"(?<![\w\\:])\\\\\w[\w.-]{0,252}\\(?P<name>[\w$.-]{1,80})")
_MAIL = re.compile(r"(?P<user>[\w.+-]{1,64})@(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
# The engine's own sentences about what it did not find, or has already (moby, errdefs and daemon/names).
_NO_IMAGE: Final = r"\b(?:no such image|unable to find image|pull access denied for|manifest for|repository)"
_OBJECTS: Final = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (CONTAINER, rf"\bno such (?:container|service|task|node): /?(?P<name>{_OBJECT})"),
        (CONTAINER, rf"\bcontainer name \\?[\"']/?(?P<name>{_OBJECT})"),
        (CONTAINER, rf"\bendpoint with name (?P<name>{_OBJECT})"),
        (CONTAINER, rf"\b(?:container|service) (?P<name>{_OBJECT}) (?:is|not|already|has|does|was)\b"),
        (CONTAINER, r"\b(?:container|service) (?P<name>\w{1,64}[-_]\w[\w.-]{0,190})"),
        (NETWORK, rf"\bno such network: (?P<name>{_OBJECT})"),
        (NETWORK, rf"\bnetwork (?:with name )?(?P<name>{_OBJECT}) (?:not|already|is|has|was|id)\b"),
        (IMAGE, rf"{_NO_IMAGE}:? ['\"]?(?P<name>[\w.:/@-]{{1,512}}?)['\"]?(?=[,\s]|: |$)"),
    )
)


def host_parts(written: str) -> Iterator[Part]:
    """The parts of a host's name or address, as it is written anywhere; nothing of an IP address.

    These are the whole name, its first label, each domain above it, and each label that is no common word.
    """
    found = _AUTHORITY.match(written.strip())
    place = found["place"].strip("[]*.").partition("%")[0] if found else ""
    if found and found["user"]:
        yield from user_parts(found["user"].partition(":")[0])
    if not place or is_address(place) or PUBLIC_HOSTS.fullmatch(place):
        return
    labels = place.split(".")
    if len(labels) == 1:
        if _tells(place):
            yield HOST, place
        return
    yield HOST, place
    if _tells(labels[0]):
        yield HOST, labels[0]
    yield from _domains(labels[1:])


def domain_parts(domain: str) -> Iterator[Part]:
    """A DNS domain, the domains above it, and their labels."""
    yield from _domains([label for label in domain.strip("*.").split(".") if label])


def user_parts(account: str) -> Iterator[Part]:
    r"""An account as Windows takes it: ``name``, ``DOMAIN\name`` or ``name@domain``."""
    domain, _, name = account.rpartition("\\")
    name, _, realm = name.partition("@")
    if len(name) >= _SHORTEST and name.casefold() not in COMMON_ACCOUNTS | COMMON_WORDS:
        yield USER, name
    for place in (domain, realm):
        if place not in {"", "."}:
            yield from host_parts(place) if "." not in place else domain_parts(place)


def image_parts(image: str) -> Iterator[Part]:
    """An image's name without its tag, the registry's host, and the folders of its path."""
    if PUBLIC_IMAGE.match(image):
        return
    name = image.partition("@")[0]
    at = name.rfind("/")
    name = name[: at + 1] + name[at + 1 :].partition(":")[0]
    if "/" in name:
        yield IMAGE, name
    first, *folders = name.split("/")
    if folders and ("." in first or ":" in first):
        yield from host_parts(first)
    else:
        folders = [first, *folders]
    for folder in folders:
        if _tells(folder):
            yield IMAGE, folder


def names_in(sentence: str) -> Iterator[Part]:
    """The names that a sentence itself tells to be some: hosts, people, and objects of an engine."""
    for pattern in _HOSTS_IN_SENTENCES:
        for found in pattern.finditer(sentence):
            yield from host_parts(found["name"].rstrip("."))
    for found in _VALID_FOR.finditer(sentence):
        for name in found["names"].split(", "):
            if "." in name:
                yield from host_parts(name)
    for found in _SHARE.finditer(sentence):
        yield HOST, found["name"]
    for found in _MAIL.finditer(sentence):
        yield from user_parts(found["user"])
        yield from domain_parts(found["host"])
    for kind, pattern in _OBJECTS:
        for found in pattern.finditer(sentence):
            if _tells(found["name"]):
                yield kind, found["name"]
                if kind == IMAGE:
                    yield from image_parts(found["name"])


def _domains(labels: list[str]) -> Iterator[Part]:
    for count in range(len(labels) - 1):
        domain = ".".join(labels[count:])
        if not all(label.casefold() in COMMON_WORDS for label in labels[count:]):
            yield DOMAIN, domain
    for label in labels:
        if _tells(label):
            yield DOMAIN, label


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST and word.casefold() not in COMMON_WORDS and not word.isdecimal()
