"""Containers run with options that Windows does not do (seed, "Unsupported features …")."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from console.demo.refusal import Refusal
from console.demo.scenarios.attempts import starting
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "database", "servercore", network="frontend")
    ignored = {"Links": ["/database:/shop/db"], "DnsOptions": ["ndots:2"]}
    run(host, "shop", "nanoserver", network="frontend", host_config=ignored)
    local = {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}]}
    with suppress(Refusal):  # Windows does not support host IP addresses in NAT settings
        run(host, "web", "iis", network="frontend", host_config={"PortBindings": local})


SCENARIO = Scenario(
    id="unsupported-run-option",
    title=N_("Scenario", "Options of docker run that do nothing"),
    description=N_(
        "Scenario", "A container was run with --link and --dns-option, and another one can't start."
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "One container does not start; the other's options have no visible effect."),
        starting("web", "Windows does not support host IP addresses in NAT settings"),
    ),
)
