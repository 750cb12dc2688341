"""``--self-test`` of both commands. The test itself is loaded when it is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence


def add_self_test(parser: argparse.ArgumentParser) -> None:
    """Add ``--self-test`` to a command; it runs the test and ends the program with its exit code."""
    parser.add_argument(
        "--self-test",
        action=_SelfTest,
        nargs=argparse.REMAINDER,
        metavar="...",
        help="prove that this installation is whole, and end: 0 it is, 1 it is not (--self-test --help)",
    )


class _SelfTest(argparse.Action):
    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        _option: str | None = None,
    ) -> None:
        from console.self_test.run import main

        parser.exit(main(parser.prog, [str(word) for word in values or ()]))
