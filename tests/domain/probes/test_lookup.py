"""What programs print when a name is looked up, in several languages, read without knowing any."""

import pytest

from console.domain.container_details import ExecResult
from console.domain.probes.lookup import lookup_attempts
from console.domain.probes.probe import UnsafeWordError, addresses_in, is_not_in_image, safe_word

NSLOOKUP, RESOLVE, PING = (one.read for one in lookup_attempts("web", windows=True))
GETENT, _, _ = (one.read for one in lookup_attempts("web", windows=False))

ENGLISH = (
    "Server:  UnKnown\r\nAddress:  172.20.0.1\r\n\r\n"
    "Non-authoritative answer:\r\nName:    web\r\nAddress:  172.20.5.9\r\n\r\n"
)
GERMAN = (
    "Server:  UnKnown\r\nAddress:  172.20.0.1\r\n\r\n"
    "Nicht autorisierende Antwort:\r\nName:    web\r\nAddresses:  172.20.5.9\r\n          172.20.5.10\r\n\r\n"
)
NOTHING = "Server:  UnKnown\r\nAddress:  172.20.0.1\r\n\r\n"
BUSYBOX = (
    "Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\n"
    "Non-authoritative answer:\nName:\tweb\nAddress: 172.18.0.2\n\n"
)
OLD_BUSYBOX = (
    "Server:    127.0.0.11\nAddress 1: 127.0.0.11\n\nName:      web\nAddress 1: 172.18.0.2 web.shop\n"
)
BUSYBOX_NOTHING = "Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\n** server can't find web: NXDOMAIN\n\n"


def said(output, code=0, errors=""):
    return ExecResult(exit_code=code, output=output, errors=errors)


@pytest.mark.parametrize(("output", "server", "addresses"), [
    (ENGLISH, "172.20.0.1", ("172.20.5.9",)),
    (GERMAN, "172.20.0.1", ("172.20.5.9", "172.20.5.10")),
    (NOTHING, "172.20.0.1", ()),
    (BUSYBOX, "127.0.0.11", ("172.18.0.2",)),
    (OLD_BUSYBOX, "127.0.0.11", ("172.18.0.2",)),
    (BUSYBOX_NOTHING, "127.0.0.11", ()),
])  # fmt: skip
def test_that_nslookup_is_read_by_its_paragraphs(output, server, addresses):
    found = NSLOOKUP(said(output))
    assert (found.server, found.addresses) == (server, addresses)


def test_that_a_program_that_could_not_tell_is_told_from_one_that_found_nothing():
    assert NSLOOKUP(said("", 127)) is None
    assert NSLOOKUP(said("", 1, "*** Default servers are not available")) is None
    assert RESOLVE(said("", 0)) is None
    assert GETENT(said("", 127)) is None
    assert GETENT(said("", 2)).addresses == ()
    assert RESOLVE(said("", 1, "web : Der DNS-Name ist nicht vorhanden.")).addresses == ()
    assert PING(said('Ping-Anforderung konnte Host "web" nicht finden.\r\n', 1)).addresses == ()


def test_that_the_other_programs_give_the_address():
    table = "\r\nName    Type   TTL   Section    IPAddress\r\nweb     A      600   Answer     172.20.5.9\r\n"
    assert RESOLVE(said(table)).addresses == ("172.20.5.9",)
    assert GETENT(said("172.18.0.2      STREAM web\n172.18.0.2      DGRAM\n")).addresses == ("172.18.0.2",)
    ping = "\r\nPing wird ausgeführt für web [172.20.5.9] mit 32 Bytes Daten:\r\nAntwort von 172.20.5.77\r\n"
    assert PING(said(ping, 1)).addresses == ("172.20.5.9",)


@pytest.mark.parametrize(
    "word", ["", " ", "-t", "a b", "a;b", "$(x)", "a'b", "a`b", "web|x", "ä", "a" * 254, ".x"]
)
def test_that_no_program_is_handed_anything_but_a_name(word):
    with pytest.raises(UnsafeWordError):
        lookup_attempts(word, windows=True)


@pytest.mark.parametrize("word", ["web", "tasks.web", "my_service", "10.1.2.3", "a-b.example.com"])
def test_that_names_and_addresses_are_handed_on_as_they_are(word):
    assert safe_word(f" {word} ") == word


def test_that_versions_and_bad_numbers_are_no_addresses():
    assert addresses_in("10.0.20348.4405, 999.1.1.1, 10.1.2.3, 1.2.3.4.5") == ("10.1.2.3",)


@pytest.mark.parametrize(("words", "missing"), [
    ('exec: "getent": executable file not found in $PATH', True),
    ("hcs::System::CreateProcess: nslookup: Das System kann die angegebene Datei nicht finden. (0x2)", True),
    ("container abc is not running", False),
])  # fmt: skip
def test_that_a_missing_program_is_told_from_other_refusals(words, missing):
    assert is_not_in_image(words) is missing
