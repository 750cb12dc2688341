"""The system's credential store, whose ways in are found by name at run time. Nothing is read or kept."""

from __future__ import annotations

import sys

from console.self_test.report import Facts, PartFailedError

ON_WINDOWS = "keyring.backends.Windows"


def find_store() -> Facts:
    """Which store passwords would be kept in. Raises PartFailedError where Windows' is not found.

    Elsewhere a system may have none: then the console keeps passwords in memory, and says so.
    """
    import keyring
    from keyring.backend import get_all_keyring

    known = sorted({type(one).__module__ for one in get_all_keyring()})
    chosen = type(keyring.get_keyring()).__module__
    if sys.platform == "win32" and chosen != ON_WINDOWS:
        raise PartFailedError(
            f"the Credential Manager is not found, but {chosen}; known are {', '.join(known)}"
        )
    return {"store": chosen, "known": len(known)}
