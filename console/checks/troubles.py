"""The findings by the objects they concern, for tables, detail panes and the map."""

from __future__ import annotations

from collections.abc import Mapping

from console.checks.check import Finding
from console.checks.report import Report
from console.domain.host_inventory import HnsNetwork
from console.domain.map.troubles import Found, Trouble
from console.domain.object_ref import ObjectKind, ObjectRef, ref_of


def by_object(report: Report) -> Mapping[ObjectRef, tuple[Finding, ...]]:
    """What is found of each object, worst first.

    What is found of a network of HNS stands with docker's network too, and what is found of an
    endpoint with its container: people know them by those.
    """
    found: dict[ObjectRef, list[Finding]] = {}
    for finding in report.findings:
        for ref in _concerned(report, finding):
            found.setdefault(ref, []).append(finding)
    return {ref: tuple(findings) for ref, findings in found.items()}


def troubles_of(found: Mapping[ObjectRef, tuple[Finding, ...]]) -> Found:
    """What is found of each object as sentences: the titles of the checks, each once, worst first."""
    return {
        ref: tuple(dict.fromkeys(Trouble(one.check.title, one.check.severity) for one in findings))
        for ref, findings in found.items()
    }


def _concerned(report: Report, finding: Finding) -> tuple[ObjectRef, ...]:
    subject = finding.subject
    if subject is None:
        return ()
    if subject.kind is ObjectKind.HNS_NETWORK:
        relations = report.host.relations
        item = relations.find(subject)
        docker = relations.network_of(item) if isinstance(item, HnsNetwork) else None
        return (subject,) if docker is None else (subject, ref_of(docker))
    if subject.kind is ObjectKind.HNS_ENDPOINT:
        return (subject, *(ref_of(one) for one in report.host.relations.containers_of(subject)))
    return (subject,)
