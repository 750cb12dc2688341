"""Print every figure beside its budget; the exit code is 1 where one was missed."""

from __future__ import annotations

import argparse
import importlib
import sys

from tests.bench.figures import Figure, table

BENCHES = ("startup", "observe", "big_host", "wizard", "host_map", "texts", "checks")


def main() -> int:
    """Run the benches named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=f"of: {', '.join(BENCHES)}")
    chosen = parser.parse_args().benches or BENCHES
    figures: list[Figure] = []
    for bench in chosen:
        print(f"measuring {bench.replace('_', ' ')} ...", file=sys.stderr, flush=True)
        figures.extend(importlib.import_module(f"tests.bench.{bench}").figures())
    print(table(figures))
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
