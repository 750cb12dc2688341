"""Tab goes through a window as it is read, whatever the order its parts were made in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLayout, QScrollArea, QWidget

_ONE_STOP = (QAbstractSpinBox, QComboBox)
"""What has parts that take the keyboard, and is gone to as a whole."""


def tab_in_reading_order(window: QWidget) -> None:
    """Let Tab follow the layouts of ``window``, which are filled from the top; also to what is hidden yet."""
    for one, following in pairwise(_stops(window)):
        QWidget.setTabOrder(one, following)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if Qt.FocusPolicy.TabFocus in widget.focusPolicy() and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, _ONE_STOP):
        return
    if isinstance(widget, QScrollArea) and (content := widget.widget()) is not None:
        yield from _stops(content)
    elif (layout := widget.layout()) is not None:
        yield from _stops_of(layout)


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from _stops(widget)
        elif (inner := item.layout()) is not None:
            yield from _stops_of(inner)
