"""What programs that connect and ping print and end with, in several languages."""

import pytest

from console.domain.container_details import ExecResult
from console.domain.probes.connection import connection_attempts, ping_attempts
from console.domain.probes.probe import Reach, UnsafeWordError

CURL, TNC, PING_LAST = (one.read for one in connection_attempts("web", 80, windows=True))
_, NC, _ = (one.read for one in connection_attempts("web", 80, windows=False))
(PING,) = (one.read for one in ping_attempts("web", windows=True))


def said(output, code=0):
    return ExecResult(exit_code=code, output=output)


def reach(read, output, code=0):
    found = read(said(output, code))
    return found.reach if found is not None else None


@pytest.mark.parametrize(("output", "code", "expected"), [
    ("0.000843 172.20.5.9", 0, Reach.CONNECTED),
    ("0,000843 172.20.5.9", 52, Reach.CONNECTED),
    ("0.002 172.20.5.9", 28, Reach.CONNECTED),
    ("0.000000 ", 28, Reach.NO_ANSWER),
    ("0.000000 ", 6, Reach.UNKNOWN_NAME),
    ("0.000000 ", 7, None),
    ("", 127, None),
])  # fmt: skip
def test_that_curl_tells_by_its_time_to_connect_and_exit_code(output, code, expected):
    assert reach(CURL, output, code) is expected


FOUND = "RemoteAddress    : 172.20.5.9\r\n"
GERMAN = "WARNUNG: TCP connect to (172.20.5.9 : 81) failed\r\n\r\nComputerName           : web\r\n"


@pytest.mark.parametrize(("output", "expected"), [
    ("ComputerName     : web\r\n" + FOUND + "TcpTestSucceeded : True\r\n", Reach.CONNECTED),
    (GERMAN + FOUND + "PingSucceeded : True\r\nTcpTestSucceeded : False\r\n", Reach.REFUSED),
    (GERMAN + FOUND + "PingSucceeded : False\r\nTcpTestSucceeded : False\r\n", Reach.NO_ANSWER),
    ("ComputerName : web\r\nRemoteAddress : \r\nPingSucceeded : False\r\n", Reach.UNKNOWN_NAME),
    ("Test-NetConnection : not recognized", None),
])  # fmt: skip
def test_that_test_netconnection_is_read_by_its_properties(output, expected):
    assert reach(TNC, output) is expected


REPLY = (
    "\r\nPing wird ausgeführt für web [172.20.5.9] mit 32 Bytes Daten:\r\n"
    "Antwort von 172.20.5.9: Bytes=32 Zeit<1ms TTL=128\r\n"
)
UNREACHABLE = (
    "\r\nPinging 10.6.0.9 with 32 bytes of data:\r\nReply from 10.5.0.1: Destination host unreachable.\r\n"
)


def test_that_only_an_answer_with_a_ttl_is_one():
    assert reach(PING, REPLY) is Reach.CONNECTED
    assert reach(PING_LAST, REPLY) is Reach.REFUSED
    assert reach(PING, UNREACHABLE, 0) is Reach.NO_ANSWER
    assert reach(PING, 'Ping-Anforderung konnte Host "web" nicht finden.\r\n', 1) is Reach.UNKNOWN_NAME
    assert reach(PING, "64 bytes from 172.18.0.2: icmp_seq=1 ttl=64", 0) is Reach.CONNECTED
    assert reach(PING, "", 127) is None


def test_that_netcat_can_tell_only_that_it_connected():
    assert reach(NC, "", 0) is Reach.CONNECTED
    assert reach(NC, "", 1) is None


def test_that_no_program_is_handed_anything_but_a_name_and_a_number():
    with pytest.raises(UnsafeWordError):
        connection_attempts("web;calc", 80, windows=True)
    with pytest.raises(UnsafeWordError):
        ping_attempts("-t", windows=True)
