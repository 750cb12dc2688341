"""Whatever a person types reaches a script as data: it is in no command line, environment or script."""

import asyncio
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.backend.powershell.local import LocalRunner
from console.backend.powershell.request import script_file
from console.backend.powershell.runner import HostError
from console.domain.scripts import SCRIPTS, Script, ScriptParameter
from tests.backend.powershell.programs import FakePowerShell

#: Told apart from everything that is in a command line anyway.
MARK = "hostile-7f3a"
NASTY = (
    "'; Remove-Item C:\\ -Recurse; '",
    '"; exit 9; "',
    "$(Stop-Computer)",
    "`$(1)`n`0",
    "a;b|c&d>e<f%PATH%!x!^",
    "line one\nline two\r\nscript-failed:{}",
    "\u2018smart\u2019 \u201cquotes\u201d \u2013 dash",
    "Z\u00fcrich \u6771\u4eac \U0001f433 \u202e",
    "\x00\x07\x1b[31m\ufeff",
    "@parameters $input *>&1",
    "-EncodedCommand ZQB4AGkAdAA=",
    "2020-01-01T00:00:00Z",
    "/Date(1736929953000)/",
    "]]>&lt;_x000A_",
    "x" * 65536,
    "",
)
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=200)).map(lambda text: f"{MARK}{text}")


def value_of(parameter: ScriptParameter):
    if parameter.choices:
        return st.sampled_from(parameter.choices)
    if parameter.kind == "text":
        return texts
    if parameter.kind == "texts":
        return st.lists(texts, max_size=4)
    return st.booleans() if parameter.kind == "flag" else st.integers(-(2**31), 2**31 - 1)


def parameters_of(script: Script):
    return st.fixed_dictionaries({one.name: value_of(one) for one in script.parameters})


def run(fake, script, values):
    async def main():
        runner = LocalRunner(fake.path)
        try:
            return json.loads(await runner.run(script, values))
        finally:
            await runner.close()

    return asyncio.run(main())


def count_of(values):
    """How many texts a script is given that somebody could have typed."""
    texts = [one for value in values.values() for one in (value if isinstance(value, list) else [value])]
    return sum(isinstance(text, str) and text.startswith(MARK) for text in texts)


@pytest.fixture(scope="module")
def fake():
    with tempfile.TemporaryDirectory() as folder:
        yield FakePowerShell(Path(folder))


def hold(fake, script, values, figure):
    figure.add("hostile inputs tried", count_of(values), "values of script parameters")
    before = script_file(script).read_bytes() if script_file(script).exists() else b""
    answer = run(fake, script, values)
    seen = fake.seen
    assert seen["values"] == values
    assert answer["after"] == values
    shell = json.dumps([seen["argv"], seen["environment"], seen["launcher"], seen["file"]])
    assert MARK not in shell
    assert (script_file(script).read_bytes() if before else b"") == before


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_that_any_value_of_any_parameter_arrives_as_data(fake, script, data, figure):
    hold(fake, script, data.draw(parameters_of(script)), figure)


@pytest.mark.parametrize("nasty", NASTY, ids=lambda text: ascii(text[:20]))
def test_that_each_nasty_text_arrives_at_every_free_parameter(fake, nasty, figure):
    for script in SCRIPTS:
        values = {
            one.name: f"{MARK}{nasty}" if one.kind == "text" else [f"{MARK}{nasty}"] * 2
            for one in script.parameters
            if one.kind in {"text", "texts"} and not one.choices
        }
        rest = {"flag": True, "number": 7}
        values |= {
            one.name: one.choices[0] if one.choices else rest[one.kind]
            for one in script.parameters
            if one.name not in values
        }
        hold(fake, script, values, figure)


@pytest.mark.parametrize("nasty", NASTY[:4])
def test_that_a_parameter_with_choices_takes_nothing_else(fake, nasty, figure):
    script = next(script for script in SCRIPTS if script.id == "set-service-state")
    with pytest.raises(HostError):
        run(fake, script, {"Service": nasty, "Action": "Start"})
    figure.add("hostile inputs tried", 1, "values of script parameters")
