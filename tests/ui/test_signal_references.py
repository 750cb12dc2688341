"""PySide6 6.12.0 on Python 3.11 drops a reference of True at each emit and aborts after some hundred."""

import sys

from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    told = Signal(bool, object)


def test_that_a_hundred_thousand_emits_cost_no_reference():
    sender = Sender()
    heard = []
    sender.told.connect(lambda flag, thing: heard.append((flag, thing)) if len(heard) < 1 else None)
    thing = object()
    sender.told.emit(True, thing)  # what the first emit makes once (caches) is no leak
    before = sys.getrefcount(True), sys.getrefcount(None), sys.getrefcount(thing)
    for _ in range(100_000):
        sender.told.emit(True, thing)
    after = sys.getrefcount(True), sys.getrefcount(None), sys.getrefcount(thing)
    # Python 3.12 and later keep True and None for ever and count nothing: then all are equal.
    assert all(abs(now - then) < 1000 for now, then in zip(after, before, strict=True)), (before, after)
    assert heard == [(True, thing)]
