"""Whether an overlay network was made to be encrypted, which Windows does not do (reference, 1.2 and 3.4)."""

from __future__ import annotations

from console.domain.snapshot import Network


def is_encrypted(network: Network) -> bool:
    """Whether a network asks for encryption; the engine takes the bare option for true."""
    value = network.options.get("encrypted")
    return value is not None and value.casefold() not in {"false", "0", "f"}
