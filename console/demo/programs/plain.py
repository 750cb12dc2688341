"""Programs that have nothing to do with the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.programs.outcome import Outcome, said

if TYPE_CHECKING:
    from console.demo.host import PracticeHost
    from console.demo.state import ContainerState


def echo(_host: PracticeHost, _container: ContainerState, words: list[str]) -> Outcome:
    """Print the words."""
    return said(" ".join(words) + "\r\n")


def hostname(_host: PracticeHost, container: ContainerState, _words: list[str]) -> Outcome:
    """The container's host name."""
    return said(container.hostname + "\r\n")


def whoami(_host: PracticeHost, container: ContainerState, _words: list[str]) -> Outcome:
    """The user a container's processes run as."""
    return said((container.config.get("User") or r"user manager\containeradministrator").lower() + "\r\n")


def version(host: PracticeHost, _container: ContainerState, _words: list[str]) -> Outcome:
    """``ver``."""
    return said(f"\r\nMicrosoft Windows [Version 10.0.{host.build.build}.{host.build.revision}]\r\n")


def environment(_host: PracticeHost, container: ContainerState, _words: list[str]) -> Outcome:
    """``set``."""
    given = list(container.config.get("Env") or [])
    own = [f"COMPUTERNAME={container.hostname.upper()[:15]}", "OS=Windows_NT"]
    return said("".join(f"{line}\r\n" for line in sorted([*given, *own])))


def leave(_host: PracticeHost, _container: ContainerState, words: list[str]) -> Outcome:
    """``exit [code]``."""
    numbers = [word for word in words if word.isascii() and word.lstrip("-").isdigit()]
    return Outcome(exit_code=int(numbers[0]) if numbers else 0, leaves=True)


def last(_host: PracticeHost, _container: ContainerState, _words: list[str]) -> Outcome:
    """A program that runs until it is stopped."""
    return Outcome(lasting=True)
