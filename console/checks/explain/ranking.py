"""From a pasted text to ranked explanations: :func:`explain_paste`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from console.checks.errors.catalog import PATTERNS
from console.checks.errors.pattern import ErrorPattern
from console.checks.explain.causes import CAUSES, Cause
from console.checks.explain.error_codes import codes_in
from console.checks.explain.fragments import Fragment, fragments
from console.checks.explain.localized import CODE_OF_SENTENCE
from console.checks.explain.paste import Paste, squeeze
from console.checks.explain.symptoms import (
    ANY_REFUSAL,
    CAUSES_OF_CODE,
    CHECK_OF,
    REFUSED_ENDPOINT,
    REFUSED_NETWORK,
    SEVERAL_CAUSES,
    SYMPTOMS,
    Way,
)
from console.checks.report import Report as HostReport
from console.checks.report import applicable
from console.domain.text import Text

_MOST_MATCHES = 10
_MOST_PLACES = 20  # of one phrase in one text
_NEAR = 1200  # squeezed characters
_DISTINCTIVE = 14  # squeezed characters that are a message by themselves
_SHORTEST = 8
_LEAST_CONFIDENCE = 0.15

# Said of nothing but container networking, or of containers on Windows.
_DOMAIN = re.compile(
    r"\b(?:hns\w*|hcn\w*|hcs\w*|docker\w*|libnetwork|windowsshim|containerd|moby|vmcompute|l2bridge|l2tunnel"
    r"|host network service|vfp|nanoserver|\w*servercore|\w*-hns\w+"
    r"|\w*netnat\w*|winnat|vmswitch|\w+-vmswitch|vswitch|compose|swarm|com\.docker\.\w+"
    r"|containers?|createcontainer|networkcontroller|(?:transparent|nat|default|ingress|overlay) network"
    r"|(?:from|starting|start) daemon|fetching server api version|windows system call)\b",
    re.IGNORECASE,
)
# Codes of Windows itself mean container networking only beside words of it.
_NETWORKING = re.compile(
    r"\b(?:hns\w*|hcn\w*|hcsshim|hcs::\w+|\w*-hns\w+|libnetwork|windowsshim|l2bridge|l2tunnel"
    r"|\w*netnat\w*|\w+-vmswitch|vmswitch)\b"
    r"|in win32:|windows system call|network controller|default network|endpoint \S+ on network"
    r"|docker.{0,80}network|network.{0,80}docker|container.{0,60}network|createcontainer|createcomputesystem"
    r"|ingress network|start(?:ing)? daemon",
    re.IGNORECASE,
)
_UNMISTAKABLE = ("hnscall", "libnetwork", "windowsshim", "failedinwin32", "hnsfailedwitherror", "hcsshim")
_HNS, _HCS = "0x803b", "0x8037"
_REFUSED = re.compile(r"hnsfailed(?:witherror)?|hnscallfailed(?:inwin32)?|hcn[a-z]{4,24}failedinwin32")
_AFTERMATH = frozenset({"engine-not-running"})
_SENTENCE_AFTER = 160  # squeezed characters: how far one message goes
# Messages of this length are nobody else's; shorter ones need words of containers near them.
_OWN_WORDS = 18
_ONE_MESSAGE = 250  # squeezed characters: the message is all there is
# Images' file systems fail with the same codes as networks, through the same library. Squeezed words.
_LAYERS = re.compile(
    r"(?:import|prepare|activate|create\w{0,12}|destroy|export|expand\w{0,12}|base|mount|unprepare|deactivate)"
    r"layer|layermount|failedtoregisterlayer|wclayer"
)
_LAYER_BEFORE = 120  # squeezed characters
_HNS_ANSWER = re.compile(
    r"hns failed with error|hnscall failed|hnscallrawresponse|hcn\w{4,24} failed in win32"
    r"|hcn\w{4,24} -- hresult|hns-network-create|invoke-hnsrequest",
    re.IGNORECASE,
)
_ENGINE = re.compile(
    r"\b(?:docker\w*|hns\w*|hcn\w*|hcsshim|libnetwork|swarm|moby|compose|(?:from|starting|start) daemon)\b",
    re.IGNORECASE,
)
_LINUX_HOST = re.compile(
    r"\b(?:iptables|nf_tables|nftables|firewalld|kube-proxy|systemd\[|systemctl|kubelet\[|dockerd\[\d|docker0"
    r"|br-[0-9a-f]{12}|veth[0-9a-f]{6,8}|runc|/var/lib/docker|/bin/sh -c|ubuntu|debian|centos|alpine)",
    re.IGNORECASE,
)
# Said of Windows only, whatever else is around.
_WINDOWS_HOST = re.compile(
    r"\b(?:hns\w*|hcn\w{4,}|hcs\w*|windowsshim|vmcompute|in win32|npipe|vethernet|nanoserver|servercore"
    r"|windowsservercore)\b|//\./pipe|[a-z]:\\|ps [a-z]:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Match:
    """One explanation; ``look`` says how to tell it from the others of the same words."""

    check: str
    confidence: float
    title: Text
    why: Text
    look: Text | None
    evidence: str
    remedies: tuple[Text, ...]

    def document(self) -> dict[str, Any]:
        """The JSON form, in English."""
        return {
            "check": self.check,
            "confidence": round(self.confidence, 2),
            "title": str(self.title),
            "why": str(self.why),
            "look_at": str(self.look) if self.look else None,
            "evidence": self.evidence,
            "remedies": [str(remedy) for remedy in self.remedies],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All explanations of a text, likeliest first; none where it is about something else."""

    matches: tuple[Match, ...]

    @property
    def unknown(self) -> bool:
        """Whether the text tells nothing that the console knows."""
        return not self.matches

    def document(self) -> dict[str, Any]:
        """The JSON form of the issue, in English."""
        return {"matches": [match.document() for match in self.matches], "unknown": self.unknown}


