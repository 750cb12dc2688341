"""The driver ``null``: the predefined network ``none``, no connection at all."""

from __future__ import annotations

from console.domain.drivers.driver import Discovery, Driver, IpamMode, Topology, inputs
from console.domain.text import N_

DRIVER = Driver(
    name="null",
    title=N_("Drivers", "No network"),
    summary=N_("Drivers", "A container without any connection."),
    when_to_use=N_(
        "Drivers", 'Run the container on the network "none", which is always there; no other can be made.'
    ),
    topology=Topology(
        same_host=N_("Drivers", "No."),
        other_host=N_("Drivers", "No."),
        external=N_("Drivers", "No."),
    ),
    ipam=IpamMode.NONE,
    ipam_text=N_("Drivers", "No addresses."),
    discovery=Discovery(local=False, across_hosts=False, text=N_("Drivers", "No discovery.")),
    minimum_build=14393,
    minimum_text=N_("Drivers", "Windows Server 2016."),
    needs=(),
    inputs=inputs(),
    creatable=False,
    platform="windows",
    source="reference, 0.1 and 2.1",
    predefined=("none",),
)
