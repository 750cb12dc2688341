"""What the measured programs run in."""

import os

from console.offscreen import draw_offscreen


def environment() -> dict[str, str]:
    """Offscreen, and with compiled modules as an installed program has them, whatever is set here."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    made = {**kept, "QT_QPA_PLATFORM": "offscreen"}
    draw_offscreen(made)
    return made
