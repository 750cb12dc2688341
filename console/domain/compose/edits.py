"""Changes to a Compose file that leave all else in it as it is: comments, order, blank lines, spelling.

The file is changed by ruamel.yaml's round trip. That keeps comments and order, but writes some things in
its own way (indentation of lists, long lines). So only the lines that the change itself touches are
taken over into the file as it was, and the result is read again to see that it says what was wanted.
"""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.domain.compose.model import Project, SourceFile
from console.domain.compose.tree import ComposeError, YamlMapping, YamlNode, YamlScalar, read_tree
from console.domain.text import N_, Text

if TYPE_CHECKING:
    from ruamel.yaml import YAML

CONTEXT = "Compose"

#: A name with a list below it: how far in each of the two stands.
_LIST = re.compile(r"^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n( *)- ", re.MULTILINE)


class EditError(Exception):
    """The file can't be changed in that way; :attr:`text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed file before it is written: what it was and what it is to be."""

    title: Text
    before: SourceFile
    after: str

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return self.after != self.before.text

    def diff(self) -> str:
        """The change as a unified diff, for people to read."""
        lines = difflib.unified_diff(
            self.before.text.splitlines(),
            self.after.splitlines(),
            self.before.path,
            self.before.path,
            lineterm="",
        )
        return "\n".join(lines)


def file_to_edit(project: Project, key: str, files: tuple[SourceFile, ...]) -> SourceFile:
    """The file in which the network ``key`` is defined, or else is to be.

    That is the only one that has it, and the first one where none has. Raises :class:`EditError` where
    several have it: each adds to the others, so that a change of one would not be what is shown.
    """
    if not files:
        raise EditError(N_(CONTEXT, "No Compose file is open."))
    having = [file for file in files if _defines(file, key)]
    if len(having) > 1:
        raise EditError(
            N_(
                CONTEXT,
                "The network {key} is defined in several files that are merged: {files}. Change them "
                "manually.",
                key=key,
                files=", ".join(file.path for file in having),
            )
        )
    network = project.network(key)
    if not having and network is not None and not network.implicit:
        raise EditError(
            N_(
                CONTEXT,
                "The network {key} comes from an included file. Open that file to change it.",
                key=key,
            )
        )
    return having[0] if having else files[0]


def _defines(file: SourceFile, key: str) -> bool:
    try:
        networks = read_tree(file.path, file.text).get("networks")
    except ComposeError as error:
        raise EditError(error.text) from error
    return isinstance(networks, YamlMapping) and key in networks.entries


def use_existing(file: SourceFile, key: str, name: str) -> Edit:
    """Let the network ``key`` be the engine's existing network ``name`` (seed, "Docker Compose").

    The seed's form, with the name below ``external``, is the old one; Compose takes the name beside it
    since file format 3.5. What would make a network goes: it has no effect any more.
    """

    def change(entry: Any) -> None:
        for other in [one for one in entry if not str(one).startswith("x-")]:
            if other not in {"name", "external"}:
                del entry[other]
        entry["name"] = _escaped(name)
        entry["external"] = True

    title = N_(CONTEXT, "Use the existing network {name} for {key}", name=name, key=key)
    return _edited(file, key, title, change, {"name": _escaped(name), "external": "true"})


def custom_nat(file: SourceFile, key: str, subnet: str, gateway: str = "") -> Edit:
    """Let Compose make the network ``key`` as a NAT network of that subnet (seed, "Docker Compose").

    ``subnet`` is a part of the host's internal NAT prefix where it has but one.
    """

    def change(entry: Any) -> None:
        was_external = entry.pop("external", None) not in {None, False}
        if was_external:
            # The name was that of a network that others keep.
            entry.pop("name", None)
        entry["driver"] = "nat"
        ipam = entry.get("ipam")
        if not isinstance(ipam, dict):
            ipam = entry["ipam"] = {}
        ipam.setdefault("driver", "default")
        ipam["config"] = [{"subnet": subnet, **({"gateway": gateway} if gateway else {})}]

    title = N_(CONTEXT, "Make {key} a NAT network with the subnet {subnet}", key=key, subnet=subnet)
    # "external" that comes from another part of the file (<<) can't be taken out here.
    return _edited(file, key, title, change, {"driver": "nat", "external": ""})


def _edited(
    file: SourceFile, key: str, title: Text, change: Callable[[Any], None], wanted: dict[str, str]
) -> Edit:
    try:
        before = read_tree(file.path, file.text)
    except ComposeError as error:
        raise EditError(error.text) from error
    text = file.text.replace("\r\n", "\n")
    if before.entries:
        plain = _round_trip(text, lambda _document: None)
        changed = _round_trip(text, lambda document: change(_entry(document, key)))
        after = _carried_over(text, plain, changed)
    else:
        # Nothing but comments, which no document holds.
        begun = text if text.endswith("\n") or not text else f"{text}\n"
        after = begun + _round_trip("{}", lambda document: change(_entry(document, key)))
    if "\r\n" in file.text:
        after = after.replace("\n", "\r\n")
    _check(before, SourceFile(file.path, after), key, wanted)
    return Edit(title, file, after)


