"""What HNS does when its service starts: it reads the host again and puts its own things in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.engine_start import announce_switches
from console.demo.hns import HEALTHY

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_USUAL_THREADS = 31


def start_hns(host: PracticeHost) -> None:
    """List vSwitches that Hyper-V made, give gateways back to their vNICs, and look at adapters again.

    A new process has few threads; its crashes stay in the event log.
    """
    for network in host.state.hns_networks.values():
        network.host_vnic_lost = False
        network.last_error_code = 0
        network.state = HEALTHY
        network.management_ip = ""
    host.state.windows.setup.hns_threads = _USUAL_THREADS
    announce_switches(host)
