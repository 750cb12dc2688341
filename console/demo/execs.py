"""``docker exec``: more processes in running containers. They are not kept in the state file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import Field

from console.demo.consoles import Console
from console.demo.network_request import Body
from console.demo.processes import Outcome, ProcessStartError, Shell, run
from console.demo.refusal import Refusal

if TYPE_CHECKING:
    from console.demo.host import PracticeHost
    from console.demo.state import ContainerState

_NOT_FOUND = 127


class ExecBody(Body):
    """The body of exec's creation."""

    command: list[str] | None = Field(default=None, alias="Cmd")
    tty: bool | None = Field(default=False, alias="Tty")
    stdin: bool | None = Field(default=False, alias="AttachStdin")
    stdout: bool | None = Field(default=False, alias="AttachStdout")
    stderr: bool | None = Field(default=False, alias="AttachStderr")
    user: str | None = Field(default="", alias="User")


@dataclass(slots=True)
class Exec:
    """One process beside a container's main one. ``exit_code`` is None until it ended."""

    id: str
    container: ContainerState
    body: ExecBody
    running: bool = False
    exit_code: int | None = None
    console: Console = field(default_factory=Console)

    @property
    def command(self) -> str:
        """The command in one line, as events tell it."""
        return " ".join(self.body.command or [])


class Execs:
    """The execs of one engine. Callers hold the host's lock."""

    def __init__(self, host: PracticeHost) -> None:
        self._host = host
        self._execs: dict[str, Exec] = {}

    def create(self, container: ContainerState, body: ExecBody) -> Exec:
        """Prepare a process; the container must run."""
        if not container.running:
            raise Refusal(409, f"container {container.id} is not running")
        if not body.command:
            raise Refusal(400, "No exec command specified")
        made = Exec(self._host.identity.hex_id(), container, body)
        self._execs[made.id] = made
        self._host.containers.tell(container, f"exec_create: {made.command}", execID=made.id)
        return made

    def find(self, identifier: str) -> Exec:
        """An exec by its id."""
        found = self._execs.get(identifier)
        if found is None:
            raise Refusal(404, f"No such exec instance: {identifier}")
        return found

    def startable(self, identifier: str) -> Exec:
        """An exec that can be started now."""
        found = self.find(identifier)
        if found.exit_code is not None:
            raise Refusal(409, f"exec command {found.id} has already run")
        if found.running:
            raise Refusal(409, f"exec command {found.id} is already running")
        if not found.container.running:
            raise Refusal(409, f"container {found.container.id} is not running")
        return found

    def start(self, one: Exec) -> None:
        """Run it; its output goes to its console."""
        one.running = True
        self._host.containers.tell(one.container, f"exec_start: {one.command}", execID=one.id)
        words = one.body.command or []
        try:
            outcome = run(self._host, one.container, words, keeps_stdin=bool(one.body.stdin))
        except ProcessStartError as error:
            text = (
                f"container {one.container.id} encountered an error during hcs::System::CreateProcess: "
                f"{error.program}: failure in a Windows system call: The system cannot find the file "
                "specified. (0x2)\r\n"
            )
            outcome = Outcome(((1, text),), _NOT_FOUND)
        if outcome.shell:
            one.console.shell = Shell(self._host, one.container, powershell=outcome.shell == "powershell")
        self._tell(one, outcome)
        if not outcome.lasting:
            self.end(one, outcome.exit_code)

    def type_in(self, one: Exec, data: bytes) -> None:
        """Input for its process; a shell answers each line."""
        one.console.type_in(data)
        while one.console.shell and (line := one.console.next_line()) is not None:
            outcome = one.console.shell.line(line)
            self._tell(one, outcome)
            if outcome.leaves:
                self.end(one, outcome.exit_code)
                return
            one.console.write(1, one.console.shell.prompt.encode())

    def end_input(self, one: Exec) -> None:
        """Its input ended; a shell ends with it."""
        if one.running and one.console.shell:
            self.end(one, 0)

    def end(self, one: Exec, exit_code: int) -> None:
        """Its process is gone."""
        if not one.running:
            return
        one.running = False
        one.exit_code = exit_code
        self._host.containers.tell(one.container, "exec_die", execID=one.id, exitCode=str(exit_code))
        one.console.close()

    def end_all(self, container: ContainerState, exit_code: int) -> None:
        """The container stopped, and all its processes with it."""
        for one in list(self._execs.values()):
            if one.container is container:
                self.end(one, exit_code)

    @staticmethod
    def _tell(one: Exec, outcome: Outcome) -> None:
        for stream, text in outcome.output:
            one.console.write(stream, text.encode())
