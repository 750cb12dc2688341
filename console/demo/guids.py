"""GUIDs of what Windows makes by itself (interfaces, ports, endpoints), the same at every look.

They follow from what they belong to, so that the state need not hold them.
"""

from __future__ import annotations

import uuid
from functools import lru_cache

_SPACE = uuid.UUID("4d0be0ac-9a5f-4b39-a1b4-5cf0f1a5a04e")


@lru_cache(maxsize=1 << 16)
def guid_for(kind: str, *owner: str) -> str:
    """The upper-case GUID of one kind of thing that ``owner`` has."""
    return str(uuid.uuid5(_SPACE, "\0".join((kind, *owner)))).upper()
