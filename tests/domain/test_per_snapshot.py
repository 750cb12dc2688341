"""Answers about one snapshot are worked out once and never given for another."""

import gc
from weakref import ref

from console.domain.per_snapshot import KEPT, once_per_snapshot
from tests.domain.hosts import host


def test_that_the_same_snapshot_is_looked_at_once_and_an_equal_one_anew():
    asked = []

    @once_per_snapshot
    def answer(snapshot):
        asked.append(snapshot)
        return len(asked)

    one, equal = host(), host()
    assert one == equal
    assert [answer(one), answer(one), answer(equal), answer(one)] == [1, 1, 2, 1]


def test_that_old_snapshots_are_forgotten_and_not_kept_alive():
    @once_per_snapshot
    def answer(snapshot):
        return len(snapshot.networks.value)

    first = host()
    answer(first)
    gone = ref(first)
    del first
    gc.collect()
    assert gone() is None
    kept = [host() for _ in range(KEPT + 1)]
    assert [answer(one) for one in kept] == [1] * (KEPT + 1)
