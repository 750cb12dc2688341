"""Whether endpoints can be changed while a container runs.

Windows Server 2016 can't at all (seed, "IP assignment on stopped vs. running containers"). From
Windows 10 1703 on it can, with engine 17.11 or later, but not for a container with Hyper-V isolation
(reference, 2.1).
"""

from __future__ import annotations

import re

from console.domain.removal import is_windows
from console.domain.snapshot import Container, Snapshot
from console.domain.text import N_, Text

CONTEXT = "Attachment"

HOT_ADD_BUILD = 15063
HOT_ADD_ENGINE = (17, 11)

_VERSION = re.compile(r"(\d+)\.(\d+)")


def hot_change_refused_because(container: Container, snapshot: Snapshot, isolation: str = "") -> Text | None:
    """Why no endpoint of ``container`` can be added or changed while it runs; None where it may be.

    ``isolation`` is the container's own where it is known (``process``, ``hyperv``).
    """
    engine = snapshot.engine.known()
    if not container.running or engine is None or not is_windows(snapshot):
        return None
    if engine.windows and engine.windows.build < HOT_ADD_BUILD:
        return N_(
            CONTEXT,
            "{name} is running, and this Windows can't add an endpoint to a running container "
            "(build {minimum} or later can). Stop the container first.",
            name=container.name,
            minimum=HOT_ADD_BUILD,
        )
    version = _VERSION.match(engine.version)
    if version and (int(version[1]), int(version[2])) < HOT_ADD_ENGINE:
        return N_(
            CONTEXT,
            "{name} is running, and engine {version} can't add an endpoint to a running container "
            "(17.11 or later can). Stop the container first.",
            name=container.name,
            version=engine.version,
        )
    if isolation == "hyperv":
        return N_(
            CONTEXT,
            "{name} is running with Hyper-V isolation, and Windows adds no endpoint to such a container "
            "while it runs. Stop the container first.",
            name=container.name,
        )
    return None
