"""What the measured programs run in."""

import os


def environment() -> dict[str, str]:
    """Offscreen, and with compiled modules as an installed program has them, whatever is set here."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}
