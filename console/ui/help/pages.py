"""The help's pages and how they are found; knows no widget and reads no network."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from console.resource_files import resource

CONTENTS = "contents"
SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page. ``id`` is its path below resources/help without the suffix, as ``checks/ipv6-disabled``."""

    id: str
    title: str
    text: str


@cache
def help_pages() -> Mapping[str, HelpPage]:
    """All pages by id. It reads files the first time: call it off the UI thread."""
    folder = resource("help")
    found = {}
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        text = path.read_text(encoding="utf-8")
        identifier = path.relative_to(folder).with_suffix("").as_posix()
        found[identifier] = HelpPage(identifier, _title(text, identifier), text)
    return found


def target_of(link: str, page: str) -> tuple[str, str]:
    """Where a link of ``page`` leads: the id of a page, or "" and the address for one outside."""
    if "://" in link or link.startswith("mailto:"):
        return "", link
    path = link.partition("#")[0]
    if not path:
        return page, ""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return joined.removesuffix(SUFFIX), ""


def matching(pages: Mapping[str, HelpPage], words: str) -> Iterator[HelpPage]:
    """The pages that hold all of ``words``, in any case: those with one in the title first."""
    wanted = words.casefold().split()
    hits = [
        page for page in pages.values() if all(word in f"{page.id} {page.text}".casefold() for word in wanted)
    ]
    yield from sorted(hits, key=lambda page: (not _in_title(page, wanted), page.title.casefold()))


def _in_title(page: HelpPage, wanted: list[str]) -> bool:
    return any(word in page.title.casefold() for word in wanted)


def _title(text: str, identifier: str) -> str:
    first = text.lstrip().splitlines()[0] if text.strip() else ""
    return first.removeprefix("#").strip() or identifier
