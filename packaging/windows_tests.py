"""``python packaging/windows_tests.py [pytest's words]``; ``dev.py test --windows`` calls it."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from shipping.build import WINDOWS_PYTHON  # noqa: E402
from shipping.windows_python import WindowsPython  # noqa: E402
from shipping.windows_suite import parts, run_parts  # noqa: E402
from shipping.wine import WineError  # noqa: E402


def main(words: list[str]) -> int:
    """Run the parts that are named, or all; returns the process' exit code."""
    python = WindowsPython(WINDOWS_PYTHON)
    try:
        print("Setting up a Windows Python under Wine", flush=True)
        python.set_up()
        named = tuple(word for word in words if word.startswith("tests"))
        options = [word for word in words if word not in named]
        chosen = [(name,) for name in named] or list(parts())
        return 0 if run_parts(python, chosen, options, lambda line: print(line, flush=True)) else 1
    except WineError as error:
        print(f"dev.py test --windows: {error}", file=sys.stderr)
        return 1
    finally:
        python.wine.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
