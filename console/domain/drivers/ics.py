"""The driver ``ics``: Windows' own "Default Switch" (Internet Connection Sharing). Not for making."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Topology, inputs
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

DRIVER = Driver(
    name="ics",
    title=N_("Drivers", "Internet Connection Sharing"),
    summary=N_("Drivers", 'Windows\' own "Default Switch" for virtual machines, adopted by Docker.'),
    when_to_use=N_("Drivers", "Never for new networks: Windows creates and keeps the only one."),
    topology=Topology(
        same_host=N_("Drivers", "Directly, through an internal vSwitch."),
        other_host=N_("Drivers", "No."),
        external=N_("Drivers", "Through the host's address, via Internet Connection Sharing."),
    ),
    ipam=IpamMode.ICS,
    ipam_text=N_("Drivers", "The DHCP service of Internet Connection Sharing."),
    discovery=Discovery(
        local=False,
        across_hosts=False,
        text=N_("Drivers", "No discovery by Docker."),
    ),
    minimum_build=16299,
    minimum_text=N_("Drivers", "Windows 10 1709."),
    needs=(),
    inputs=inputs(),
    creatable=False,
    platform="windows",
    source="reference, 0.1, 0.9 and 2.1",
    predefined=("Default Switch",),
    vswitch=VSwitchKind.INTERNAL,
    dhcp=True,
)
