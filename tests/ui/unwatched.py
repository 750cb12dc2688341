"""A practice host on which no watchdog can be armed."""

from console.backend.host_channel import ScriptHostChannel
from console.backend.powershell.faults import ErrorRecord, checked_answer, error_of
from console.backend.service import HostService
from console.demo.powershell.runner import PracticeRunner


class WithoutTaskScheduler(PracticeRunner):
    """A host that lacks the module with which a watchdog is armed."""

    async def run(self, script, parameters, *, on_progress=None):
        if script.id == "start-watchdog":
            record = ErrorRecord("This host has no Register-ScheduledTask.", id="CommandMissing")
            raise error_of(script, record, changed=False)
        return await super().run(script, parameters, on_progress=on_progress)


def unwatched_service(made, journal):
    """Another service of the practice host ``made``, which can't arm watchdogs."""
    channel = ScriptHostChannel(WithoutTaskScheduler(made.server.host, checked_answer))
    return HostService(made.service.connection, journal, channel)
