"""Where the rules are from, as people can find it."""

from __future__ import annotations

from typing import Final

SEED: Final = "Microsoft, Windows Container Networking"
TOPOLOGY: Final = "Microsoft, Windows container network drivers"
SECURITY: Final = "Microsoft, Network isolation and security"
OPTIONS: Final = "Microsoft, Advanced network options in Windows"
LIBNETWORK: Final = "Moby, libnetwork's drivers for Windows"
SWARM: Final = "Moby issue 39191; Microsoft, Swarm mode on Windows"
HNS: Final = "HNS of real hosts of each release"
LOOPBACK: Final = "docker/for-win issues 204, 458 and 1178"
SPOOFING: Final = f"{SEED}, “To use DHCP … enable MACAddressSpoofing”"
VLAN: Final = f"{SEED}, “Set the VLAN ID for a Network”"
VFP: Final = f"{SEED}, “VFP”"
FIREWALL: Final = f"{SEED}, “Windows Firewall Security”"
DISCOVERY: Final = f"{SEED}, “Service Discovery”"
STOPPED: Final = f"{SEED}, “IP assignment on stopped vs. running containers”"
