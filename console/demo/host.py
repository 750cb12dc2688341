"""The practice host: its state, its rules and what can be done to the machine itself."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from console.demo import state_file
from console.demo.attachments import Attachments
from console.demo.builds import windows_build
from console.demo.churn import change
from console.demo.containers import Containers
from console.demo.engine_start import announce_switches, start_engine, stop_engine
from console.demo.events import EventLog
from console.demo.execs import Execs
from console.demo.hns import Hns
from console.demo.hns_start import start_hns
from console.demo.hns_switches import VFP_TYPES
from console.demo.identity import Identity
from console.demo.images import stored_images
from console.demo.interfaces import Interfaces
from console.demo.networks import Networks
from console.demo.scenarios.registry import scenario as scenario_of
from console.demo.services import ENGINE, Services
from console.demo.state import AdapterState, EndpointState, HnsNetworkState, HostState, SwitchState
from console.demo.swarm import Swarm
from console.demo.timestamps import rfc3339
from console.demo.windows_restart import shut_down, start_up
from console.demo.windows_setup import ListenerRecord
from console.demo.windows_state import usual_windows

Clock = Callable[[], float]
LOG = logging.getLogger(__name__)


class PracticeHost:
    """A simulated Windows container host. Every public method may be called from any thread.

    Its rooms (``hns``, ``networks``, ``containers`` …) are for the code of this package, which
    holds :attr:`lock` while it uses them.
    """

    def __init__(self, state: HostState, *, clock: Clock = time.time) -> None:
        self.lock = threading.RLock()
        self.clock = clock
        self.state = state
        self.build = windows_build(state.os_build, state.os_revision)
        self.identity = Identity(state.seed)
        self.events = EventLog(clock)
        self.hns = Hns(state, self.build, self.identity)
        self.networks = Networks(self)
        self.swarm = Swarm(self)
        self.attachments = Attachments(self)
        self.execs = Execs(self)
        self.containers = Containers(self)
        self.event_log: deque[str] = deque(maxlen=200)
        self.restart_after_start: list[str] = []
        self.services = Services(self)
        self.interfaces = Interfaces(self)
        self._engine_listeners: list[Callable[[], None]] = []
        self._kept_in: Path | None = None

    @classmethod
    def create(
        cls,
        *,
        os_build: int | None = None,
        scenario: str = "default",
        seed: int = 1,
        clock: Clock = time.time,
        parameters: dict[str, Any] | None = None,
    ) -> PracticeHost:
        """A new host as a scenario describes it, its engine started.

        ``os_build`` None: the Windows that the scenario is about. ``parameters`` go to scenarios that
        take some (``large``). ValueError for an unknown build or scenario.
        """
        chosen = scenario_of(scenario)
        identity = Identity(seed)
        revision = chosen.os_revision if os_build in {None, chosen.os_build} else None
        build = windows_build(chosen.os_build if os_build is None else os_build, revision)
        state = HostState(
            name=f"WIN-{identity.hex_id()[:11].upper()}",
            os_build=build.build,
            os_revision=revision,
            seed=seed,
            scenario=chosen.id,
            engine_id=identity.guid(upper=False),
            nat_prefix="172.16.0.0/16" if build.single_nat else "",
            adapters=[adapter.model_copy(deep=True) for adapter in chosen.adapters(build)],
            images=stored_images(build, identity, clock()),
            windows=usual_windows(build),
        )
        state.seed = identity.below(1 << 32)
        host = cls(state, clock=clock)
        with host.lock:
            if chosen.prepare:
                chosen.prepare(host)
            announce_switches(host)
            start_engine(host)
            chosen.apply(host, **(parameters or {}))
        return host

    @property
    def name(self) -> str:
        """The computer's name."""
        return self.state.name

    @property
    def engine_running(self) -> bool:
        """Whether the engine's service runs: only then does it answer."""
        return self.services.running(ENGINE)

    @property
    def admits_account(self) -> bool:
        """Whether the engine's pipe opens for the account that asks."""
        return self.state.windows.elevated or self.state.windows.may_use_engine

    def hns_network_of(self, endpoint: EndpointState) -> HnsNetworkState | None:
        """The HNS network a live endpoint is on; None without an endpoint, or without HNS' part."""
        if not endpoint.endpoint_id or endpoint.removed:
            return None
        network = self.state.networks.get(endpoint.network_id)
        return self.hns.network(network.hns_id) if network and network.hns_id else None

    def on_engine_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have ``listener`` called, without the lock, after the engine's service stopped or started.

        Gives what ends it.
        """
        self._engine_listeners.append(listener)
        return lambda: self._engine_listeners.remove(listener)

    def engine_failed(self, message: str) -> None:
        """The engine ended by itself: its service is stopped, and says why in the event log."""
        with self.lock:
            self.log(message)
            self.services.stop(self.state.windows.services[ENGINE])

    def tell_engine_change(self) -> None:
        """Call the listeners. The caller does not hold the lock: they may wait for who needs it."""
        for listener in tuple(self._engine_listeners):
            listener()

    def churn(self) -> None:
        """One second's worth of the scenario's own changes (none unless it asks for some)."""
        with self.lock:
            if self.state.churn_share and self.engine_running:
                change(self, self.state.churn_share)

    def save(self, path: Path) -> None:
        """Write the whole state to a JSON file (replacing it in one go)."""
        with self.lock:
            # A loaded host must not make the identifiers again that this one has given out.
            self.state.seed = self.identity.below(1 << 32)
            state_file.save(self.state, path)

    def keep_in(self, path: Path) -> None:
        """Have the state written to ``path`` after each change from now on, before its answer is given.

        Who changed the host has it in a journal then, which must stay true after a kill.
        """
        self._kept_in = path

    def keep(self) -> None:
        """Write down what was just changed (half a millisecond for a usual host), if it is to be kept."""
        if self._kept_in is None:
            return
        try:
            self.save(self._kept_in)
        except OSError as error:
            # The change is made, and its answer must say so; saving at the end may still work.
            LOG.warning("the practice host was not saved: %s", error)

    @classmethod
    def load(cls, path: Path, *, clock: Clock = time.time) -> PracticeHost:
        """The host of a state file. ``StateFileError`` says what is wrong with the file."""
        host = cls(_completed(state_file.load(path)), clock=clock)
        host.attachments.index()
        return host

    def restart_engine(self) -> None:
        """``Restart-Service hns; Restart-Service docker``."""
        with self.lock:
            stop_engine(self)
            start_hns(self)
            start_engine(self)
            self.services.engine_starts += 1
        self.tell_engine_change()

    def reboot(self) -> None:
        """Restart the computer. The engine is gone meanwhile, and stays away where it can't start."""
        with self.lock:
            shut_down(self)
        self.tell_engine_change()
        with self.lock:
            start_up(self)
            self.keep()
        self.tell_engine_change()

    def add_vswitch(self, name: str, adapter: str) -> SwitchState:
        """Make an external vSwitch as Hyper-V Manager does. The engine sees it after a restart."""
        with self.lock:
            return self.hns.switches.add_external(name, adapter, hns_known=False)

    def remove_vswitch(self, name: str) -> None:
        """Delete a vSwitch behind the engine's back; KeyError if there is none of that name."""
        with self.lock:
            switch = next((one for one in self.state.switches.values() if one.name == name), None)
            if switch is None:
                raise KeyError(name)
            for network in list(self.state.hns_networks.values()):
                if network.switch_id == switch.id:
                    self.hns.delete_network(network.id)
            self.hns.switches.remove(switch.id)

    def set_adapter_status(self, name: str, status: str) -> None:
        """Plug a cable in or out (``Up``, ``Disconnected``, ``Disabled``)."""
        with self.lock:
            self.adapter(name).status = status

    def adapter(self, name: str) -> AdapterState:
        """One adapter by name; KeyError if there is none."""
        for adapter in self.state.adapters:
            if adapter.name == name:
                return adapter
        raise KeyError(name)

    def log(self, message: str) -> None:
        """A line of the engine in Windows' Application event log."""
        self.event_log.append(message)

    def time_text(self, seconds: float) -> str:
        """A time as the API prints it."""
        return rfc3339(seconds)


def _completed(state: HostState) -> HostState:
    """A state file of before knows nothing of Windows' own things: it gets the usual ones."""
    if not state.windows.services:
        state.windows = usual_windows(windows_build(state.os_build))
        for network in state.hns_networks.values():
            switch = state.switches.get(network.switch_id)
            if switch is not None and network.type.lower() in VFP_TYPES:
                switch.vfp = True
    held = {one.port for one in state.windows.ports.listeners if one.protocol == "TCP"}
    for port in (one for one in state.listening if one not in held):
        state.windows.ports.listeners.append(ListenerRecord(protocol="TCP", port=port, process_id=0))
    state.listening = []
    return state
