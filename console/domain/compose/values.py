"""Values out of a Compose tree, with a problem for each that is of the wrong kind."""

from __future__ import annotations

import re
from collections.abc import Iterable

from console.domain.compose.merge import as_texts
from console.domain.compose.model import ComposePort, ComposeProblem
from console.domain.compose.tree import Place, YamlMapping, YamlNode, YamlScalar, YamlSequence
from console.domain.severity import Severity
from console.domain.text import N_, Text

CONTEXT = "Compose"

#: The words that Compose takes for truth values; it warns of all but true and false.
_WORDS = {
    **dict.fromkeys(("true", "yes", "on", "y", "t", "1"), True),
    **dict.fromkeys(("false", "no", "off", "n", "f", "0"), False),
}
_PORTS = r"\d{1,5}(?:-\d{1,5})?"
_SHORT = re.compile(
    rf"(?:(?P<host>\[[^\]]*\]|\d+(?:\.\d+){{3}}|[0-9A-Fa-f:]*::[0-9A-Fa-f:]*?):)?"
    rf"(?:(?P<published>{_PORTS})?:)?(?P<target>{_PORTS})(?:/(?P<protocol>\w+))?"
)


class Values:
    """Reads values and keeps what was wrong with them. ``subject`` is whose values they are."""

    def __init__(self) -> None:
        self.problems: list[ComposeProblem] = []
        self.subject = ""

    def refuse(self, message: Text, place: Place) -> None:
        """Keep an error of the file itself: Compose refuses it."""
        self.problems.append(ComposeProblem("invalid", Severity.ERROR, message, place, subject=self.subject))

    def mapping(self, node: YamlNode | None, name: str) -> YamlMapping | None:
        """The node as a mapping, None where it is none."""
        if node is None or isinstance(node, YamlMapping):
            return node
        self.refuse(N_(CONTEXT, "{name} must be a mapping of names to values.", name=name), node.place)
        return None

    def items(self, node: YamlNode | None, name: str) -> tuple[YamlNode, ...]:
        """The items of a list; none where it is no list."""
        if node is None:
            return ()
        if isinstance(node, YamlSequence):
            return node.items
        self.refuse(N_(CONTEXT, "{name} must be a list.", name=name), node.place)
        return ()

    def text(self, node: YamlNode | None, name: str) -> str:
        """A single value as it is spelled; "" where there is none."""
        if node is None:
            return ""
        if isinstance(node, YamlScalar):
            return node.text
        self.refuse(N_(CONTEXT, "{name} must be a single value.", name=name), node.place)
        return ""

    def texts(self, node: YamlNode | None, name: str) -> tuple[str, ...]:
        """One text or a list of texts."""
        if isinstance(node, YamlScalar):
            return (node.text,)
        return tuple(self.text(item, name) for item in self.items(node, name))

    def pairs(self, node: YamlNode | None, name: str) -> dict[str, str]:
        """Names and texts, from a mapping or from a list of ``name=value``."""
        found: dict[str, str] = {}
        for item in () if node is None else as_texts(node):
            key, _, value = self.text(item, name).partition("=")
            found[key] = value
        return found

    def flag(self, node: YamlNode | None, name: str, *, default: bool = False) -> bool:
        """A truth value."""
        if node is None:
            return default
        word = self.text(node, name).lower()
        if word not in _WORDS:
            self.refuse(N_(CONTEXT, "{name} must be true or false.", name=name), node.place)
            return default
        return _WORDS[word]

    def known_only(self, node: YamlMapping, known: frozenset[str], where: str) -> None:
        """Refuse names that Compose does not know there; ``x-`` begins one that is nobody's business."""
        for key in node.entries:
            if key not in known and not key.startswith("x-"):
                message = N_(CONTEXT, "Compose does not know {name} in {where}.", name=key, where=where)
                self.refuse(message, node.place_of(key))

    def ports(self, nodes: Iterable[YamlNode]) -> tuple[ComposePort, ...]:
        """Published ports in their short and long forms."""
        found: list[ComposePort] = []
        for node in nodes:
            found += self._long(node) if isinstance(node, YamlMapping) else self._short(node)
        return tuple(found)

    def _short(self, node: YamlNode) -> tuple[ComposePort, ...]:
        text = self.text(node, "ports")
        match = _SHORT.fullmatch(text)
        if match is None:
            self.refuse(N_(CONTEXT, "“{text}” is not a port.", text=text), node.place)
            return ()
        target, published = _span(match["target"]), _span(match["published"])
        if target is None or (match["published"] and published is None):
            self.refuse(
                N_(CONTEXT, "“{text}” is not a port: they run from 1 to 65535.", text=text), node.place
            )
            return ()
        protocol = (match["protocol"] or "tcp").lower()
        host = (match["host"] or "").strip("[]")
        return self._spread(target, published, node, protocol=protocol, host=host, mode="ingress")

    def _long(self, node: YamlMapping) -> tuple[ComposePort, ...]:
        known = frozenset({"target", "published", "host_ip", "protocol", "mode", "name", "app_protocol"})
        self.known_only(node, known, "ports")
        outside = self.text(node.get("published"), "published")
        target, published = _span(self.text(node.get("target"), "target")), _span(outside)
        if target is None or (outside and published is None):
            self.refuse(N_(CONTEXT, "A port has a target from 1 to 65535."), node.place)
            return ()
        port = ComposePort(
            target=target,
            published=published,
            protocol=(self.text(node.get("protocol"), "protocol") or "tcp").lower(),
            host_address=self.text(node.get("host_ip"), "host_ip"),
            mode=self.text(node.get("mode"), "mode") or "ingress",
            place=node.place,
        )
        return (port,)

    def _spread(
        self,
        target: tuple[int, int],
        published: tuple[int, int] | None,
        node: YamlNode,
        *,
        protocol: str,
        host: str,
        mode: str,
    ) -> tuple[ComposePort, ...]:
        """A range of targets is one port for each, with the host ports in the same order."""
        count = target[1] - target[0] + 1
        if published is not None and count > 1 and published[1] - published[0] + 1 != count:
            self.refuse(N_(CONTEXT, "The two ranges of ports are not of the same length."), node.place)
            return ()
        each = []
        for offset in range(count):
            outside = published
            if published is not None and count > 1:
                outside = (published[0] + offset, published[0] + offset)
            inside = (target[0] + offset, target[0] + offset)
            each.append(ComposePort(inside, outside, protocol, host, mode, node.place))
        return tuple(each)


def _span(text: str | None) -> tuple[int, int] | None:
    """First and last of ``80`` or ``80-90``; None for what are no ports."""
    if not text or not re.fullmatch(_PORTS, text):
        return None
    first, _, last = text.partition("-")
    span = int(first), int(last or first)
    return span if 1 <= span[0] <= span[1] <= 65535 else None
