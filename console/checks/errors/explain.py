"""From a failure to the explanation that a person reads: :func:`explain`."""

from __future__ import annotations

from collections.abc import Mapping

from console.checks.errors.catalog import matching
from console.checks.errors.codes import code_of
from console.checks.errors.connection import CONNECTION_KINDS, connection_problem
from console.checks.errors.details import Case, detail
from console.checks.errors.host import HOST_KINDS, host_problem
from console.checks.errors.pattern import CONTEXT, ErrorPattern
from console.domain.failure import Failure, FailureKind
from console.domain.plan import Step
from console.domain.problem import Origin, Problem
from console.domain.snapshot import Snapshot
from console.domain.text import N_, Text

_LOOK_AGAIN = N_(
    CONTEXT,
    "The request was sent but the answer was lost: refresh, and check whether it took effect before you "
    "repeat it.",
)
_READ_RAW = N_(CONTEXT, "Read the exact message below: it is all that is known.")
_AGREE = N_(CONTEXT, "To connect anyway, open the host again and agree when asked.")


def explain(
    failure: Failure, *, step: Step | None = None, snapshot: Snapshot | None = None, address: str = ""
) -> Problem:
    """What ``failure`` means, why it happens and what to do, as concrete as what is known allows.

    ``step`` is the step that failed and ``snapshot`` what was last seen of the host: with both, the
    explanation names the network, adapter or container that stands in the way. ``address`` is the
    connection's URL and tells how the engine is reached.
    """
    if failure.script or failure.kind in HOST_KINDS:
        known = failure.kind is FailureKind.SCRIPT_ERROR
        problem = (_matched(failure.raw, step, snapshot) if known else None) or host_problem(failure)
    elif failure.kind in CONNECTION_KINDS:
        problem = connection_problem(failure, address)
    else:
        problem = _matched(failure.raw, step, snapshot) or _unknown(failure)
    if failure.kind is FailureKind.READ_ONLY and snapshot is not None and snapshot.host.bundle:
        problem = problem.model_copy(update=_OF_A_BUNDLE)
    if failure.may_have_happened:
        problem = problem.model_copy(update={"do": (_LOOK_AGAIN, *problem.do)})
    return problem


def explain_text(text: str) -> Problem | None:
    """The explanation of an error's words alone, None where the console does not know them."""
    return _matched(text, None, None)


def _matched(raw: str, step: Step | None, snapshot: Snapshot | None) -> Problem | None:
    found = matching(raw)
    if not found:
        return None
    pattern, values = found[0]
    problem = _problem(pattern, values, raw)
    # The engine lists several faults of one request together: what to do about the others counts too.
    others = [advice for other, its in found[1:] for advice in _problem(other, its, raw).do]
    do = tuple(dict.fromkeys([*problem.do, *others]))
    better = detail(pattern.id, Case(values, step, snapshot)) if snapshot else None
    if better is None:
        return problem.model_copy(update={"do": do})
    return problem.model_copy(
        update={"why": better.why, "do": (*better.do, *do), "field": better.field or problem.field}
    )


def _problem(pattern: ErrorPattern, values: Mapping[str, str], raw: str) -> Problem:
    return Problem(
        what=_filled(pattern.what, values),
        why=_filled(pattern.why, values),
        do=tuple(_filled(text, values) for text in pattern.do),
        raw=raw,
        origin=pattern.origin,
        field=pattern.field,
        code=code_of(raw),
    )


def _filled(text: Text, values: Mapping[str, str]) -> Text:
    return Text(text.context, text.template, tuple(values.items()))


def _unknown(failure: Failure) -> Problem:
    """An honest word about an error that no pattern knows; its raw words are kept."""
    code = code_of(failure.raw)
    what, why, do = _UNKNOWN.get(failure.kind, _REFUSED)
    origin = Origin.CONSOLE if failure.kind in _OWN_KINDS else Origin.ENGINE
    if code:
        why = N_(
            CONTEXT,
            "Windows answered with the code {code}, which the console has no explanation for.",
            code=code,
        )
        origin = Origin.HNS
    elif failure.kind is FailureKind.REFUSED and failure.status >= 500:
        why = N_(
            CONTEXT,
            "Something failed inside the engine (HTTP status {status}); the console does not know this "
            "error.",
            status=failure.status,
        )
    return Problem(what=what, why=why, do=do, raw=failure.raw, origin=origin, code=code)


_OWN_KINDS = frozenset(
    {FailureKind.INTERNAL, FailureKind.READ_ONLY, FailureKind.UNENCRYPTED, FailureKind.UNVERIFIED}
)
_REFUSED = (
    N_(CONTEXT, "The engine did not do it."),
    N_(CONTEXT, "It gives a reason that the console has no explanation for."),
    (_READ_RAW, N_(CONTEXT, "Refresh, check what was asked for, and try again with fewer settings.")),
)
_OF_A_BUNDLE: Mapping[str, Text | tuple[Text, ...]] = {
    "what": N_(CONTEXT, "The host itself can't be queried."),
    "why": N_(
        CONTEXT, "It is shown from a support bundle, which holds what was read of it and nothing else."
    ),
    "do": (N_(CONTEXT, "Open the host itself with Switch host, if it can be reached from here."),),
}
_UNKNOWN: Mapping[FailureKind, tuple[Text, Text, tuple[Text, ...]]] = {
    FailureKind.REFUSED: _REFUSED,
    FailureKind.UNSUPPORTED: (
        N_(CONTEXT, "This can't be done here."),
        N_(CONTEXT, "The engine, this computer or the kind of connection does not support it."),
        (_READ_RAW, N_(CONTEXT, "A newer engine, or another way to connect, may support it.")),
    ),
    FailureKind.READ_ONLY: (
        N_(CONTEXT, "Nothing was changed: the console only looks at this host."),
        N_(
            CONTEXT,
            "The host is set to read-only in the console, or it is a record of a host rather than a host.",
        ),
        (N_(CONTEXT, "To change the host, edit it on the page Hosts and clear Read-only."),),
    ),
    FailureKind.UNENCRYPTED: (
        N_(CONTEXT, "The console did not connect: nothing would protect the connection."),
        N_(
            CONTEXT,
            "Plain TCP to another computer sends every request unencrypted, and anyone who reaches that "
            "port controls the host.",
        ),
        (
            N_(CONTEXT, "Protect the engine's port with TLS (dockerd --tlsverify) and connect to port 2376."),
            N_(CONTEXT, "Or reach the engine through ssh: ssh://user@host"),
            _AGREE,
        ),
    ),
    FailureKind.UNVERIFIED: (
        N_(CONTEXT, "The console did not connect: the engine's certificate would not be checked."),
        N_(
            CONTEXT,
            "The connection is set to accept any certificate, so that an impostor would be taken for the "
            "engine.",
        ),
        (
            N_(
                CONTEXT,
                "Give the connection the CA certificate of the engine and have its certificate checked: edit "
                "the host on the page Hosts, or make the docker context anew without skip-tls-verify.",
            ),
            _AGREE,
        ),
    ),
    FailureKind.INTERNAL: (
        N_(CONTEXT, "The console failed here, not the engine."),
        N_(CONTEXT, "It ran into something its authors did not expect."),
        (
            _READ_RAW,
            N_(
                CONTEXT,
                "Refresh and try again. If it keeps happening, please report it with the message below.",
            ),
        ),
    ),
}
