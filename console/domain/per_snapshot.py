"""What is worked out once for a snapshot, however often it is asked: :func:`once_per_snapshot`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

from console.domain.snapshot import Snapshot

T = TypeVar("T")

KEPT = 2
"""Whoever asks, asks many times about one snapshot, and a newer one may come in between."""


def once_per_snapshot(work: Callable[[Snapshot], T]) -> Callable[[Snapshot], T]:
    """``work`` with its last answers kept, each for the very snapshot that it is about.

    Snapshots are frozen, and are told apart by identity: comparing thousands of records would cost
    more than most answers. Safe to call from several threads; at worst the work is done twice.
    """
    answers: deque[tuple[ref[Snapshot], T]] = deque(maxlen=KEPT)

    @wraps(work)
    def remembered(snapshot: Snapshot) -> T:
        for seen, answer in tuple(answers):
            if seen() is snapshot:
                return answer
        answer = work(snapshot)
        answers.append((ref(snapshot), answer))
        return answer

    return remembered
