"""The rules our scripts keep: they run on Windows PowerShell 5.1 and 7 and answer one JSON document."""

import re
from dataclasses import dataclass

from tests.powershell import catalog
from tests.powershell.grammar import line_of, walk

LONGEST_LINE = 120
LEAST_DEPTH = 10
PREFERENCES = {
    "$ErrorActionPreference": "'Stop'",
    "$ProgressPreference": "'SilentlyContinue'",
    "$WarningPreference": "'SilentlyContinue'",
    "$ConfirmPreference": "'None'",
}
FORBIDDEN = frozenset(
    {
        "invoke-expression", "invoke-command", "add-type", "start-process", "set-executionpolicy",
        "write-host", "out-host", "out-default", "write-progress", "read-host", "import-module",
    }
)  # fmt: skip
AUTOMATIC = frozenset(
    {
        "$args", "$error", "$event", "$eventargs", "$executioncontext", "$false", "$foreach", "$home",
        "$host", "$input", "$lastexitcode", "$matches", "$myinvocation", "$pid", "$profile",
        "$psboundparameters", "$pscmdlet", "$pshome", "$psitem", "$sender", "$shellid", "$stacktrace",
        "$switch", "$this", "$true", "$_",
    }
)  # fmt: skip
#: Modules that every supported Windows has; the cmdlets of others must be asked for first.
BUILT_IN = frozenset(
    {
        "Microsoft.PowerShell.Core",
        "Microsoft.PowerShell.Management",
        "Microsoft.PowerShell.Utility",
        "CimCmdlets",
    }
)
#: Modules of compiled cmdlets: these heed the preferences of the script that calls them. Functions and
#: cmdlets made of CIM classes (CDXML) are of a module's own scope and see only the global ones.
COMPILED = BUILT_IN | {"Hyper-V", "Microsoft.PowerShell.Security"}
#: Programs that a script may call, and how their arguments must begin.
PROGRAMS = {"netsh.exe": ("interface ipv4 show ", "interface ipv4 set dynamicport ")}
#: Functions of ours that ask Get-Command, and the parameter that says for what.
ASKING = {"Add-Section": "Command", "Assert-Command": "Name"}
#: What PowerShell 5.1 has not: chains, null operators, ternary, and parameters of later commands.
LATER_SYNTAX = re.compile(r"&&|\|\||\?\?|\?\.|\?\[|\s\?\s")


@dataclass(frozen=True)
class Objection:
    rule: str
    line: int
    words: str


def objections(source):
    """Everything that is wrong with one script."""
    return [objection for rule in RULES for objection in rule(source)]


def _syntax(source):
    for grammar, line in source.errors():
        yield Objection("syntax", line, f"{grammar} does not understand this")


def _bytes(source):
    if not source.text.isascii():
        yield Objection(
            "ascii", 1, "Windows PowerShell reads a file without a BOM in the code page of the host"
        )
    if not source.text.endswith("\n"):
        yield Objection("lines", source.text.count("\n"), "no line end at the end")
    for number, line in enumerate(source.text.splitlines(), 1):
        if len(line) > LONGEST_LINE or line != line.rstrip() or "\t" in line:
            yield Objection("lines", number, "too long, or with tabs or spaces at its end")


def _one_statement_a_line(source):
    for number, line in enumerate(source.code.splitlines(), 1):
        if ";" in line:
            yield Objection("one-statement", number, line.strip())


def _what_the_grammars_let_pass(source):
    """``try`` without ``catch`` and an empty element of a list; the others are unknown commands."""
    for node in source.nodes("try_statement"):
        if not {child.type for child in node.children} & {"catch_clauses", "finally_clause"}:
            yield Objection("grammar-miss", line_of(node), "try without catch")
    for match in re.finditer(r",\s*,|\(\s*,|,\s*\)", source.code):
        yield Objection("grammar-miss", source.code.count("\n", 0, match.start()) + 1, "an empty element")


def _head(source):
    """``param()`` first, then the strict mode and the preferences, before anything is done."""
    statements = [node for node in source.root.children if node.type != "comment"]
    if (
        not statements
        or statements[0].type != "param_block"
        or "CmdletBinding" not in source.words(statements[0])
    ):
        yield Objection("head", 1, "no [CmdletBinding()] param() at the beginning")
        return
    body = [source.words(node) for one in statements[1:] for node in one.children]
    expected = [
        "Set-StrictMode -Version Latest",
        *(f"{name} = {value}" for name, value in PREFERENCES.items()),
    ]
    if body[: len(expected)] != expected:
        yield Objection("head", line_of(statements[0]), "the settings do not follow param() at once")


def _commands(source):
    functions = {name.lower() for name in source.functions()}
    for node, name in source.commands():
        if not name:
            if source.words(node) != "& $Read":
                yield Objection("call", line_of(node), f"calls what it was given: {source.words(node)}")
            continue
        if name.lower() in functions:
            continue
        yield from _command(source, node, name)


def _command(source, node, name):
    line = line_of(node)
    if name in PROGRAMS:
        if not source.words(node).removeprefix(f"{name} ").startswith(PROGRAMS[name]):
            yield Objection("program", line, source.words(node))
    elif name.lower() in catalog.aliases():
        yield Objection("alias", line, f"{name} is an alias of {catalog.aliases()[name.lower()]}")
    elif name.lower() in FORBIDDEN:
        yield Objection("forbidden", line, name)
    elif not catalog.module_of(name):
        yield Objection("unknown-command", line, name)
    elif catalog.hosts_without(name):
        yield Objection("unknown-command", line, f"{name} is not on {catalog.hosts_without(name)}")
    else:
        yield from _parameters(source, node, name)


