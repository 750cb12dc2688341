"""Another program has the port that a container asks for (reference, 4.2, 0x20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.refusal import Refusal
from console.demo.scenarios.attempts import starting
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.demo.windows_setup import ListenerRecord, ProcessRecord
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_PORT = 8080
_NGINX = ProcessRecord(id=5120, name="nginx.exe", threads=4)


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    ports = host.state.windows.ports
    ports.programs.append(_NGINX)
    ports.listeners.append(ListenerRecord(protocol="TCP", port=_PORT, process_id=_NGINX.id))
    web = run(host, "web", "iis", network="frontend", ports={"80/tcp": _PORT}, started=False)
    try:
        host.containers.start(web)
    except Refusal as refusal:
        host.log(refusal.message)
    else:
        raise RuntimeError("a container got a port that a program has")


SCENARIO = Scenario(
    id="port-in-use",
    title=N_("Scenario", "A port that is taken"),
    description=N_("Scenario", "A web server on the host has the port that a container should publish."),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "The container does not start."),
        starting("web", "because it is being used by another process. (0x20)"),
    ),
)
