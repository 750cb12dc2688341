"""Reading a typed or pasted ``docker network create`` command."""

from __future__ import annotations

import re
from collections.abc import Sequence

from console.domain.drivers.options import WINDOWS_PREFIX
from console.domain.render.errors import CommandError
from console.domain.render.flags import Flags, read_flags
from console.domain.render.pools import pools
from console.domain.render.shell import Shell, split
from console.domain.spec import NetworkSpec
from console.domain.text import N_

CONTEXT = "docker command"

# What documentation prints before a command: "C:\>", "PS C:\>", "$", "#".
_PROMPT = re.compile(r"\s*(?:(?:PS\s*)?(?:[A-Za-z]:|\\\\)[^>\n\"'|&]*>|PS>|[$#](?=\s))\s*")
_DOCKER = re.compile(r"(?:.*[\\/])?docker(?:\.exe)?", re.IGNORECASE)
_OPTION_FLAG = re.compile(r"(?:--opt|-o)")


def parse_create(text: str, shell: Shell) -> NetworkSpec:
    """The spec that a ``docker network create`` command asks for.

    A prompt before the command, ``docker.exe``, and commands over several lines are understood, and
    so is the documentation's way of naming several adapters (``interface="Ethernet 2", "Ethernet
    3"``), which the client itself would refuse. A command without ``-d`` asks for ``bridge``, as the
    client sends it (reference, 0.2).

    Raises :class:`CommandError` for what the client, or the shell, would not accept.
    """
    prompt = _PROMPT.match(text)
    words = split(text[prompt.end() :] if prompt else text, shell)
    return spec_of_words(_after_command(words))


def spec_of_words(words: Sequence[str]) -> NetworkSpec:
    """The same for the words that follow ``docker network create``."""
    flags = _flags(words)
    maps, booleans, texts = flags.maps, flags.booleans, flags.texts
    return NetworkSpec(
        name=flags.operands[0],
        driver=texts.get("--driver", "bridge"),
        subnets=pools(
            flags.lists.get("--subnet", []),
            flags.lists.get("--ip-range", []),
            flags.lists.get("--gateway", []),
            maps.get("--aux-address", {}),
        ),
        options=maps.get("--opt", {}),
        labels=maps.get("--label", {}),
        scope=texts.get("--scope", ""),
        internal=booleans.get("--internal", False),
        attachable=booleans.get("--attachable", False),
        ingress=booleans.get("--ingress", False),
        enable_ipv4=booleans.get("--ipv4", True),
        enable_ipv6=booleans.get("--ipv6", False),
        ipam_driver=texts.get("--ipam-driver", ""),
        ipam_options=maps.get("--ipam-opt", {}),
        config_only=booleans.get("--config-only", False),
        config_from=texts.get("--config-from", ""),
    )


def _after_command(words: Sequence[str]) -> Sequence[str]:
    if words[:1] == ["sudo"]:
        words = words[1:]
    if len(words) < 3 or not _DOCKER.fullmatch(words[0]) or tuple(words[1:3]) != ("network", "create"):
        raise CommandError(N_(CONTEXT, "Begin the command with: docker network create"))
    return words[3:]


def _flags(words: Sequence[str]) -> Flags:
    flags = read_flags(words)
    if len(flags.operands) > 1:
        flags = read_flags(adapters_joined(words))
    if len(flags.operands) != 1:
        raise CommandError(
            N_(
                CONTEXT,
                "docker network create takes exactly one name; here there are {count}: {names}",
                count=len(flags.operands),
                names=", ".join(flags.operands),
            )
        )
    return flags


def adapters_joined(words: Sequence[str]) -> list[str]:
    """``interface=Ethernet 2,`` and ``Ethernet 3`` as one word, as the documentation means them.

    The source is the seed, "Bind a Network to a Specific Network Interface" and its SET example;
    Windows wants one value with a comma in it (reference, 1.1, ``interface``).
    """
    joined: list[str] = []
    for word in words:
        goes_on = bool(joined) and (joined[-1].endswith(",") or word.startswith(","))
        if goes_on and WINDOWS_PREFIX in _OPTION_FLAG.sub("", joined[-1], count=1):
            joined[-1] += word
        else:
            joined.append(word)
    return joined
