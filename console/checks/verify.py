"""Whether a remedy helped: the same check, asked of a newer look at the host (:func:`verify`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.checks.check import Crashed, Finding, NotKnown, Remedy
from console.checks.report import Report, run_checks
from console.domain.snapshot import Snapshot
from console.domain.text import Text


class Verdict(StrEnum):
    """What came of a remedy. ``WORKED_AROUND``: it is still found, as it is meant to be after such a remedy.
    ``NOT_KNOWN``: the check can no longer be asked.
    """

    FIXED = "fixed"
    NOT_FIXED = "not-fixed"
    NEEDS_RESTART = "needs-restart"
    WORKED_AROUND = "worked-around"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer to :func:`verify`.

    ``finding`` is what is still found of the same object, with the evidence of now. ``others`` is
    how many other objects the check finds something about. ``silenced`` says why nothing is known.
    """

    verdict: Verdict
    finding: Finding | None = None
    others: int = 0
    silenced: NotKnown | Crashed | None = None


def verify(
    snapshot: Snapshot,
    finding: Finding,
    remedy: Remedy | None = None,
    about: Text | None = None,
    *,
    restarted: bool = False,
) -> Verification:
    """Ask the check of ``finding`` again; ``remedy`` is what was done since, if anything, and ``restarted``
    whether Windows was restarted after it.

    ``about`` is what people called its object: one that was made again has another id and the same name.

    What is still there after a remedy that takes effect with the next restart of Windows needs that
    restart: nothing can be said of it before.
    """
    report = run_checks(snapshot, (finding.check,))
    silenced: tuple[NotKnown | Crashed, ...] = (*report.not_known, *report.crashed)
    if silenced:
        return Verification(Verdict.NOT_KNOWN, silenced=silenced[0])
    same = _same(report, finding, about)
    others = len(report.findings) - (same is not None)
    if same is None:
        # The console's own change is seen at once, and works with the next start of Windows.
        waits = remedy is not None and remedy.restart_needed and remedy.plan is not None and not restarted
        return Verification(Verdict.NEEDS_RESTART if waits else Verdict.FIXED, others=others)
    return Verification(_of_what_stays(remedy, restarted=restarted), same, others)


def _same(report: Report, finding: Finding, about: Text | None) -> Finding | None:
    """What is found of the same object, also where that was made again."""
    subject = finding.subject
    for one in report.findings:
        if one.subject == subject:
            return one
    if subject is None or about is None or report.host.relations.find(subject) is not None:
        return None
    named = (
        one
        for one in report.findings
        if one.subject is not None
        and one.subject.kind is subject.kind
        and str(report.host.relations.title_of(one.subject)) == str(about)
    )
    return next(named, None)


def _of_what_stays(remedy: Remedy | None, *, restarted: bool) -> Verdict:
    if remedy is not None and remedy.restart_needed and not restarted:
        return Verdict.NEEDS_RESTART
    if remedy is not None and remedy.works_around:
        return Verdict.WORKED_AROUND
    return Verdict.NOT_FIXED
