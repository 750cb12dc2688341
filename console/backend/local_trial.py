"""Trying from this computer whether a TCP port answers, where this computer is the engine's host."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress

from console.domain.probes.connection import Tried
from console.domain.probes.origin import HostTrial, same_computer
from console.domain.probes.probe import Reach
from console.domain.snapshot import EngineInfo

#: As long as the programs that are run inside of containers wait (CONNECT_SECONDS there).
SECONDS = 3.0

PROGRAM = "connect"


def trial_from_here(engine: EngineInfo | None, *, local: bool) -> HostTrial:
    """Whether this computer is the host of ``engine``; ``local`` is whether the engine is reached on it.

    A unix socket or a port of this computer may also lead into a virtual machine (Docker Desktop) or
    through a tunnel (ssh -L): the engine then calls its host otherwise.
    """
    if not local:
        return HostTrial.ELSEWHERE
    if engine is None or not engine.host_name:
        return HostTrial.UNKNOWN
    return HostTrial.HERE if same_computer(engine.host_name, socket.gethostname()) else HostTrial.OTHER_NAME


async def try_from_here(address: str, port: int, *, seconds: float = SECONDS) -> Tried:
    """Connect to a TCP port and hang up at once. Never raises; cancelling hangs up as well."""
    try:
        async with asyncio.timeout(seconds):
            _reader, writer = await asyncio.open_connection(address, port)
    except (socket.gaierror, UnicodeError):  # the latter for labels longer than DNS has
        return Tried(PROGRAM, Reach.UNKNOWN_NAME)
    except ConnectionRefusedError:
        return Tried(PROGRAM, Reach.REFUSED, address)
    except OSError:  # a TimeoutError too; "no route" and "unreachable" are answers of this computer alone
        return Tried(PROGRAM, Reach.NO_ANSWER, address)
    reached = writer.get_extra_info("peername")
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return Tried(PROGRAM, Reach.CONNECTED, str(reached[0]) if reached else address)
