"""The standard streams of running processes, who is attached to them, and shells that read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from console.demo.processes import Shell

Write = Callable[[int, bytes], None]
Close = Callable[[], None]


@dataclass(slots=True)
class Console:
    """One process' streams. Attached listeners are told on the thread where output happens.

    ``shell`` is what reads its input, None where the process reads none. Clients may send input,
    and its end, before the process starts.
    """

    shell: Shell | None = None
    input_ended: bool = False
    _pending: str = ""
    _attached: list[tuple[Write, Close]] = field(default_factory=list)

    def attach(self, write: Write, close: Close) -> Callable[[], None]:
        """Be given output (stream number, bytes) until the process ends; gives the way out."""
        entry = (write, close)
        self._attached.append(entry)

        def detach() -> None:
            if entry in self._attached:
                self._attached.remove(entry)

        return detach

    def write(self, stream: int, data: bytes) -> None:
        """Output of the process."""
        for write, _ in tuple(self._attached):
            write(stream, data)

    def close(self) -> None:
        """The process ended."""
        self.shell = None
        self.input_ended = False
        self._pending = ""
        attached, self._attached = tuple(self._attached), []
        for _, close in attached:
            close()

    def type_in(self, data: bytes) -> None:
        """Input; it waits until something reads it."""
        text = self._pending + data.decode("utf-8", "replace")
        self._pending = text.replace("\r\n", "\n").replace("\r", "\n")

    def next_line(self) -> str | None:
        """The next whole line of the input, None if there is none yet."""
        line, end, rest = self._pending.partition("\n")
        if not end:
            return None
        self._pending = rest
        return line
