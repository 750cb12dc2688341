"""Each way by which a password or a token comes in: it is in no log from then on, kept or not."""

import asyncio
import logging

import keyring
import keyring.backends.fail
import pytest
from pydantic import SecretStr

from console.backend.hosts.book import HostBook
from console.backend.hosts.stored import StoredHost
from console.backend.powershell.endpoint import WinRmEndpoint
from console.domain.plan import Plan
from console.domain.secret import secrets_in
from console.domain.swarm.steps import JoinSwarm, LeaveSwarm
from console.domain.text import N_
from console.log_file import LogFile
from console.redaction import Redaction
from console.startup import KnownHosts, Practice
from console.ui.hosts import Consent

PASSWORD = SecretStr("correct horse battery")
TOKEN = SecretStr("no token of the usual form")
JOIN = Plan(title=N_("Test", "Join"), steps=(LeaveSwarm(), JoinSwarm(managers=("192.0.2.1:1",), token=TOKEN)))
ACCOUNT = WinRmEndpoint(host="127.0.0.1", port=1, username="admin", connect_seconds=1)
ADDED = StoredHost(id="host-1", name="x", engine_url="tcp://127.0.0.1:1", winrm=ACCOUNT)


@pytest.fixture(autouse=True)
def no_store():
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def log(tmp_path):
    """The lines of a log that is written as the console's own is."""
    redaction = Redaction()
    file = LogFile(None, redaction)
    file.start()
    yield redaction, file
    file.close()


@pytest.fixture
def hosts(profile, log):
    HostBook(profile.hosts).put(ADDED)
    return KnownHosts(profile, Practice(20348), None, log[0].learn)


async def open_with_it(hosts):
    opened = await hosts.open(ADDED.id, Consent(password=PASSWORD))
    await opened.close()


async def try_it_out(hosts):
    await hosts.directory.try_out(ADDED, PASSWORD)


async def sign_in_with_it(hosts):
    opened = await hosts.open(ADDED.id, Consent())
    await opened.service.sign_in(PASSWORD)
    await opened.close()


async def keep_it(hosts):
    await hosts.directory.put(ADDED, PASSWORD)


async def join_with_it(hosts):
    opened = await hosts.open(Practice(20348).choice_id)
    await opened.service.apply(JOIN)
    await opened.close()


async def join_with_it_elsewhere(hosts):
    opened = await hosts.open(ADDED.id, Consent())
    await opened.service.apply(JOIN)
    await opened.close()


@pytest.mark.parametrize(
    ("use", "secret"),
    [
        (open_with_it, PASSWORD),
        (try_it_out, PASSWORD),
        (sign_in_with_it, PASSWORD),
        (keep_it, PASSWORD),
        (join_with_it, TOKEN),
        (join_with_it_elsewhere, TOKEN),
    ],
)
def test_that_what_was_typed_is_in_no_log_from_then_on(use, secret, hosts, log):
    async def used():
        await use(hosts)
        await hosts.close()

    redaction, file = log
    told = f"a library says {secret.get_secret_value()} to everybody"
    assert redaction.clean(told) == told
    asyncio.run(used())
    logging.getLogger("library").warning(told)
    file.close()
    (line,) = [one for one in file.last_lines() if "to everybody" in one]
    assert secret.get_secret_value() not in line


def test_that_the_secrets_of_a_plan_are_found_wherever_they_are():
    assert list(secrets_in(JOIN)) == [TOKEN]
    assert list(secrets_in({"a": (JOIN, [PASSWORD])})) == [TOKEN, PASSWORD]
    assert list(secrets_in(ADDED)) == [SecretStr("")]
