"""``wcn explain`` and ``wcn check-command`` as a person and a program run them."""

import io
import json
import sys

import pytest

from console.cli import main

ERROR = "hnsCall failed in Win32: Elemento n\u00e3o encontrado. (0x490)"


@pytest.fixture
def typed(monkeypatch):
    def type_in(data):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return type_in


def test_that_an_error_on_standard_input_is_explained_as_json(typed, capsys):
    typed(ERROR.encode())
    assert main(["explain", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["unknown"] is False
    first = found["matches"][0]
    assert first["check"] == "ipv6-disabled"
    assert {"check", "confidence", "title", "why", "evidence", "remedies"} <= first.keys()
    assert "0x490" in first["evidence"]


def test_that_a_file_of_powershell_is_read_in_its_encoding(tmp_path, capsys):
    path = tmp_path / "error.txt"
    path.write_bytes(ERROR.encode("utf-16"))
    assert main(["explain", str(path)]) == 0
    assert "IPv6 is disabled" in capsys.readouterr().out


def test_that_a_batch_is_answered_line_by_line(typed, capsys):
    lines = [json.dumps({"id": 7, "text": ERROR}), "no json", json.dumps({"id": 8, "text": "hello"})]
    typed("\n".join(lines).encode())
    assert main(["explain", "--batch"]) == 0
    first, wrong, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], first["unknown"]) == (7, False)
    assert "error" in wrong
    assert (last["id"], last["unknown"]) == (8, True)


def test_that_a_missing_file_is_told(tmp_path, capsys):
    assert main(["explain", str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err


def test_that_a_command_is_checked_for_a_build(typed, capsys):
    typed(b"PS C:\\> docker run --dns-search a --dns-search b --link x image")
    assert main(["check-command", "--json", "--os", "14393"]) == 0
    (command,) = json.loads(capsys.readouterr().out)["commands"]
    assert command["kind"] == "run"
    assert command["supported_on_windows"] is False
    assert set(command["unsupported"]) == {"--dns-search", "--link"}
    assert command["rewritten"] == "docker run --dns-search a image"


def test_that_commands_are_told_in_words_and_in_batches(typed, capsys):
    typed(b"docker network create -d nat --internal n")
    assert main(["check-command"]) == 0
    assert "Instead (without --internal): docker network create -d nat n" in capsys.readouterr().out
    typed(json.dumps({"id": "a", "text": "docker network create -d nat n"}).encode())
    assert main(["check-command", "--batch"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["id"] == "a"
    assert answer["commands"][0]["problems"] == []


def test_that_a_line_that_is_too_long_is_answered_once_and_the_next_ones_too(typed, capsys):
    typed(b'{"id": 1, "text": "' + b"x" * 9_000_000 + b'"}\n' + json.dumps({"id": 2, "text": ERROR}).encode())
    assert main(["explain", "--batch"]) == 0
    too_long, found = map(json.loads, capsys.readouterr().out.splitlines())
    assert "longer than" in too_long["error"]
    assert (found["id"], found["unknown"]) == (2, False)


def confidences(capsys):
    return {one["check"]: one["confidence"] for one in json.loads(capsys.readouterr().out)["matches"]}


def test_that_a_host_and_a_bundle_of_it_raise_what_is_found_on_them(tmp_path, typed, capsys):
    bundle = tmp_path / "host.zip"
    assert main(["snapshot", "--demo", "ipv6-disabled", "--out", str(bundle)]) == 0
    capsys.readouterr()
    typed(ERROR.encode())
    assert main(["explain", "--json"]) == 0
    alone = confidences(capsys)
    for host in (["--demo", "ipv6-disabled"], ["--bundle", str(bundle)]):
        typed(ERROR.encode())
        assert main(["explain", "--json", *host]) == 0
        weighed = confidences(capsys)
        assert weighed["ipv6-disabled"] > alone["ipv6-disabled"]
        assert weighed["default-nat-missing"] < alone["default-nat-missing"]


def test_that_a_host_that_is_not_there_is_told(typed, capsys):
    typed(ERROR.encode())
    assert main(["explain", "--demo", "no such scenario"]) == 2
    assert "no such scenario" in capsys.readouterr().err
