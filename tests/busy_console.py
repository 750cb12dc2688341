"""The console itself, at work without end: plans on the practice host beside new settings; to be killed."""

import asyncio
import sys
from itertools import count, cycle

from console import program
from console.backend.service import ConnectionState
from console.backend.settings import Settings, write_settings
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork
from console.domain.spec import NetworkSpec
from console.domain.text import verbatim
from console.log_file import LEVELS
from console.paths import Profile
from console.ui.session import Session

NETWORKS = ("busy-a", "busy-b")
PLAN = Plan(
    title=verbatim("make two and remove them"),
    steps=(
        *(CreateNetwork(spec=NetworkSpec(name=name, driver="nat")) for name in NETWORKS),
        *(RemoveNetwork(network=name, name=name) for name in NETWORKS),
    ),
)


class BusySession(Session):
    """The window's session, which goes to work as soon as its host is connected."""

    profile: Profile

    def __init__(self, tasks, parent=None):
        super().__init__(tasks, parent)
        self._at_work = False
        self.statusChanged.connect(self._begin)

    def _begin(self, status):
        if status.state is ConnectionState.CONNECTED and not self._at_work:
            self._at_work = True
            self.tasks.start(self._apply(), owner=self)
            self.tasks.start(self._decide(), owner=self)

    async def _apply(self):
        for number in count():
            tell("begin", number)
            outcome = await self.service.apply(PLAN)
            tell("end", outcome.entry, outcome.completed)

    async def _decide(self):
        for level in cycle(LEVELS):
            tell("deciding", level)
            await asyncio.to_thread(write_settings, self.profile.settings, Settings(log_level=level))
            tell("decided", level)


def tell(*words):
    print(*words, flush=True)


if __name__ == "__main__":
    BusySession.profile = Profile(program.parse(sys.argv[1:]).profile)
    program.Session = BusySession
    sys.exit(program.main())