def _round_trip(text: str, change: Callable[[Any], None]) -> str:
    from ruamel.yaml.error import YAMLError

    yaml = _yaml(text)
    try:
        document = yaml.load(text)
        if text == "{}":
            document.fa.set_block_style()
        change(document)
        out = io.StringIO()
        yaml.dump(document, out)
    except (YAMLError, RecursionError, TypeError, ValueError) as error:
        raise EditError(_unchangeable(error)) from error
    return out.getvalue()


def _yaml(text: str) -> YAML:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1_000_000  # no line is broken
    offset = 2 if _dashes_are_indented(text) else 0
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _dashes_are_indented(text: str) -> bool:
    """Whether most lists of the file stand further in than the name they belong to; yes if it has none."""
    found = [len(dash) > len(name) for name, dash in _LIST.findall(text)]
    return 2 * sum(found) >= len(found)


def _entry(document: Any, key: str) -> Any:
    """The mapping of one network, made where it is not there."""
    networks = document.get("networks")
    if networks is None:
        networks = document["networks"] = {}
    if not isinstance(networks, dict):
        raise EditError(N_(CONTEXT, "networks must be a mapping of names to values."))
    entry = networks.get(key)
    if entry is None:
        networks[key] = {}
        entry = networks[key]
    if not isinstance(entry, dict):
        raise EditError(N_(CONTEXT, "networks.{key} must be a mapping of names to values.", key=key))
    return entry


def _carried_over(original: str, plain: str, changed: str) -> str:
    """``original`` with what differs between ``plain`` and ``changed``, two texts of one writer."""
    lines, written = original.splitlines(), plain.splitlines()
    origin = _origins(lines, written)
    out: list[str] = []
    at = 0
    new = changed.splitlines()
    for tag, first, last, start, stop in difflib.SequenceMatcher(
        None, written, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        begin, end = origin[first], origin[last]
        out += lines[at:begin]
        out += new[start:stop]
        at = max(end, begin)
    out += lines[at:]
    return "\n".join(out) + "\n"


def _origins(lines: list[str], written: list[str]) -> list[int]:
    """For each boundary between written lines the boundary between the original's lines."""
    origin = [0] * (len(written) + 1)
    for tag, first, last, start, stop in difflib.SequenceMatcher(
        None, lines, written, autojunk=False
    ).get_opcodes():
        for offset in range(stop - start):
            # In a part that was written otherwise every boundary inside is that at its beginning.
            origin[start + offset] = first + (offset if tag == "equal" else 0)
        origin[stop] = last
    return origin


def _check(before: YamlMapping, after: SourceFile, key: str, wanted: dict[str, str]) -> None:
    """Read what would be written: the network must say what is ``wanted`` ("": it must not say that), and
    all else what it said.

    Raises :class:`EditError`: nothing is written then.
    """
    try:
        tree = read_tree(after.path, after.text)
    except ComposeError as error:
        raise EditError(_unchangeable(error)) from error
    networks = tree.get("networks")
    entry = networks.get(key) if isinstance(networks, YamlMapping) else None
    told = {
        name: value.text if isinstance(value := entry.get(name), YamlScalar) else ""
        for name in wanted
        if isinstance(entry, YamlMapping)
    }
    if told != wanted or _without(before, key) != _without(tree, key):
        raise EditError(
            N_(
                CONTEXT,
                "The file is written in a way that the console can't change safely. Change it manually.",
            )
        )


def _without(tree: YamlMapping, key: str) -> object:
    """What a file says beside one network, without its places."""
    plain = _plain(tree)
    if isinstance(plain, dict):
        networks = plain.get("networks")
        if isinstance(networks, dict):
            plain["networks"] = {name: value for name, value in networks.items() if name != key} or None
        if plain.get("networks") is None:
            plain.pop("networks", None)
    return plain


def _plain(node: YamlNode) -> object:
    match node:
        case YamlMapping():
            return {name: _plain(value) for name, value in node.entries.items()}
        case YamlScalar():
            return (node.text, node.null, node.mark)
        case _:
            return [_plain(item) for item in node.items]


def _escaped(name: str) -> str:
    return name.replace("$", "$$")


def _unchangeable(error: Exception) -> Text:
    reason = " ".join(str(error).split()) or type(error).__name__
    return N_(CONTEXT, "The file can't be changed: {reason}", reason=reason)
