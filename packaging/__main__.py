"""``python packaging [--windows] [--no-proof] [--newer]``; ``dev.py package`` sets it up and calls it."""

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from shipping import build  # noqa: E402
from shipping.installers import PackingError  # noqa: E402
from shipping.signing import SigningError  # noqa: E402
from shipping.wine import WineError  # noqa: E402


def main() -> int:
    """Build and prove; returns the process' exit code."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=build.__doc__)
    parser.add_argument(
        "--windows", action="store_true", help="the Windows packages, on Linux too (under Wine)"
    )
    parser.add_argument("--no-proof", action="store_true", help="only build")
    parser.add_argument(
        "--newer",
        action="store_true",
        help="only pack again what was built, as a newer version to upgrade to",
    )
    options, words = parser.parse_known_args()
    under_wine = options.windows and sys.platform != "win32"
    try:
        if options.newer:
            print(*(f"made {path}" for path in build.build_newer()), sep="\n", flush=True)
            return 0
        # The proof looks at the packages of this system too.
        made = [*build.build(), *(build.build_windows_on_linux() if under_wine else ())]
    except (PackingError, SigningError, WineError) as error:
        print(f"dev.py package: {error}", file=sys.stderr)
        return 1
    print(*(f"made {path}" for path in made), sep="\n", flush=True)
    if not under_wine and sys.platform != "win32":
        print("The Windows packages are built by: dev.py package --windows, or on Windows.", flush=True)
    if options.no_proof:
        return 0
    return build.prove(words, WCN_PROVE_WINDOWS="1" if under_wine or sys.platform == "win32" else "")


if __name__ == "__main__":
    sys.exit(main())
