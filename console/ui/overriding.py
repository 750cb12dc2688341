"""``override`` for methods of Qt's classes, without loading ``typing_extensions`` before the first paint."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import override
elif sys.version_info >= (3, 12):
    from typing import override
else:

    def override(method: object) -> object:
        """Nothing at run time: it is for the type checker."""
        return method


__all__ = ["override"]
