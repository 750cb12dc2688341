"""``python packaging/sign.py FILE...`` signs files with the certificate that the environment names."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from shipping.signing import main  # noqa: E402

sys.exit(main())
