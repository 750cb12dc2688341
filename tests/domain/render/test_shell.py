"""Words survive each shell, read back by readers that were written from the documented rules."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.domain.render.errors import CommandError, InexpressibleError
from console.domain.render.shell import Shell, join, quote, split

METACHARACTERS = "\"'`^%!&|<>()$\\ ,;=#~*?[]{}@-\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00a0"
printable = st.text(
    st.one_of(
        st.sampled_from(METACHARACTERS + "aZ0._:/é漢😀"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=24,
)
words = st.lists(printable, min_size=1, max_size=5)


def argv_of_c_runtime(line: str) -> list[str]:
    """Microsoft's "Parsing C++ command-line arguments", newer rule for doubled quotes."""
    found: list[str] = []
    current: list[str] | None = None
    inside = False
    tokens = re.findall(r'\\+"|\\+|"|[^\\"]', line, re.DOTALL)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token in (" ", "\t") and not inside:
            if current is not None:
                found.append("".join(current))
            current = None
            continue
        current = [] if current is None else current
        if token == '"':
            if inside and at < len(tokens) and tokens[at] == '"':
                current.append('"')
                at += 1
            else:
                inside = not inside
        elif token.endswith('"'):
            backslashes = len(token) - 1
            current.append("\\" * (backslashes // 2))
            if backslashes % 2:
                current.append('"')
            else:
                inside = not inside
        else:
            current.append(token)
    if current is not None:
        found.append("".join(current))
    return found


def line_after_cmd(line: str, environment: dict[str, str]) -> str:
    """What an interactive cmd.exe gives to the program: variables first, then carets and operators."""

    def expanded(found: re.Match[str]) -> str:
        return environment.get(found.group(1).upper(), found.group())

    line = re.sub(r"%([^%:\n]+)(?::[^%\n]*)?%", expanded, line)
    passed = ""
    quoted = False
    characters = iter(line)
    for character in characters:
        if character == "^" and not quoted:
            passed += next(characters)
            continue
        assert quoted or character not in "&|<>", f"cmd.exe would act on {character!r} in {line!r}"
        assert character not in "\r\n"
        if character == '"':
            quoted = not quoted
        passed += character
    return passed


def powershell_strings(line: str) -> list[str]:
    """The argument strings of a line of bare words and single-quoted strings."""
    quote_class = "['\u2018\u2019\u201a\u201b]"
    found = []
    for bare, quoted in re.findall(
        rf"({quote_class}((?:[^'\u2018\u2019\u201a\u201b]|{quote_class}{{2}})*){quote_class}(?!\S)|[^\s]+)",
        line,
    ):
        if re.match(quote_class, bare):
            found.append(re.sub(rf"({quote_class}){quote_class}", r"\1", quoted))
        else:
            assert re.fullmatch(r"[A-Za-z0-9_./:\\-]+", bare), bare
            found.append(bare)
    return found


def passed_by_windows_powershell(strings: list[str]) -> str:
    """5.1 and ``Legacy``: empty ones vanish, white space outside quotes brings quotes around."""

    def passed(word: str) -> str:
        quotes = 0
        after_backslash = False
        for character in word:
            if character == '"' and not after_backslash:
                quotes += 1
            elif character.isspace() and quotes % 2 == 0:
                return f'"{word}"'
            after_backslash = character == "\\"
        return word

    return " ".join(passed(word) for word in strings if word)


@given(words)
@example(['say "hi" & del', "100%", "%PATH%", "%PATH:~0,3%", "a^b", "tail\\", "tail space\\", ""])
@example(['\\"', '"', '\\\\"x', "!USERNAME!"])
def test_that_a_command_prompt_hands_every_word_to_the_program_unharmed(given_words: list[str]) -> None:
    line = join(["docker", *given_words], Shell.CMD)
    environment = {
        "PATH": "EXPANDED",
        "USERNAME": "EXPANDED",
        " ": "EXPANDED",
        '"': "EXPANDED",
        "A": "EXPANDED",
    }
    assert argv_of_c_runtime(line_after_cmd(line, environment)) == ["docker", *given_words]
    assert split(line, Shell.CMD) == ["docker", *given_words]


@given(words)
@example(['say "hi"', "it's", "\u2018smart\u2019", "a b\\", "", "$env:PATH", "`n", "@x", "a,b"])
@example(["say 'hi'", "\u2019\u2018", "tail\\"])
def test_that_windows_powershell_hands_every_word_to_the_program_unharmed(given_words: list[str]) -> None:
    line = join(["docker", *given_words], Shell.POWERSHELL)
    block = re.fullmatch(r"& \{ \$PSNativeCommandArgumentPassing = 'Legacy'; (.*) \}", line, re.DOTALL)
    strings = powershell_strings(block[1] if block else line)
    assert argv_of_c_runtime(passed_by_windows_powershell(strings)) == ["docker", *given_words]
    assert split(line, Shell.POWERSHELL) == ["docker", *given_words]


@given(words)
def test_that_powershell_7_3_gets_the_same_words_where_no_block_is_written(given_words: list[str]) -> None:
    line = join(["docker", *given_words], Shell.POWERSHELL)
    if not line.startswith("& {"):
        assert powershell_strings(line) == ["docker", *given_words]


@given(st.lists(st.one_of(printable, st.text("'\"\\\n\t$` a", max_size=8)), min_size=1, max_size=5))
@example(["a\nb", "it's", "$(reboot)", "=ls", "~", "#", "", "--"])
@settings(max_examples=60)
def test_that_a_real_posix_shell_hands_every_word_on_unharmed(given_words: list[str]) -> None:
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("no POSIX shell on this machine")
    line = join(["printf", "%s\\0", *given_words], Shell.POSIX)
    printed = subprocess.run([shell, "-c", line], capture_output=True, check=True).stdout.decode()
    assert printed.split("\0")[:-1] == given_words
    assert split(line, Shell.POSIX) == ["printf", "%s\\0", *given_words]


@pytest.mark.parametrize("shell", list(Shell))
@pytest.mark.parametrize("word", ["nul\0", "bell\a", "escape\x1b[201~", "return\r", "csi\x9b", "lone\ud800"])
def test_that_a_word_a_terminal_would_act_on_is_refused_with_a_reason(word: str, shell: Shell) -> None:
    with pytest.raises(InexpressibleError) as refused:
        quote(word, shell)
    assert ascii(word) in str(refused.value.text)


@pytest.mark.parametrize("word", ["two\nlines", "tab\there"])
def test_that_the_command_prompt_refuses_what_it_can_not_hold_and_others_carry_it(word: str) -> None:
    with pytest.raises(InexpressibleError):
        quote(word, Shell.CMD)
    for shell in (Shell.POWERSHELL, Shell.POSIX):
        assert split(join(["docker", word], shell), shell) == ["docker", word]


@pytest.mark.parametrize(
    ("shell", "word", "text"),
    [
        (Shell.CMD, "Ethernet 2", '"Ethernet 2"'),
        (Shell.CMD, "a&b", '"a&b"'),
        (Shell.CMD, 'say "x"', '^"say \\^"x\\^"^"'),
        (Shell.CMD, "%PATH%", '^"%^PATH%^"'),
        (Shell.CMD, "10.0.0.0/24", "10.0.0.0/24"),
        (Shell.POWERSHELL, "it\u2019s", "'it\u2019\u2019s'"),
        (Shell.POWERSHELL, "a=b", "'a=b'"),
        (Shell.POSIX, "it's", "'it'\"'\"'s'"),
        (Shell.POSIX, "=ls", "'=ls'"),
    ],
)
def test_that_words_are_written_the_way_people_write_them(shell: Shell, word: str, text: str) -> None:
    assert quote(word, shell) == text


@pytest.mark.parametrize("word", ["x", 'say "x"'])
def test_that_powershell_calls_a_program_whose_path_stands_in_quotes(word: str) -> None:
    """Without ``&`` it would be a string, and the words after it an error."""
    words = [r"C:\Program Files\Docker\docker.exe", "run", word]
    line = join(words, Shell.POWERSHELL)
    assert r"& 'C:\Program Files\Docker\docker.exe' run " in line
    assert split(line, Shell.POWERSHELL) == words


@pytest.mark.parametrize(
    ("shell", "text"),
    [
        (Shell.CMD, "docker ^\r\n network ls"),
        (Shell.POWERSHELL, "docker `\r\n network ls"),
        (Shell.POSIX, "docker \\\n network ls # all of them"),
    ],
)
def test_that_a_command_may_go_on_in_the_next_line(shell: Shell, text: str) -> None:
    assert split(text, shell) == ["docker", "network", "ls"]


@pytest.mark.parametrize(
    ("shell", "text"),
    [
        (Shell.CMD, "docker network ls & del x"),
        (Shell.CMD, "docker network ls\ndel x"),
        (Shell.CMD, "docker network rm %COMPUTERNAME%"),
        (Shell.POWERSHELL, "docker network rm $name"),
        (Shell.POWERSHELL, 'docker network rm "$name"'),
        (Shell.POWERSHELL, "docker network ls; del x"),
        (Shell.POWERSHELL, "docker 'open"),
        (Shell.POSIX, "docker network rm $(hostname)"),
        (Shell.POSIX, "docker network ls && rm x"),
        (Shell.POSIX, 'docker "open'),
    ],
)
def test_that_what_only_the_shell_can_work_out_is_refused(shell: Shell, text: str) -> None:
    with pytest.raises(CommandError):
        split(text, shell)
