"""Names of a host in commands that a person copies."""

from __future__ import annotations

import re

from console.domain.render.powershell import quote_text

# No line can hold them, and no name of Windows has them: what has is told as a pattern of PowerShell.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def quoted(name: str) -> str:
    """A name as PowerShell text, whatever it is made of."""
    return quote_text(_CONTROL.sub("?", name))
