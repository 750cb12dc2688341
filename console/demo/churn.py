"""Change on a host that is left to itself: what the scenario ``large`` does each second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.network_request import CreateBody

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_NEW = "churn-"


def change(host: PracticeHost, share: float) -> None:
    """Restart that share of the running containers (their addresses change), and make or remove
    as large a share of networks. The caller holds the host's lock.
    """
    running = [one for one in host.containers.all() if one.running]
    for place in host.identity.sample(min(round(len(running) * share), len(running)), len(running)):
        host.containers.restart(running[place])
    _change_networks(host, round(len(host.state.networks) * share))


def _change_networks(host: PracticeHost, count: int) -> None:
    """Networks of this module's own come and go in turn; those of the scenario stay."""
    own = [one for one in host.networks.all() if one.name.startswith(_NEW)]
    for network in own[:count]:
        host.networks.remove(network.id)
    if own:
        return
    for _ in range(count):
        body = {"Name": f"{_NEW}{host.identity.hex_id()[:8]}", "Driver": "private", "CheckDuplicate": True}
        host.networks.create(CreateBody.model_validate(body))
