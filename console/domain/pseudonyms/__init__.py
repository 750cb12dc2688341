"""Names, addresses and labels of a host replaced by made-up ones, the same everywhere.

What hangs together still does: two addresses of one subnet are in one subnet afterwards, a vSwitch and
its host vNIC still share their name, so the checks find on the rewritten host what they find on the
real one.
"""

from console.domain.pseudonyms.private_names import PrivateNames
from console.domain.pseudonyms.records import Pseudonymiser

__all__ = ["PrivateNames", "Pseudonymiser"]
