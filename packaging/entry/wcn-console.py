"""The packed window program."""

import sys

from console.__main__ import main

sys.exit(main())
