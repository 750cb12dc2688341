"""A script as a syntax tree, by two grammars: what only one of them accepts is not for us.

Neither grammar is PowerShell's own: they let six mistakes pass (feasibility study, 3), which
``lint.py`` looks for itself.
"""

import re
from functools import cache

import tree_sitter_powershell
import tree_sitter_pwsh
from tree_sitter import Language, Parser

_FILLERS = {"string_literal": b"x", "comment": b" "}


@cache
def _parsers():
    return {
        "tree-sitter-powershell": Parser(Language(tree_sitter_powershell.language())),
        "tree-sitter-pwsh": Parser(Language(tree_sitter_pwsh.language())),
    }


def walk(node):
    yield node
    for child in node.children:
        yield from walk(child)


class Source:
    """One script: its text, and ``root``, its tree as tree-sitter-powershell sees it.

    ``code`` is the text with an x for every character of string literals, and without comments.
    """

    def __init__(self, text):
        self.text = text
        self._bytes = text.encode()
        self.root = _parsers()["tree-sitter-powershell"].parse(self._bytes).root_node
        self.code = self._masked()

    def errors(self):
        """(grammar, line) of everything a grammar does not understand."""
        for name, parser in _parsers().items():
            for node in walk(parser.parse(self._bytes).root_node):
                if node.is_error or node.is_missing:
                    yield name, node.start_point[0] + 1

    def words(self, node):
        return self._bytes[node.start_byte : node.end_byte].decode()

    def nodes(self, *types):
        return [node for node in walk(self.root) if node.type in types]

    def functions(self):
        """Name -> text of the functions of the script."""
        return {
            self.words(child): self.words(node)
            for node in self.nodes("function_statement")
            for child in node.children
            if child.type == "function_name"
        }

    def commands(self):
        """Every command that the script calls: (node, name); of ``& $x`` and ``. x`` the name is ""."""
        for node in self.nodes("command"):
            name = next((child for child in node.children if child.type == "command_name"), None)
            yield node, self.words(name) if name is not None else ""

    def arguments(self, command):
        """What follows a command's name: the nodes between the separators."""
        elements = next((child for child in command.children if child.type == "command_elements"), None)
        children = elements.children if elements is not None else []
        return [child for child in children if child.type != "command_argument_sep"]

    def value_of(self, command, parameter):
        """The text given to one parameter of a command, without its quotes; None where it is not given."""
        arguments = self.arguments(command)
        for position, node in enumerate(arguments[:-1]):
            if node.type == "command_parameter" and self.words(node).lower() == f"-{parameter.lower()}":
                return self.words(arguments[position + 1]).strip("'\"")
        return None

    def _masked(self):
        masked = bytearray(self._bytes)
        for node in self.nodes(*_FILLERS):
            kept = self._bytes[node.start_byte : node.end_byte]
            masked[node.start_byte : node.end_byte] = re.sub(rb"[^\n]", _FILLERS[node.type], kept)
        return masked.decode()


def line_of(node):
    return node.start_point[0] + 1
