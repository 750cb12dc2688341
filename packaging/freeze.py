"""``python packaging/freeze.py FOLDER`` packs the program of the environment that this Python is of."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from shipping.freeze import freeze  # noqa: E402
from shipping.installers import PackingError  # noqa: E402

try:
    freeze(Path(sys.argv[1]))
except PackingError as error:
    sys.exit(f"freeze.py: {error}")
