"""A journal entry for as long as somebody carries it out: :class:`LiveEntry`."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from console.backend.journal import Journal
from console.domain.plan import Plan
from console.domain.snapshot import HostIdentity


class LiveEntry:
    """Abandons what was begun inside of its ``with`` block when the block is left, however it is.

    The entry may come to be after that: who begins it in a thread can be cancelled while the thread is
    still writing.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._lock = threading.Lock()
        self._entry: int | None = None
        self._left = False

    def begin(self, host: HostIdentity, plan: Plan, *, undoes: int | None = None) -> int:
        """See :meth:`Journal.begin` (blocks). To be called once."""
        entry = self._journal.begin(host, plan, undoes=undoes)
        with self._lock:
            self._entry = entry
            if self._left:
                self._journal.abandon(entry)
        return entry

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._left = True
            if self._entry is not None:
                self._journal.abandon(self._entry)
