"""The file of added hosts: what it keeps, what it refuses, and that no secret and no kill gets into it."""

import json
import random
import subprocess
import sys

import pytest
from pydantic import SecretStr, ValidationError

from console.backend.connection import TlsFiles
from console.backend.hosts.book import HostBook
from console.backend.hosts.stored import StoredHost
from console.backend.json_file import (
    DocumentError,
    DocumentKind,
    NewerDocumentError,
    read_document,
    write_document,
)
from console.backend.powershell.endpoint import WinRmEndpoint

HOST = StoredHost(
    name="build ü", engine_url="tcp://build:2376", tls=TlsFiles(ca="C:/ca.pem"),
    tags=("lab", " lab ", "berlin"),
    winrm=WinRmEndpoint(host="build", username="CORP\\admin"), read_only=True,
)  # fmt: skip
KILLS = 40


@pytest.fixture
def book(tmp_path):
    return HostBook(tmp_path / "profile" / "hosts.json")


def test_that_a_host_comes_back_as_it_was_put(book):
    assert book.hosts() == ()
    book.put(HOST)
    assert book.hosts() == (HOST,)
    assert HOST.tags == ("lab", "berlin")
    changed = HOST.model_copy(update={"name": "a"})
    book.put(changed)
    assert book.hosts() == (changed,)
    book.remove(HOST.id)
    assert book.hosts() == ()


def test_that_what_another_console_added_meanwhile_stays(book, tmp_path):
    book.put(HOST)
    other = StoredHost(name="other", engine_url="ssh://admin@other")
    HostBook(tmp_path / "profile" / "hosts.json").put(other)
    book.put(HOST.model_copy(update={"name": "a"}))
    assert {host.id for host in book.hosts()} == {HOST.id, other.id}


def test_that_an_export_is_taken_in_elsewhere(book, tmp_path):
    book.export(tmp_path / "out.json", (HOST,))
    elsewhere = HostBook(tmp_path / "elsewhere.json")
    elsewhere.put_all(elsewhere.read_export(tmp_path / "out.json"))
    assert elsewhere.hosts() == (HOST,)


def test_that_a_password_can_not_get_into_the_file(book, tmp_path):
    with_password = WinRmEndpoint(host="x", password=SecretStr("s3cret"))
    with pytest.raises(ValidationError, match="holds no password"):
        StoredHost(name="x", engine_url="ssh://x", winrm=with_password)
    smuggled = HOST.model_copy(
        update={"winrm": HOST.winrm.model_copy(update={"password": SecretStr("s3cret")})}
    )
    book.put(smuggled)
    book.export(tmp_path / "out.json", (smuggled,))
    for path in (tmp_path / "profile" / "hosts.json", tmp_path / "out.json"):
        assert "s3cret" not in path.read_text("utf-8")
        assert "password" not in path.read_text("utf-8")


@pytest.mark.parametrize("url", ["", "ftp://x", "tcp://", "tcp://x:99999", "ssh://u:p@x"])
def test_that_an_address_nobody_can_reach_is_refused(url):
    with pytest.raises(ValidationError):
        StoredHost(name="x", engine_url=url)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"kind": "hosts"}',
             '{"kind": "hosts", "version": 1, "content": {"hosts": [{}]}}',
             '{"kind": "settings", "version": 1, "content": {}}', "[" * 100_000],
)  # fmt: skip
def test_that_a_damaged_file_is_told_and_left_as_it_is(book, tmp_path, text):
    path = tmp_path / "profile" / "hosts.json"
    path.parent.mkdir()
    path.write_text(text)
    for act in (book.hosts, lambda: book.put(HOST), lambda: book.remove("x")):
        with pytest.raises(DocumentError, match=r"hosts\.json"):
            act()
    assert path.read_text() == text


def test_that_http_with_tls_is_no_host():
    with pytest.raises(ValidationError, match="without TLS"):
        StoredHost(name="x", engine_url="http://x:2375", tls=TlsFiles())


def test_that_hosts_kept_before_such_addresses_were_refused_are_still_there(book, tmp_path):
    old = [
        {"name": "a", "engine_url": "http://a:2376", "tls": {"ca": "ca.pem"}},
        {"name": "b", "engine_url": "ssh://admin:S3cret@b"},
        {"name": "c", "engine_url": "http://127.0.0.1:2375"},
    ]
    path = tmp_path / "profile" / "hosts.json"
    write_document(path, DocumentKind("hosts"), {"hosts": old})
    assert [host.engine_url for host in book.hosts()] == [
        "https://a:2376", "ssh://admin@b", "http://127.0.0.1:2375",
    ]  # fmt: skip
    book.put(HOST)
    assert "S3cret" not in path.read_text("utf-8")


def test_that_a_file_of_a_newer_console_is_left_untouched_and_says_so(book, tmp_path):
    path = tmp_path / "profile" / "hosts.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"kind": "hosts", "version": 99, "content": {"clusters": []}}))
    before = path.read_bytes()
    with pytest.raises(NewerDocumentError, match="newer console"):
        book.put(HOST)
    assert path.read_bytes() == before


def test_that_an_older_document_is_migrated_when_it_is_read(tmp_path):
    path = tmp_path / "x.json"
    old = DocumentKind("x")
    new = DocumentKind("x", migrations=[lambda content: {"names": [content["name"]]}])
    write_document(path, old, {"name": "a"})
    assert read_document(path, new) == {"names": ["a"]}
    write_document(path, new, {"names": ["a", "b"]})
    assert read_document(path, new) == {"names": ["a", "b"]}
    with pytest.raises(NewerDocumentError):
        read_document(path, old)


WRITER = """
import sys
from pathlib import Path
from console.backend.json_file import DocumentKind, write_document
print("ready", flush=True)
number = 0
while True:
    number += 1
    write_document(Path(sys.argv[1]), DocumentKind("x"), {"number": number, "filler": [number] * 20000})
    print(number, flush=True)
"""


def test_that_a_kill_at_any_moment_leaves_the_old_or_the_new_document(tmp_path, figure):
    path = tmp_path / "x.json"
    chance = random.Random(7)
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, bufsize=1
        )
        for _ in range(chance.randrange(2, 12)):
            last = process.stdout.readline()
        for _ in range(chance.randrange(20_000)):  # somewhere inside the next write
            pass
        process.kill()
        process.wait()
        told = [last, *process.stdout]
        process.stdout.close()
        written = int(told[-1])
        content = read_document(path, DocumentKind("x"))
        assert content["number"] in {written, written + 1}
        assert content["filler"] == [content["number"]] * 20000
    figure.add("kills survived", KILLS, "documents")
