"""The engine's containers: find, create, start, stop, remove (reference, 2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING, Any

from console.demo.attachments import endpoint_settings
from console.demo.consoles import Console
from console.demo.container_request import CreateContainerBody, check_host_config
from console.demo.hns_messages import ELEMENT_NOT_FOUND, hns_text
from console.demo.images import find_image
from console.demo.names import CONTAINER_NAME, made_up_name
from console.demo.processes import Outcome, ProcessStartError, Shell, main_process
from console.demo.refusal import Refusal
from console.demo.state import ContainerState, EndpointState, LogLine, NetworkState
from console.demo.windows_state import ipv6_in_force

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

STOPPED_BY_CONTROL_C = 3221225786  # STATUS_CONTROL_C_EXIT
TERMINATED = 1067  # ERROR_PROCESS_ABORTED
_IPV6_OFF = 0x10  # of DisabledComponents: off on network cards, without which HNS makes no endpoint
_FIRST_COMPARTMENT = 2  # 1 is the host's own


class Containers:
    """The engine's own list of containers. Callers hold the host's lock."""

    def __init__(self, host: PracticeHost) -> None:
        self._host = host
        self._by_name = {one.name: one for one in host.state.containers.values()}
        self._consoles: dict[str, Console] = {}

    def all(self) -> Iterable[ContainerState]:
        """Every container, in the order of creation."""
        return self._host.state.containers.values()

    def find(self, term: str) -> ContainerState:
        """A container by id, name or beginning of its id."""
        term = term.removeprefix("/")
        found = self._host.state.containers.get(term) or self._by_name.get(term)
        if found:
            return found
        matches = [one for one in self.all() if term and one.id.startswith(term)]
        if len(matches) > 1:
            raise Refusal(400, f"Multiple IDs found with provided prefix: {term}")
        if not matches:
            raise Refusal(404, f"No such container: {term}")
        return matches[0]

    def console(self, container: ContainerState) -> Console:
        """Where a container's output goes and its input comes from."""
        return self._consoles.setdefault(container.id, Console())

    # Create

    def create(self, name: str, body: CreateContainerBody) -> ContainerState:
        """``docker create``; the container has no endpoints before its start."""
        image = find_image(self._host.state.images, body.image)
        if image is None:
            last = body.image.rsplit("/", maxsplit=1)[-1]
            raise Refusal(404, f"No such image: {body.image if ':' in last else body.image + ':latest'}")
        name = self._free_name(name)
        host_config = dict(body.host_config or {})
        isolation = check_host_config(host_config, self._host.build.default_isolation)
        mode = host_config.get("NetworkMode") or "default"
        mode = "nat" if mode in ("default", "bridge") else mode
        entrypoint = body.entrypoint_words if body.entrypoint_words is not None else image.entrypoint
        command = body.command_words or ([] if body.entrypoint_words else image.command)
        container_id = self._host.identity.hex_id()
        config = body.config()
        if image.exposed:
            config["ExposedPorts"] = {port: {} for port in image.exposed} | (config.get("ExposedPorts") or {})
        container = ContainerState(
            id=container_id,
            name=name,
            image=body.image,
            image_id=image.id,
            created=self._host.clock(),
            command=[*entrypoint, *command],
            config=config,
            host_config=host_config,
            network_mode=mode,
            isolation=isolation,
            hostname=body.hostname or container_id[:12],
            endpoints=self._wanted_endpoints(mode, body),
        )
        self.add(container)
        self._tell(container, "create")
        return container

    def add(self, container: ContainerState) -> None:
        """Put a made container on the list, without an event."""
        self._host.state.containers[container.id] = container
        self._by_name[container.name] = container

    def _free_name(self, name: str) -> str:
        if not name:
            return made_up_name(self._host.identity, self._by_name)
        if not CONTAINER_NAME.fullmatch(name):
            raise Refusal(400, f"Invalid container name ({name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed")
        name = name.removeprefix("/")
        if name in self._by_name:
            raise Refusal(
                409,
                f'Conflict. The container name "/{name}" is already in use by container '
                f'"{self._by_name[name].id}". You have to remove (or rename) that container to be able to '
                "reuse that name.",
            )
        return name

    def _wanted_endpoints(self, mode: str, body: CreateContainerBody) -> dict[str, EndpointState]:
        if mode.startswith("container:"):
            return {}
        given = dict(body.endpoints)
        for default in ("default", "bridge"):
            if default in given:
                given["nat"] = given.pop(default)
        wanted = {mode: endpoint_settings(given.pop(mode, None), mac_address=body.mac_address or "")}
        return wanted | {name: endpoint_settings(settings) for name, settings in given.items()}

    # Start and exit

    def start(self, container: ContainerState) -> bool:
        """``docker start``; False if it runs already."""
        if container.running:
            return False
        self._check_shared_network(container)
        joined: list[NetworkState] = []
        before = container.state
        try:
            self._check_compute_service(container)
            for key in list(container.endpoints):
                self._host.attachments.join(container, key)
            container.state = "running"  # its program finds the network as a running container's does
            outcome = main_process(self._host, container)
        except (Refusal, ProcessStartError) as error:
            container.state = before
            joined = [one for one in self._host.networks.all() if container.id in one.members]
            for network in joined:
                self._host.attachments.detach(container, network)
            raise self._start_refusal(container, error) from error
        container.error = ""
        container.started = self._host.clock()
        container.sandbox_id = self._host.identity.hex_id()
        self.enter_compartment(container)
        container.changed()
        self._tell(container, "start")
        self._began(container, outcome)
        return True

    def _check_compute_service(self, container: ContainerState) -> None:
        if not self._host.build.runs_containers:
            raise self._windows_refusal(container, "Catastrophic failure (0x8000ffff)")
        if ipv6_in_force(self._host.state.windows) & _IPV6_OFF:
            raise self._windows_refusal(container, hns_text(ELEMENT_NOT_FOUND, self._host.state.language))
        if not self._host.services.running("vmcompute"):
            raise Refusal(
                500,
                f"container {container.id} encountered an error during hcs::System::Create: failure in a "
                "Windows system call: The RPC server is unavailable. (0x6ba)",
            )

    def _windows_refusal(self, container: ContainerState, words: str) -> Refusal:
        return Refusal(
            500,
            f"container {container.id} encountered an error during CreateContainer: failure in a Windows "
            f"system call: {words}",
        )

    def network_owner(self, container: ContainerState) -> ContainerState | None:
        """The container whose network this one shares (``container:…``); None for one that is gone."""
        mode, _, term = container.network_mode.partition(":")
        if mode != "container":
            return None
        return self._host.state.containers.get(term) or self._by_name.get(term)

    def enter_compartment(self, container: ContainerState) -> None:
        """The lowest free compartment of the host, or that of the container whose network it shares.

        A container in a virtual machine has its compartments there, not on the host.
        """
        if container.isolation == "hyperv":
            return
        owner = self.network_owner(container)
        if owner is not None:
            container.compartment = owner.compartment
            return
        taken = {one.compartment for one in self.all()}
        container.compartment = next(number for number in count(_FIRST_COMPARTMENT) if number not in taken)

    def _check_shared_network(self, container: ContainerState) -> None:
        if not container.network_mode.startswith("container:"):
            return
        other = self.find(container.network_mode.partition(":")[2])
        if other.id == container.id:
            raise Refusal(409, "cannot join own network namespace")
        if not other.running:
            raise Refusal(409, f"cannot join network namespace of a non running container: {other.id}")

    def _start_refusal(self, container: ContainerState, error: Refusal | ProcessStartError) -> Refusal:
        if isinstance(error, Refusal):
            container.error, container.exit_code = error.message, 128
            refusal = error
        else:
            container.exit_code = 127
            container.error = (
                f"container {container.id} encountered an error during hcs::System::CreateProcess: "
                f"{error.program}: failure in a Windows system call: The system cannot find the file "
                "specified. (0x2)"
            )
            refusal = Refusal(400, container.error)
        container.changed()
        return refusal

    def _began(self, container: ContainerState, outcome: Outcome) -> None:
        console = self.console(container)
        console.shell = None
        if outcome.shell:
            console.shell = Shell(self._host, container, powershell=outcome.shell == "powershell")
        for stream, text in outcome.output:
            self.write(container, stream, text)
        if not outcome.lasting:
            self.exited(container, outcome.exit_code)
            return
        self._read_input(container)

    def write(self, container: ContainerState, stream: int, text: str) -> None:
        """Output of a container's main process: to its log and to whoever is attached."""
        number: Any = stream
        container.log.append(LogLine(stream=number, text=text, time=self._host.clock()))
        del container.log[:-1000]
        self.console(container).write(stream, text.encode())

    def type_in(self, container: ContainerState, data: bytes) -> None:
        """Input for a container's main process."""
        self.console(container).type_in(data)
        self._read_input(container)

    def end_input(self, container: ContainerState) -> None:
        """The attached client's input ended; a shell that read only from it ends too."""
        if container.config.get("StdinOnce"):
            self.console(container).input_ended = True
            self._read_input(container)

    def _read_input(self, container: ContainerState) -> None:
        """A shell answers each line that is there."""
        console = self.console(container)
        while console.shell and (line := console.next_line()) is not None:
            outcome = console.shell.line(line)
            for stream, text in outcome.output:
                self.write(container, stream, text)
            if outcome.leaves:
                self.exited(container, outcome.exit_code)
                return
            self.write(container, 1, console.shell.prompt)
        if console.shell and console.input_ended:
            self.exited(container, 0)

    def exited(self, container: ContainerState, exit_code: int) -> None:
        """The main process is gone: endpoints go, those attached and waiting are told."""
        container.state = "exited"
        container.exit_code = exit_code
        container.finished = self._host.clock()
        container.compartment = 0
        container.changed()
        self._tell(container, "die", exitCode=str(exit_code))
        for network in [one for one in self._networks_of(container) if container.id in one.members]:
            self._host.attachments.detach(container, network)
        self._host.execs.end_all(container, exit_code)
        self.console(container).close()
        if container.host_config.get("AutoRemove"):
            self._drop(container)

    def _networks_of(self, container: ContainerState) -> list[NetworkState]:
        networks = self._host.state.networks
        ids = [endpoint.network_id for endpoint in container.endpoints.values()]
        return [networks[one] for one in ids if one in networks]

    def stop(self, container: ContainerState, *, signal: str = "") -> bool:
        """``docker stop``; False if it does not run."""
        if not container.running:
            return False
        self._tell(container, "kill", signal=signal or "15")
        self.exited(container, STOPPED_BY_CONTROL_C)
        if container.id in self._host.state.containers:
            self._tell(container, "stop")
        return True

    def kill(self, container: ContainerState, signal: str) -> None:
        """``docker kill``."""
        if not container.running:
            raise Refusal(
                409, f"cannot kill container: {container.id}: container {container.id} is not running"
            )
        self._tell(container, "kill", signal=signal or "9")
        self.exited(container, TERMINATED)

    def restart(self, container: ContainerState) -> None:
        """``docker restart``."""
        keep = container.host_config.get("AutoRemove")
        container.host_config["AutoRemove"] = False
        self.stop(container)
        container.host_config["AutoRemove"] = keep
        self.start(container)
        self._tell(container, "restart")

    # Remove

    def remove(self, container: ContainerState, *, force: bool) -> None:
        """``docker rm``."""
        if container.running:
            if not force:
                raise Refusal(
                    409,
                    f"cannot remove container {quoted_name(container)}: container is running: stop the "
                    "container before removing or force remove",
                )
            self._tell(container, "kill", signal="9")
            self.exited(container, TERMINATED)
        if container.id in self._host.state.containers:
            self._drop(container)

    def _drop(self, container: ContainerState) -> None:
        del self._host.state.containers[container.id]
        del self._by_name[container.name]
        self._consoles.pop(container.id, None)
        self._tell(container, "destroy")

    def rename(self, container: ContainerState, name: str) -> None:
        """``docker rename``."""
        name = self._free_name(name)
        old = container.name
        del self._by_name[old]
        container.name = name
        self._by_name[name] = container
        container.changed()
        for network in self._networks_of(container):
            network.changed()
        self._tell(container, "rename", oldName="/" + old)

    def _tell(self, container: ContainerState, action: str, **more: str) -> None:
        labels = container.config.get("Labels") or {}
        attributes = {**labels, **more, "image": container.image, "name": container.name}
        self._host.events.record("container", action, container.id, attributes)

    def tell(self, container: ContainerState, action: str, **more: str) -> None:
        """Record an event of a container (exec, attach, resize …)."""
        self._tell(container, action, **more)


def quoted_name(container: ContainerState) -> str:
    """``"/web"``, as messages of the engine name a container."""
    return f'"/{container.name}"'
