"""A script's failure is explained as the host's, not as the engine's."""

from __future__ import annotations

import pytest

from console.checks.errors.explain import explain
from console.checks.errors.host import HOST_KINDS
from console.domain.failure import Failure, FailureKind
from console.domain.host_failure import HOST_FAILURE_WORDS
from console.domain.problem import Origin


@pytest.mark.parametrize("kind", sorted(HOST_FAILURE_WORDS))
def test_that_a_scripts_failure_is_told_as_powershells_with_what_to_do(kind: FailureKind) -> None:
    problem = explain(Failure(kind=kind, raw="its own words", script="new-vswitch"))
    assert problem.origin is Origin.POWERSHELL
    assert problem.what == HOST_FAILURE_WORDS[kind].what
    assert problem.do
    assert problem.raw == "its own words"


def test_that_every_kind_only_scripts_fail_in_has_words() -> None:
    assert set(HOST_FAILURE_WORDS) >= HOST_KINDS


def test_that_access_denied_to_a_script_does_not_speak_of_the_engines_group() -> None:
    raw = "Access is denied."
    of_script = explain(Failure(kind=FailureKind.ACCESS_DENIED, raw=raw, script="new-vswitch"))
    of_engine = explain(Failure(kind=FailureKind.ACCESS_DENIED, raw=raw))
    assert "administrator" in str(of_script.do[0])
    assert of_script.what != of_engine.what


def test_that_a_code_windows_gave_to_a_script_keeps_its_own_explanation() -> None:
    raw = "hnsCall failed in Win32: The specified network was not found (0x803b0001)"
    problem = explain(Failure(kind=FailureKind.SCRIPT_ERROR, raw=raw, script="remove-hns-network"))
    assert problem.code == "0x803b0001"
    assert problem.what != HOST_FAILURE_WORDS[FailureKind.SCRIPT_ERROR].what
