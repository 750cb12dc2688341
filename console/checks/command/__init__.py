"""Pasted docker commands and Compose files, checked for Windows."""

from console.checks.command.checking import check_paste
from console.checks.command.verdict import Trouble, Verdict

__all__ = ["Trouble", "Verdict", "check_paste"]
