"""Every literal error and code of the facts has exactly one explanation of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from console.checks.errors import explain_text
from console.checks.errors.catalog import PATTERNS, matching
from console.checks.errors.codes import code_of
from console.checks.errors.pattern import ErrorPattern

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def cli_errors() -> list[str]:
    lines = (SAMPLES / "diag" / "cli-errors.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition("\t")[0] for line in lines if line and not line.startswith("#")]


def denied_errors() -> list[str]:
    lines = (SAMPLES / "diag" / "debug-containerhost-fail.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("error during connect")]


def hns_errors() -> list[str]:
    answers = json.loads((SAMPLES / "hns" / "error-responses.json").read_text(encoding="utf-8"))
    without_code = [{key: answer[key] for key in answer if key != "ErrorCode"} for answer in answers]
    return [json.dumps(answer) for answer in [*answers, *without_code]]


def ids_of(raw: str) -> list[str]:
    return [pattern.id for pattern, _ in matching(raw)]


LITERALS = [*cli_errors(), *denied_errors(), *hns_errors()]


@pytest.mark.parametrize("raw", LITERALS)
def test_that_every_captured_error_matches_exactly_one_pattern(raw: str) -> None:
    assert len(ids_of(raw)) == 1


def test_that_there_are_captured_errors_to_match() -> None:
    assert len(cli_errors()) >= 11
    assert denied_errors()


#: Literal errors of the facts and the pattern that is meant to know them.
MEANT = [
    (
        "Error response from daemon: could not find plugin bridge in v1 plugin registry: plugin not found",
        "driver-missing",
    ),
    ('Error response from daemon: plugin "nat" not found', "linux-engine"),
    (
        (
            "Error response from daemon: could not find plugin transparent in v1 plugin registry: plugin not "
            "found"
        ),
        "linux-engine",
    ),
    ("could not find plugin nats in v1 plugin registry: plugin not found", "driver-unknown"),
    ("failed to set up container networking: Address already in use", "address-taken"),
    (
        (
            "failed to set up container networking: driver failed programming external connectivity on "
            "endpoint web (4c01): failed to bind host port 0.0.0.0:80/tcp: address already in use"
        ),
        "port-allocated",
    ),
    (
        "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state.",
        "swarm-worker",
    ),
    ("Error response from daemon: This request is not supported by null ipam driver", "range-unsupported"),
    ("Error: No such network: my_appnet", "no-such-network"),
    ("hcnCreateEndpoint failed in Win32: … (0x803b000d)", "policy-invalid"),
    ('{"Error": "An adapter was not found. ", "Success": false}', "adapter-not-found"),
    ('{"Error": "Adapter fehlt", "ErrorCode": 2151350278, "Success": false}', "adapter-not-found"),
    ("error creating default network: hnsCall failed in Win32: Objekt existiert. (0x1392)", "object-exists"),
    ("hnsCall failed in Win32: Das Gerät ist nicht bereit. (0x80070015)", "device-not-ready"),
    (
        "container e1 encountered an error during CreateContainer: Element fehlt. (0x490) extra info: {}",
        "element-not-found",
    ),
    ("failure in a Windows system call: … (0xc0370101)", "image-build-mismatch"),
    ("invalid CIDR address: /32", "gateway-missing"),
    ("Error initializing network controller: The service has not been started.", "service-not-started"),
]


@pytest.mark.parametrize(("raw", "identifier"), MEANT)
def test_that_an_error_is_known_for_what_it_is(raw: str, identifier: str) -> None:
    assert ids_of(raw)[0] == identifier


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_that_each_pattern_alone_knows_its_examples(pattern: ErrorPattern) -> None:
    assert pattern.examples
    for example in pattern.examples:
        assert ids_of(example) == [pattern.id]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_that_an_explanation_says_more_than_the_message(pattern: ErrorPattern) -> None:
    for example in pattern.examples:
        problem = explain_text(example)
        assert problem is not None
        said = [str(problem.what), str(problem.why), *map(str, problem.do)]
        assert problem.do
        assert not re.search(r"\{\w*\}", "".join(said)), "a placeholder was left"
        core = re.sub(r"\W+", " ", example).strip().lower()
        for sentence in said:
            plain = re.sub(r"\W+", " ", sentence).strip().lower()
            assert plain
            assert plain not in core
            assert core not in plain
        assert problem.raw == example


def test_that_ids_are_unique_and_each_code_has_one_pattern() -> None:
    ids = [pattern.id for pattern in PATTERNS]
    codes = [code for pattern in PATTERNS for code in pattern.codes]
    assert len(set(ids)) == len(ids)
    assert len(set(codes)) == len(codes)
    assert all(pattern.source for pattern in PATTERNS)


WIN32 = ["57", "1392", "20", "490", "6d9", "6be", "80004005", "80070005", "5", "15", "80070015"]
WIN32 += ["1", "80070032", "80070422", "32", "d", "7f", "6"]
HCN = [f"803b{low:04x}" for low in range(0x01, 0x38)]
HCS = [f"8037{low:04x}" for low in range(0x100, 0x120) if low != 0x104]


@pytest.mark.parametrize("code", [*WIN32, *HCN, *HCS])
def test_that_every_code_of_the_tables_is_explained_whatever_the_language(code: str) -> None:
    raw = f"hnsCall failed in Win32: Ein deutscher Satz. (0x{code})"
    assert len(ids_of(raw)) == 1
    problem = explain_text(raw)
    assert problem is not None
    assert problem.code == code_of(raw)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("… (0x57)", "0x57"),
        ("… (0x80070057)", "0x57"),
        ("… (0xc0370101)", "0x80370101"),
        ("… (0xC03B0006)", "0x803b0006"),
        ("Result code = '0x80070015'.", "0x15"),
        ('{"ErrorCode":2151350278}', "0x803b0006"),
        ('{"ErrorCode": -2143617018}', "0x803b0006"),
        ("error 0x803B0010 happened", "0x803b0010"),
        ('… (0x490) extra info: {"ErrorCode":2151350278}', "0x490"),
        ('{"ErrorCode":0}', ""),
        ("id 0x1 of something", ""),
        ("no code", ""),
    ],
)
def test_that_a_code_is_normalised_whatever_its_shape(raw: str, code: str) -> None:
    assert code_of(raw) == code


def test_that_unknown_words_are_explained_by_nothing() -> None:
    assert explain_text("the moon is made of cheese") is None
