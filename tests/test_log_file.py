"""The log: rotated, quiet about libraries, with no secret in it, and no reason not to run."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from console import log_file
from console.crash_report import KEPT, report_text, save_report
from console.domain.credentials import REMOVED
from console.log_file import LogFile
from console.redaction import Redaction

SECRET = "correct horse battery"
LOG = logging.getLogger("console.test")


@pytest.fixture
def redaction():
    made = Redaction()
    made.learn(SecretStr(SECRET))
    return made


@pytest.fixture
def started(tmp_path, redaction):
    level = logging.getLogger().level
    log = LogFile(tmp_path / "logs" / "console.log", redaction)
    log.start()
    yield log
    log.close()
    logging.getLogger().setLevel(level)
    for name in log_file.LIBRARIES:
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_that_lines_are_in_the_file_with_their_tracebacks_and_without_secrets(started):
    try:
        raise ValueError(f"{SECRET} was wrong")
    except ValueError:
        LOG.exception("signing in with %s at %s", SecretStr("other"), f"tcp://me:{SECRET}@host:2376")
    started.close()
    text = started.path.read_text("utf-8")
    assert "ValueError" in text
    assert SECRET not in text
    assert "other" not in text
    assert REMOVED in text
    assert started.last_lines()[-1] in text


@pytest.mark.parametrize(
    "words",
    ["docker swarm join --token SWMTKN-1-49nj1cmql0jkz5s954yi3oex3nedyz0fb0xx14ie39trti4wxv-8vxv8rssmk743",
     "GET http://user:pa55word@proxy:3128/", "Authorization: Basic dXNlcjpwYTU1d29yZA=="],
)  # fmt: skip
def test_that_what_no_type_tells_is_hidden_by_its_shape(words):
    cleaned = Redaction().clean(words)
    assert REMOVED in cleaned
    for secret in ("SWMTKN-1-49nj", "pa55word", "dXNlcjpw"):
        assert secret not in cleaned


def test_that_the_level_is_changed_while_it_runs_and_libraries_are_quiet(started):
    LOG.debug("hidden")
    logging.getLogger("urllib3").info("a request")
    started.set_level("debug")
    LOG.debug("told")
    logging.getLogger("urllib3").info("another request")
    started.set_level("error")
    LOG.warning("hidden again")
    started.close()
    said = [line.split("] ")[1] for line in started.last_lines()]
    assert said == ["told", "another request"]
    with pytest.raises(ValueError, match="loud"):
        started.set_level("loud")


def test_that_the_file_is_rotated_and_old_ones_go(tmp_path, redaction, monkeypatch):
    monkeypatch.setattr(log_file, "LARGEST", 2000)
    log = LogFile(tmp_path / "console.log", redaction)
    log.start()
    for number in range(300):
        LOG.warning("line %d %s", number, "x" * 80)
    log.close()
    files = sorted(tmp_path.iterdir())
    assert len(files) == 1 + log_file.KEPT
    assert all(file.stat().st_size <= 2200 for file in files)


def test_that_a_folder_that_can_not_be_written_is_told_and_the_console_runs(tmp_path, redaction):
    (tmp_path / "logs").write_text("a file where the folder should be")
    log = LogFile(tmp_path / "logs" / "console.log", redaction)
    log.start()
    LOG.warning("remembered")
    log.close()
    assert log.error
    assert "remembered" in log.last_lines()[-1]


def test_that_only_the_newest_reports_are_kept(tmp_path, redaction):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    text = report_text(ValueError(SECRET), ["a line"], redaction, at)
    assert SECRET not in text
    assert "a line" in text
    saved = [save_report(tmp_path, text, at + timedelta(seconds=number)) for number in range(KEPT + 3)]
    again = save_report(tmp_path, text, at + timedelta(seconds=KEPT + 2))
    assert again.name.endswith("-2.txt")
    assert len(list(tmp_path.iterdir())) == KEPT
    assert saved[-1].exists()
    assert not saved[0].exists()


def test_that_of_many_reports_in_one_second_the_last_ones_stay(tmp_path):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(3 * KEPT):
        path = save_report(tmp_path, "text", at)
        assert path.exists(), "the report that was just saved"
    numbers = {int(file.stem.split("-")[3]) for file in tmp_path.iterdir()}
    assert numbers == set(range(2 * KEPT + 1, 3 * KEPT + 1))


def test_that_a_report_stays_even_if_the_clock_was_put_back(tmp_path):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(KEPT):
        save_report(tmp_path, "text", at + timedelta(seconds=number))
    assert save_report(tmp_path, "text", at - timedelta(days=1)).exists()
