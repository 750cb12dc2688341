"""Every dialog can be used with the keyboard and a screen reader."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from console.domain.attachment import connection
from console.ui.dialogs.connect import ConnectDialog
from console.ui.dialogs.disconnect import DisconnectDialog
from console.ui.dialogs.plan_dialog import ApplyPlanDialog
from console.ui.dialogs.prune import PruneDialog
from console.ui.dialogs.remove import RemoveNetworksDialog
from tests.person import name_of


def remove(lab, tasks, desk):
    return RemoveNetworksDialog(lab.session, tasks, [lab.network("frontend")], desk)


def prune(lab, tasks, desk):
    return PruneDialog(lab.session, tasks, desk)


def connect(lab, tasks, desk):
    return ConnectDialog(lab.session, tasks, lab.network("unused"), desk)


def disconnect(lab, tasks, desk):
    return DisconnectDialog(lab.session, tasks, lab.network("frontend"), desk)


def apply(lab, tasks, desk):
    (web,) = lab.session.snapshot.containers.value
    plan = connection(lab.network("unused"), web)
    return ApplyPlanDialog(lab.session, tasks, plan, desk, deed="&Connect")


DIALOGS = [remove, prune, connect, disconnect, apply]


@pytest.fixture(params=DIALOGS, ids=lambda make: make.__name__)
def dialog(request, lab, tasks, desk):
    made = lab.ask(request.param(lab, tasks, desk))
    yield made
    made.close()


def controls(dialog):
    return [
        one
        for one in dialog.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
    ]


def test_that_every_control_has_a_name(dialog):
    nameless = [
        one for one in controls(dialog) if not name_of(QAccessible.queryAccessibleInterface(one)).strip()
    ]
    assert nameless == []


def test_that_access_keys_are_unique(dialog):
    texts = [
        one.text()
        for one in dialog.findChildren(QWidget)
        if one.isVisible() and isinstance(one, QAbstractButton | QLabel) and has_access_key(one)
    ]
    keys = [text[text.index("&") + 1].lower() for text in texts]
    assert len(keys) == len(set(keys)), texts


def has_access_key(one) -> bool:
    if isinstance(one, QLabel) and one.buddy() is None:
        return False
    return "&" in one.text().replace("&&", "")


def test_that_the_keyboard_comes_to_every_control(dialog, at_desk):
    wanted = set(controls(dialog)) - {one for one in controls(dialog) if isinstance(one, QComboBox)}
    reached = set()
    for _ in range(2 * len(wanted) + 4):
        reached.add(dialog.focusWidget())
        at_desk.press("Tab")
    missed = [name_of(QAccessible.queryAccessibleInterface(one)) for one in wanted - reached]
    assert missed == []


def test_that_it_fits_a_small_screen(dialog):
    assert dialog.minimumSizeHint().width() <= 800
    assert dialog.minimumSizeHint().height() <= 560