def explain_paste(text: str, *, firing: Collection[str] = (), silent: Collection[str] = ()) -> Report:
    """What a pasted error, log or issue says, whatever happened to it on the way.

    ``firing`` and ``silent`` are the checks that found something, or nothing, on the connected host:
    they raise or lower what the text alone suggests. It takes bounded time and raises nothing.
    """
    paste = Paste(text)
    best: dict[str, Match] = {}
    for match in _matches(paste):
        known = best.get(match.check)
        if known is None or known.confidence < match.confidence:
            best[match.check] = match
    weighed = (_weighed(match, firing, silent) for match in best.values())
    likely = [match for match in weighed if match.confidence >= _LEAST_CONFIDENCE]
    likely.sort(key=lambda match: (-match.confidence, match.check))
    return Report(tuple(likely[:_MOST_MATCHES]))


def explain_for(text: str, host: HostReport) -> Report:
    """The same, where what the checks found on the connected host raises and lowers the confidence."""
    firing = {finding.check.id for finding in host.findings}
    unasked = {one.check.id for one in host.not_known} | {one.check.id for one in host.crashed}
    asked = {check.id for check in applicable(host.host.snapshot)}
    return explain_paste(text, firing=firing, silent=asked - firing - unasked)


def _weighed(match: Match, firing: Collection[str], silent: Collection[str]) -> Match:
    if match.check in firing:
        return replace(match, confidence=min(0.98, match.confidence + 0.25))
    if match.check in silent:
        return replace(match, confidence=match.confidence * 0.5)
    return match


def _matches(paste: Paste) -> Iterator[Match]:
    found = list(_found(paste))
    refused = list(_refusals(paste))
    if refused and any(match.check not in _AFTERMATH for match in found):
        # The engine does not answer because of what HNS said before.
        found = [
            replace(match, confidence=match.confidence / 3) if match.check in _AFTERMATH else match
            for match in found
        ]
        refused = []
    yield from found
    yield from refused


def _found(paste: Paste) -> Iterator[Match]:
    coded: set[str] = set()
    for code, pattern, start, end in _coded(paste):
        if pattern is None:
            yield from _causes(paste, CAUSES_OF_CODE[code], start, end)
            continue
        coded.add(pattern.id)
        yield from _explained(paste, pattern, start, end, {}, certain=True)
    for pattern in PATTERNS:
        if not pattern.pasted or pattern.id in coded or (coded and pattern.rank < 0):
            continue
        if (found := _said(paste, pattern)) is not None:
            start, end, values = found
            yield from _explained(paste, pattern, start, end, values, certain=False)
    for symptom in SYMPTOMS:
        for way in symptom.words:
            if (place := _all_near(paste, way)) is not None:
                yield from _causes(paste, symptom.causes, *place)


