"""What the checks say, for a terminal and for other programs."""

from __future__ import annotations

from typing import Any

from console.checks.check import Check, Finding
from console.checks.remedies import instructions, interruptions
from console.checks.report import Report


def as_document(report: Report) -> dict[str, Any]:
    """The report as one JSON document. ``schema`` counts its incompatible versions."""
    snapshot = report.host.snapshot
    return {
        "schema": 1,
        "host": {"name": snapshot.host.name, "practice": snapshot.host.practice},
        "taken_at": snapshot.taken_at.isoformat(),
        "findings": [_finding(one, report) for one in report.findings],
        "not_known": [
            {"check": one.check.id, "section": one.section, "reason": str(one.describe()),
             "remedy": str(one.remedy) if one.remedy else None}
            for one in report.not_known
        ],
        "crashed": [{"check": one.check.id, "error": one.error} for one in report.crashed],
    }  # fmt: skip


def describe_check(check: Check) -> dict[str, str]:
    """A check itself, for lists of them."""
    return {
        "check": check.id,
        "severity": check.severity.value,
        "title": str(check.title),
        "reason": str(check.reason),
    }


def as_text(report: Report) -> str:
    """The report in lines, the worst first; each ends with a line break."""
    lines: list[str] = []
    for finding in report.findings:
        lines += _finding_lines(finding, report)
    lines += [f"NOT KNOWN  {one.check.id}: {one.describe()}" for one in report.not_known]
    lines += [f"FAILED     {one.check.id}: {one.error.splitlines()[-1]}" for one in report.crashed]
    counted = f"Findings: {len(report.findings)}. Checks without what they need: {len(report.not_known)}"
    return "\n".join([*lines, f"{report.host.snapshot.host.name}: {counted}."]) + "\n"


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    subject = finding.subject
    named = subject and {
        "kind": subject.kind.value,
        "id": subject.id,
        "name": str(report.host.relations.title_of(subject)),
    }
    return {
        **describe_check(finding.check),
        "subject": named,
        "evidence": [str(fact) for fact in finding.evidence],
        "help": finding.check.help_id,
        "remedies": [
            {
                "title": str(remedy.title),
                "by_hand": remedy.plan is None,
                "steps": [str(step) for step in instructions(remedy)],
                "interrupts": [str(text) for text in interruptions(remedy)],
                "restart_needed": remedy.restart_needed,
            }
            for remedy in finding.check.remedies(report.host, subject)
        ],
    }


def _finding_lines(finding: Finding, report: Report) -> list[str]:
    lines = [f"{finding.check.severity.upper():<10} {finding.check.id}: {finding.check.title}"]
    lines += [f"           {fact}" for fact in finding.evidence]
    lines.append(f"           {finding.check.reason}")
    for number, remedy in enumerate(finding.check.remedies(report.host, finding.subject), start=1):
        lines.append(f"        {number}. {remedy.title}")
        lines += [f"           - {step}" for step in instructions(remedy)]
        lines += [f"           ! {text}" for text in interruptions(remedy)]
        if remedy.restart_needed:
            lines.append("           ! Windows has to be restarted for it to help.")
    return lines