def _parameters(source, node, name):
    known = catalog.parameters(name)
    arguments = source.arguments(node)
    for argument in arguments:
        if argument.type != "command_parameter":
            continue
        word = source.words(argument).lstrip("-").rstrip(":").lower()
        if word not in known:
            yield Objection("unknown-parameter", line_of(argument), f"{name} -{word}")
    if arguments and arguments[0].type != "command_parameter":
        yield Objection("positional", line_of(node), f"{name} without the name of its first parameter")


def _unasked(source):
    """What may ask the person is told not to: nobody is there to answer, and then it fails."""
    for node, name in source.commands():
        module = catalog.module_of(name) if name else ""
        may_ask = module and module not in COMPILED and "confirm" in catalog.parameters(name)
        if may_ask and "-Confirm:$false" not in source.words(node):
            yield Objection("may-ask", line_of(node), f"{name} of {module} without -Confirm:$false")


def _asked_first(source):
    """The cmdlets of modules that a host may lack are used after Get-Command found one of the module."""
    asked = {
        catalog.module_of(source.value_of(node, ASKING[name]) or "")
        for node, name in source.commands()
        if name in ASKING
    }
    for node, name in source.commands():
        module = catalog.module_of(name) if name else ""
        if module and module not in BUILT_IN and module not in asked:
            yield Objection("not-asked", line_of(node), f"{name} of {module}, which a host may lack")


def _quiet_errors(source):
    for node, name in source.commands():
        words = source.words(node)
        quiet = re.search(r"-ErrorAction\s+\S+", words)
        own = not any(child.type == "command" for part in node.children for child in walk(part))
        if quiet and own and name != "Get-Command":
            yield Objection("quiet-error", line_of(node), words)


def _later_syntax(source):
    for number, line in enumerate(source.code.splitlines(), 1):
        if LATER_SYNTAX.search(line):
            yield Objection("later-syntax", number, line.strip())
        if re.search(r"scriptblock\]\s*::|ExecutionContext|\.Invoke\(", line):
            yield Objection("call", number, line.strip())


def _splatting(source):
    for node in source.nodes("variable"):
        if source.words(node).startswith("@"):
            yield Objection("splatting", line_of(node), "hides the names of the parameters from these rules")


def _counted(source):
    """``.Count`` stands on what is surely a list.

    PowerShell takes lists of one or none apart wherever they pass (also out of ``return @(…)``), and what is
    left, one object or nothing, has no ``Count`` under strict mode.
    """
    for match in re.finditer(r"(\$\w+|\)|\S)\.Count\b", source.code):
        if not _is_list(source, match):
            line = source.code.count("\n", 0, match.start()) + 1
            yield Objection("count", line, source.code.splitlines()[line - 1].strip())


def _is_list(source, match):
    if match[1] == ")":
        return _opening(source.code, match.start()).endswith("@")
    if not match[1].startswith("$"):
        return False
    around = _scope(source, match.start())
    name = re.escape(match[1])
    made = re.findall(rf"{name}\b\s*=\s*(..)", around)
    given = re.search(rf"\[\s*(?:\w+\[\]|hashtable)\s*\]\s*{name}\b", around)
    return bool(made or given) and set(made) <= {"@(", "@{"}


def _opening(code, closing):
    """What stands before the parenthesis that is closed there."""
    depth = 0
    for position in range(closing, -1, -1):
        depth += (code[position] == ")") - (code[position] == "(")
        if depth == 0:
            return code[:position]
    return ""


def _scope(source, position):
    """The text of the function around a position, else all of the script."""
    inside = [
        node
        for node in source.nodes("function_statement")
        if len(source.text[:position].encode()) in range(node.start_byte, node.end_byte)
    ]
    return source.words(inside[-1]) if inside else source.code


def _automatic_variables(source):
    for node in source.nodes("left_assignment_expression", "foreach_statement"):
        yield from _assigned(source, next((one for one in walk(node) if one.type == "variable"), None))
    for node in source.nodes("script_parameter"):
        yield from _assigned(source, next(one for one in node.children if one.type == "variable"))
    for match in re.finditer(r"\$(script|global|env):", source.code):
        line = source.code.count("\n", 0, match.start()) + 1
        yield Objection("scope", line, f"{match[0]} depends on how the script was started")


def _assigned(source, variable):
    if variable is not None and source.words(variable).lower() in AUTOMATIC:
        yield Objection("automatic-variable", line_of(variable), source.words(variable))


def _one_document(source):
    """The document is made in one place and written once, by the last statement."""
    json_calls = [node for node, name in source.commands() if name == "ConvertTo-Json"]
    outputs = [node for node, name in source.commands() if name == "Write-Output"]
    documents = [node for node, name in source.commands() if name == "Write-Document"]
    if len(json_calls) != 1 or len(outputs) != 1 or len(documents) != 1:
        yield Objection("one-document", 1, "not exactly one document is written")
        return
    call = json_calls[0]
    depth = source.value_of(call, "Depth") or "2"
    words = source.words(call)
    if "-InputObject" not in words or "-Compress" not in words or int(depth) < LEAST_DEPTH:
        yield Objection(
            "one-document", line_of(call), "ConvertTo-Json needs -InputObject, -Compress and -Depth"
        )
    last = [node for node in source.root.children if node.type == "statement_list"][-1].children[-1]
    if not source.words(last).startswith("Write-Document "):
        yield Objection("one-document", line_of(last), "the last statement does not write the document")


RULES = (
    _syntax,
    _bytes,
    _one_statement_a_line,
    _what_the_grammars_let_pass,
    _head,
    _commands,
    _unasked,
    _asked_first,
    _quiet_errors,
    _later_syntax,
    _splatting,
    _counted,
    _automatic_variables,
    _one_document,
)