def _refusals(paste: Paste) -> Iterator[Match]:
    """HNS refused in words that nothing here knows."""
    found = _REFUSED.search(paste.squeezed)
    if found is None:
        return
    near = paste.squeezed[max(0, found.start() - _NEAR // 4) : found.end() + _NEAR // 4]
    causes: tuple[tuple[str, float], ...] = ANY_REFUSAL
    if "failedtocreateendpoint" in near or "createendpointfailed" in near:
        causes = REFUSED_ENDPOINT
    elif "creat" in near and "network" in near:
        causes = REFUSED_NETWORK
    yield from _causes(paste, causes, found.start(), found.end())


def _coded(paste: Paste) -> Iterator[tuple[str, ErrorPattern | None, int, int]]:
    """The codes in the text that are of container networking; a pattern or CAUSES_OF_CODE has them."""
    seen: dict[str, int] = {}
    for code, start, end in (*codes_in(paste.squeezed), *_localized(paste)):
        # The same code again: a few places are looked at, since one may be of something else.
        seen[code] = seen.get(code, 0) + 1
        pattern = _BY_CODE.get(code)
        if (pattern is None and code not in CAUSES_OF_CODE) or not 0 < seen[code] <= _MOST_PLACES:
            continue
        of_containers = _is_of_containers(code, paste, start)
        if of_containers and (pattern is not None or paste.says(_HNS_ANSWER, start, beside=3)):
            seen[code] = _MOST_PLACES
            yield code, pattern, start, end


def _localized(paste: Paste) -> Iterator[tuple[str, int, int]]:
    """The codes that Windows' sentences in other languages stand for, where HNS says them."""
    for refused in islice(_REFUSED.finditer(paste.squeezed), _MOST_PLACES):
        near = paste.squeezed[refused.end() : refused.end() + _SENTENCE_AFTER]
        for sentence, code in CODE_OF_SENTENCE.items():
            place = near.find(sentence)
            if place >= 0:
                start = refused.end() + place
                yield code, start, start + len(sentence)


def _is_of_containers(code: str, paste: Paste, place: int) -> bool:
    if code.startswith(_HNS):
        return True
    if code.startswith(_HCS):  # virtual machines, such as those of WSL, fail with them too
        return paste.says(_DOMAIN, place) and "wslregister" not in paste.squeezed
    return _is_networking(paste, place)


_BY_CODE: Mapping[str, ErrorPattern] = {
    code: pattern for pattern in reversed(PATTERNS) for code in pattern.codes
}


def _is_networking(paste: Paste, place: int) -> bool:
    before = paste.squeezed[max(0, place - _LAYER_BEFORE) : place]
    if _LAYERS.search(before) and "hns" not in before:
        return False
    if paste.says(_NETWORKING, place, beside=3):
        return True
    near = paste.squeezed[max(0, place - _NEAR // 2) : place + _NEAR // 2]
    return any(word in near for word in _UNMISTAKABLE)


def _is_about_containers(paste: Paste, place: int) -> bool:
    return paste.says(_DOMAIN, place) or _is_networking(paste, place)


def _said(paste: Paste, pattern: ErrorPattern) -> tuple[int, int, dict[str, str]] | None:
    """Where the text says ``pattern``'s words, and the values it gives to its placeholders."""
    for fragment in fragments(pattern.regex):
        if len(fragment.longest) < _SHORTEST:
            continue
        tried: set[int] = set()
        for place in _places(paste.squeezed, fragment.longest):
            line = paste.line_at(place)
            if pattern.id in _GENERIC and line in tried:
                continue
            tried.add(line)
            values = _values(paste, pattern, fragment, place)
            if values is not None and _is_its_own(paste, pattern, place):
                return place, place + len(fragment.longest), values
    return None


def _places(squeezed: str, phrase: str) -> Iterator[int]:
    place = squeezed.find(phrase)
    for _ in range(_MOST_PLACES):
        if place < 0:
            return
        yield place
        place = squeezed.find(phrase, place + len(phrase))


def _values(paste: Paste, pattern: ErrorPattern, fragment: Fragment, place: int) -> dict[str, str] | None:
    found = pattern.match(paste.from_line(place), "")
    if found is None:
        found = pattern.match(paste.around(place, beside=2), "")
    if found is not None:
        # Between two common words, anything can stand; a name is one word.
        if pattern.id in _GENERIC and any(len(value) > 70 or " " in value for value in found.values()):
            return None
        return {name: value[:80] for name, value in found.items()}
    if pattern.id in _GENERIC:
        return None
    # Broken within a word: the message is recognized, its values are not.
    if len(fragment.longest) < _DISTINCTIVE or "(?!" in pattern.regex:
        return None
    near = paste.squeezed[max(0, place - _SENTENCE_AFTER) : place + len(fragment.longest) + _SENTENCE_AFTER]
    if not all(other in near for other in fragment.others):
        return None
    return dict.fromkeys(re.findall(r"\?P<(\w+)>", pattern.regex), "\u2026")


def _is_its_own(paste: Paste, pattern: ErrorPattern, place: int) -> bool:
    if pattern.codes or pattern.id in _OTHERS_SAY_IT_TOO:
        return _is_networking(paste, place)
    if pattern.id in _GENERIC:
        return "no such network: " in paste.around(place).lower() or paste.says(_ENGINE, place)
    if paste.says(_LINUX_HOST, place) and not paste.says(_WINDOWS_HOST, place):
        return False
    if len(paste.squeezed) <= _ONE_MESSAGE or paste.says(_DOMAIN, place):
        return True
    return any(
        len(fragment.longest) >= _OWN_WORDS and paste.squeezed.startswith(fragment.longest, place)
        for fragment in fragments(pattern.regex)
    )


#: Short messages that other programs print too.
_GENERIC = frozenset(
    {
        "no-such-network",
        "network-ambiguous",
        "protocol-unsupported",
        "number-malformed",
        "bool-malformed",
        "subnet-malformed",
        "name-empty",
        "hns-id-invalid",
        "hns-object-not-found",
    }
)
_OTHERS_SAY_IT_TOO = frozenset(
    {"service-not-started", "hns-data-incompatible", "still-being-deleted", "catastrophic", "already-gone"}
)


def _all_near(paste: Paste, way: Way) -> tuple[int, int] | None:
    """Where one of the first phrases stands with one of each of the others near it."""
    first, *others = way
    for phrase in first:
        for place in _places(paste.squeezed, phrase):
            near = paste.squeezed[max(0, place - _NEAR) : place + _NEAR]
            if all(any(other in near for other in group) for group in others) and _is_about_containers(
                paste, place
            ):
                return place, place + len(phrase)
    return None


def _explained(
    paste: Paste, pattern: ErrorPattern, start: int, end: int, values: Mapping[str, str], *, certain: bool
) -> Iterator[Match]:
    several = SEVERAL_CAUSES.get(pattern.id)
    if several is not None:
        yield from _causes(paste, several, start, end)
        return
    yield Match(
        check=CHECK_OF.get(pattern.id, pattern.id),
        confidence=0.9 if certain else 0.85,
        title=_filled(pattern.what, values),
        why=_filled(pattern.why, values),
        look=None,
        evidence=paste.evidence(start, end),
        remedies=tuple(_filled(text, values) for text in pattern.do),
    )


def _filled(text: Text, values: Mapping[str, str]) -> Text:
    return Text(text.context, text.template, tuple(values.items()))


def _causes(paste: Paste, causes: tuple[tuple[str, float], ...], start: int, end: int) -> Iterator[Match]:
    near = paste.squeezed[max(0, start - _NEAR) : end + _NEAR]
    for check, confidence in causes:
        cause = CAUSES[check]
        yield Match(
            check=check,
            confidence=_supported(cause, confidence, near),
            title=cause.title,
            why=cause.why,
            look=cause.look,
            evidence=paste.evidence(start, end),
            remedies=cause.remedies,
        )


def _supported(cause: Cause, confidence: float, near: str) -> float:
    """``confidence``, raised by words that speak for the cause and lowered by those against it."""
    for_it = sum(squeeze(hint) in near for hint in cause.hints)
    against_it = sum(squeeze(hint) in near for hint in cause.against)
    return max(0.1, min(0.92, confidence + 0.06 * min(for_it, 3) - 0.15 * min(against_it, 2)))
