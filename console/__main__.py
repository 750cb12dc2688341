"""``wcn-console``: the window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; returns the process' exit code.

    What is loaded before the first paint stays, and looking for garbage in it again and again was a
    twelfth of the start. :class:`console.ui.collection.IdleCollection` turns the collector on.
    """
    gc.disable()
    from console.program import main as run

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
