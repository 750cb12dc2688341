"""Pasted errors as they come: wrapped, quoted, escaped, localized; and text about other things."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.checks.errors.catalog import PATTERNS
from console.checks.explain import explain_paste
from console.checks.explain.causes import CAUSES
from console.checks.explain.symptoms import CHECK_OF, SEVERAL_CAUSES, SYMPTOMS

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
# Words that other programs print as well; alone they are no sign of container networking.
SAID_BY_OTHERS_TOO = {
    "bool-malformed",
    "firewall-service-stopped",
    "hns-access-denied",
    "hns-data-incompatible",
    "hns-id-invalid",
    "hns-object-not-found",
    "name-empty",
    "network-ambiguous",
    "no-such-network",
    "number-malformed",
    "pipe-closing",
    "procedure-not-found",
    "protocol-unsupported",
    "subnet-malformed",
}
EXAMPLES = [
    pytest.param(pattern, example, id=f"{pattern.id}-{at}")
    for pattern in PATTERNS
    if pattern.pasted and pattern.id not in SAID_BY_OTHERS_TOO
    for at, example in enumerate(pattern.examples)
    if not example.startswith("listen tcp4")  # so does every web server
]
ADAPTER = {"adapter-already-bound", "hidden-vswitch", "transparent-interface-missing"}
WHOLE = "Error response from daemon: failed during hnsCallRawResponse: hnsCall failed in Win32: "


def checks(text):
    return [match.check for match in explain_paste(text).matches]


@pytest.mark.parametrize("pattern", [one for one in PATTERNS if not one.pasted], ids=lambda one: one.id)
def test_that_what_is_about_containers_and_images_alone_is_left_unknown(pattern):
    assert all(explain_paste(example).unknown for example in pattern.examples)


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES)
def test_that_every_known_error_is_explained_from_a_paste(pattern, example):
    expected = {
        CHECK_OF.get(pattern.id, pattern.id),
        *(check for check, _ in SEVERAL_CAUSES.get(pattern.id, ())),
    }
    assert expected & set(checks(example))


@pytest.mark.parametrize(
    "text",
    [
        WHOLE + "An adapter was not found. (0x803b0006)",
        WHOLE + "Es wurde kein Adapter gefunden. (0x803b0006)",
        WHOLE.upper() + "AN ADAPTER WAS NOT FOUND. (0X803B0006)",
        '{"Error":"An adapter was not found. ","ErrorCode":2151350278,"Success":false}',
        r"{\"Error\":\"Aucun adaptateur.\",\"ErrorCode\":2151350278,\"Success\":false}",
        "> > hns failed with error : An adapter\n> > was not fo\n> > und. (0x803b\n> > 0006)",
        'time="2024-05-01T10:11:12.123Z" msg="HNS failed with error : An adapter was not found. "',
        "hnsCall failed in Win32: \u201cAn adapter was not found.\u201d ",
        "HRESULT: -2143617018",
    ],
)
def test_that_the_same_error_is_found_in_every_dirty_form(text):
    assert set(checks(text)) >= ADAPTER


@pytest.mark.parametrize(
    ("text", "check"),
    [
        (WHOLE + "\u627e\u4e0d\u5230\u5143\u7d20\u3002 (0x490)", "ipv6-disabled"),
        (WHOLE + "Par\u00e2metro incorreto. (0x57)", "nat-prefix-overlap"),
        ("docker: failed to create endpoint c1 on network nat: Le processus (0x20).", "port-in-use"),
        (WHOLE + "Il n'y a plus de points de terminaison. (0x6d9)", "firewall-service-stopped"),
        ('Error response from daemon: plugin "transparent" not found', "linux-engine"),
        ("New-NetNat : The parameter is incorrect. Windows System Error 87", "nat-multiple-unsupported"),
    ],
)
def test_that_localized_text_is_known_by_its_code(text, check):
    assert check in checks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fatal: unable to access 'https://github.com/a/b.git/': Could not resolve host: github.com",
        "pip: ERROR: Could not find a version that satisfies the requirement foo (from versions: none)",
        "kernel: [12.3] IN=eth0 OUT= MAC=00:11 SRC=10.0.0.5 DST=10.0.0.1 PROTO=TCP DPT=22 iptables DROP",
        "kubelet[123]: E0101 pod_workers.go] Error syncing pod, CrashLoopBackOff: restarting container",
        "The network of cafes in our town is not found in any guide; the containers are at the port.",
        "Windows Update failed with error 0x80070057: The parameter is incorrect.",
        "The printer could not be added: There are no more endpoints available from the endpoint mapper.",
        "WslRegisterDistribution failed with error: 0x80370102",
        "hcsshim::PrepareLayer failed in Win32: The parameter is incorrect. (0x57)",
        "Robocopy ERROR 32 (0x00000020) The process cannot access the file because it is being used",
        "System.ArgumentException: Element not found. (Exception from HRESULT: 0x80070490) in UI.Xaml",
    ],
)
def test_that_text_about_other_things_stays_unknown(text):
    assert explain_paste(text).document() == {"matches": [], "unknown": True}


def test_that_every_line_a_real_client_printed_is_explained():
    printed = (SAMPLES / "diag" / "cli-errors.txt").read_text(encoding="utf-8").splitlines()[1:]
    assert printed
    for line in printed:
        assert checks(line.partition("\t")[0]), line


def test_that_what_a_healthy_host_prints_stays_unknown():
    for name in (
        "docker/inspect-nat-default-2019-with-container.json",
        "hns/endpoint-nat-ws2022.json",
        "host/get-netnat.list.txt",
    ):
        assert checks((SAMPLES / name).read_text(encoding="utf-8", errors="replace")) == []


def test_that_an_ambiguous_error_stays_open_with_what_tells_its_causes_apart():
    report = explain_paste("HNS failed with error : Unspecified error")
    assert len(report.matches) > 2
    assert all(match.look for match in report.matches)
    assert all(match.confidence < 0.75 for match in report.matches)


def test_that_words_near_the_error_change_the_order_of_its_causes():
    plain = checks(WHOLE + "The parameter is incorrect. (0x57)")
    adapter = checks(
        'docker network create -d transparent -o com.docker.network.windowsshim.interface="vEthernet (x)" t\n'
        + WHOLE
        + "The parameter is incorrect. (0x57)"
    )
    assert plain[0] == "nat-prefix-overlap"
    assert adapter[0] == "transparent-interface-missing"


def test_that_what_fires_on_the_host_raises_and_what_is_silent_lowers_the_confidence():
    text = WHOLE + "Element not found. (0x490)"
    alone = {match.check: match.confidence for match in explain_paste(text).matches}
    host = explain_paste(text, firing={"default-nat-missing"}, silent={"ipv6-disabled"})
    known = {match.check: match.confidence for match in host.matches}
    assert known["default-nat-missing"] > alone["default-nat-missing"]
    assert known["ipv6-disabled"] < alone["ipv6-disabled"]


def test_that_nothing_destructive_is_the_first_remedy():
    for cause in CAUSES.values():
        first = str(cause.remedies[0]).lower()
        assert not any(
            word in first for word in ("remove-hns", "hns.data", "remove-vmswitch", "delete that switch")
        )


def test_that_every_cause_a_symptom_names_is_described():
    named = {check for several in SEVERAL_CAUSES.values() for check, _ in several}
    named |= {check for symptom in SYMPTOMS for check, _ in symptom.causes}
    assert named == CAUSES.keys() & named
    assert not (CHECK_OF.keys() | SEVERAL_CAUSES.keys()) - {pattern.id for pattern in PATTERNS}


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=600), st.binary(max_size=600).map(lambda data: data.decode("latin-1"))))
def test_that_no_text_makes_it_raise(text):
    report = explain_paste(text)
    assert report.unknown == (not report.matches)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([example for _, example in (param.values for param in EXAMPLES)]), st.randoms())
def test_that_a_line_break_anywhere_raises_nothing(example, chance):
    at = chance.randrange(len(example))
    explain_paste(example[:at] + "\r\n> " + example[at:])


@pytest.mark.parametrize("unit", ["x", "(0x57)", "docker network ", '\\"', ">", "not found ", "\U0001f40b"])
def test_that_a_huge_line_is_answered(unit):
    assert explain_paste(unit * (2_000_000 // len(unit))) is not None


def test_explaining_a_log_of_100_kib(benchmark):
    chance = random.Random(1)
    lines = [
        f'time="2026-01-02T03:04:05.{at:09d}Z" level=warning msg="container {chance.getrandbits(48):012x} of '
        f'docker network {at}: HNS took {chance.randrange(900)} ms to look up its endpoint"\r\n'
        for at in range(1000)
    ]
    log = "".join(lines)[: 100 * 1024 - 200] + "\n" + WHOLE + "An adapter was not found. (0x803b0006)"
    report = benchmark(explain_paste, log)
    assert report.matches[0].check in ADAPTER
