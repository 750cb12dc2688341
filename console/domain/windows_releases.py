"""The Windows releases by their build number (reference, 2.6; from hcsshim's osversion)."""

from __future__ import annotations

_SERVERS = {
    14393: "Windows Server 2016",
    16299: "Windows Server 1709",
    17134: "Windows Server 1803",
    17763: "Windows Server 2019",
    18362: "Windows Server 1903",
    18363: "Windows Server 1909",
    19041: "Windows Server 2004",
    19042: "Windows Server 20H2",
    20348: "Windows Server 2022",
    25398: "Windows Server 23H2",
    26100: "Windows Server 2025",
}
_CLIENTS = {
    14393: "Windows 10 1607",
    15063: "Windows 10 1703 (Creators Update)",
    16299: "Windows 10 1709",
    17134: "Windows 10 1803",
    17763: "Windows 10 1809",
    18362: "Windows 10 1903",
    18363: "Windows 10 1909",
    19041: "Windows 10 2004",
    19042: "Windows 10 20H2",
    19043: "Windows 10 21H1",
    19044: "Windows 10 21H2",
    19045: "Windows 10 22H2",
    22000: "Windows 11 21H2",
    22621: "Windows 11 22H2",
    22631: "Windows 11 23H2",
    26100: "Windows 11 24H2",
}


def release_name(build: int, *, server: bool | None) -> str:
    """The name people use, such as "Windows Server 2022"; "" for a build not known here.

    ``server`` None (edition untold) gives the server's name where there is one: containers run on
    servers more often than not.
    """
    first, second = (_CLIENTS, _SERVERS) if server is False else (_SERVERS, _CLIENTS)
    if server is None:
        return first.get(build) or second.get(build, "")
    return first.get(build, "")
