"""Standard error of PowerShell: markup, text, both, in pieces, cut off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.backend.powershell.clixml import ProgressReader, error_text, unescape

ERROR = (
    "#< CLIXML\r\n"
    '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">'
    '<S S="Error">Get-VMSwitch : Zugriff &lt;verweigert&gt;_x000D__x000A_</S>'
    '<S S="Error">At line:1 char:1_x000D__x000A_</S>'
    '<S S="Error">+ Get-VMSwitch_x000D__x000A_</S>'
    '<S S="Error">+ ~~~~~~~~~~~~_x000D__x000A_</S>'
    '<S S="Error">    + FullyQualifiedErrorId : AccessDenied_x000D__x000A_</S>'
    "</Objs>"
)


def test_that_the_message_comes_out_without_markup_and_position():
    assert error_text(ERROR).startswith("Get-VMSwitch : Zugriff <verweigert>\n")
    assert "FullyQualifiedErrorId : AccessDenied" in error_text(ERROR)
    assert "~~~" not in error_text(ERROR)
    assert "At line" not in error_text(ERROR)


def test_that_text_around_the_markup_is_kept():
    assert error_text(f"before\n{ERROR}\nafter").splitlines()[-2:] == ["before", "after"]


def test_that_a_document_cut_off_gives_what_is_whole():
    assert error_text(ERROR[: ERROR.index("+ Get")]) == "Get-VMSwitch : Zugriff <verweigert>"


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        ("_x000A_", "\n"),
        ("_xD83D__xDC33_", "\U0001f433"),
        ("_x005F_x000A_", "_x000A_"),
        ("a &amp;lt;", "a &lt;"),
    ],
)
def test_that_what_xml_cant_hold_is_put_back(escaped, text):
    assert unescape(escaped) == text


def record(activity):
    return f'<PR N="Record"><AV>{activity}</AV><PC>5</PC><SD>s</SD></PR>'


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30))
def test_that_progress_is_found_whatever_the_pieces(cuts):
    data = f"#< CLIXML <Objs>{record('eins ä')}<x/>{record('zwei')}</Objs>".encode()
    reader, told, start = ProgressReader(), [], 0
    for length in [*cuts, len(data)]:
        told += [one.activity for one in reader.feed(data[start : start + length])]
        start += length
    assert told == ["eins ä", "zwei"]


def test_that_a_record_without_end_is_not_kept_for_ever():
    reader = ProgressReader()
    for _ in range(100):
        reader.feed(b'<PR N="Record">' + b"x" * 10_000)
    assert len(reader._rest) <= 65536


@given(st.text(), st.binary())
def test_that_nothing_on_standard_error_breaks_the_reader(text, data):
    error_text(text)
    ProgressReader().feed(data)
