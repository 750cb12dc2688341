"""What holds for every page of every flow: keys, names, sizes, and where each field is."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QScrollArea, QSpinBox, QWidget

from console.domain.field import Field
from console.domain.problem import Problem
from console.domain.sections import fresh, unknown_facts
from console.domain.snapshot import EngineInfo, HostIdentity, Snapshot, SwarmState
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.ui.wizards.flow import LINUX_FLOWS, WINDOWS_FLOWS, StepId
from console.ui.wizards.network import NetworkWizard
from tests.person import Role, plain

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QSpinBox)


def linux_snapshot():
    engine = EngineInfo(
        version="28.0.4",
        api_version="1.48",
        os_type="linux",
        network_drivers=("bridge", "host", "ipvlan", "macvlan", "null", "overlay"),
        swarm=SwarmState(local_node_state="active", control_available=True),
    )
    return Snapshot(
        host=HostIdentity(id="linux", name="linux"),
        taken_at=datetime.now(UTC),
        engine=fresh(engine),
        networks=fresh(()),
        containers=fresh(()),
        facts=unknown_facts(N_("test", "A Linux engine has no Windows side.")),
    )


@pytest.fixture
def linux(session, tasks, qtbot, appearance):
    """The wizard on a Linux engine, which only its facts are needed of here."""
    opened = []

    def open_wizard(draft=None):
        session.snapshot = linux_snapshot()
        wizard = NetworkWizard(session, tasks, draft=draft)
        with qtbot.waitActive(wizard):
            wizard.open()
        opened.append(wizard)
        return wizard

    yield open_wizard
    for wizard in opened:
        wizard.reject()
        wizard.deleteLater()


def visible(page, kind):
    return [widget for widget in page.findChildren(kind) if widget.isVisible()]


def access_keys(wizard):
    """Every access key of the page in sight and of the buttons below it."""
    words = [(label.text(), label) for label in visible(wizard, QLabel) if label.buddy() is not None]
    words += [(button.text(), button) for button in visible(wizard, QAbstractButton) if button.isEnabled()]
    return [
        text.replace("&&", "").split("&")[1][0].lower() for text, _ in words if "&" in text.replace("&&", "")
    ]


def nameless(wizard):
    """Controls a screen reader could only call by their kind."""
    controls = [widget for kind in CONTROLS for widget in visible(wizard, kind)]
    inner = {"qt_spinbox_lineedit", "ScrollLeftButton"}
    return [
        widget
        for widget in controls
        if not widget.accessibleName()
        and not plain(getattr(widget, "text", lambda: "")())
        and widget.objectName() not in inner
        and not isinstance(widget.parent(), QComboBox)
    ]


def too_wide(page):
    """Bodies that would be cut off at the right, where there is no scroll bar."""
    return [
        (area.widget().width(), area.viewport().width())
        for area in page.findChildren(QScrollArea)
        if area.isVisible() and area.widget().width() > area.viewport().width()
    ]


def clipped(page):
    """Labels with less height than their words need at their width."""
    return [
        label.text()
        for label in visible(page, QLabel)
        if label.text() and label.wordWrap() and label.heightForWidth(label.width()) > label.height() + 1
    ]


def walks(wizard, qtbot, spec):
    """Every page on the way of ``spec``, one after another, each laid out."""
    seen = []
    while True:
        qtbot.waitUntil(lambda: wizard.currentPage().isVisible())
        step = wizard.step_id
        # Qt lays out in several turns of the event loop.
        qtbot.waitUntil(lambda: not clipped(wizard.currentPage()) and not too_wide(wizard.currentPage()))
        seen.append(step)
        yield step
        if step is StepId.REVIEW:
            return
        wizard.next()
        assert wizard.step_id is not step, [str(each.message) for each in wizard.state.violations]


def spec_of(driver):
    options = {}
    if driver in {"transparent", "l2bridge"}:
        options = {"com.docker.network.windowsshim.interface": "Ethernet 2"}
    if driver in {"macvlan", "ipvlan"}:
        options = {"parent": "eth0"}
    return NetworkSpec(name="web", driver=driver, options=options)


WINDOWS_HERE = [name for name in WINDOWS_FLOWS if name not in {"overlay", "l2tunnel"}]


@pytest.mark.parametrize("driver", WINDOWS_HERE)
def test_that_every_page_has_unique_access_keys_named_controls_and_room_at_800_by_600(driver, filler, qtbot):
    person = filler(draft=spec_of(driver))
    wizard = person.in_front
    wizard.resize(800, 600)
    for step in walks(wizard, qtbot, spec_of(driver)):
        keys = access_keys(wizard)
        assert len(keys) == len(set(keys)), (step, sorted(keys))
        assert not nameless(wizard), step
    assert wizard.height() <= 600


@pytest.mark.parametrize("driver", LINUX_FLOWS)
def test_that_the_plain_pages_of_a_linux_engine_hold_the_same(driver, linux, qtbot):
    wizard = linux(spec_of(driver))
    wizard.resize(800, 600)
    for step in walks(wizard, qtbot, spec_of(driver)):
        keys = access_keys(wizard)
        assert len(keys) == len(set(keys)), (step, sorted(keys))
        assert not nameless(wizard), step
    assert wizard.state.spec().driver == driver


def test_that_a_linux_engine_says_why_it_offers_no_windows_driver(linux):
    wizard = linux()
    titles = [card.accessibleName() for card in wizard.currentPage().findChildren(QAbstractButton)]
    assert {"Bridge", "Macvlan"} <= set(titles)
    assert "NAT" not in titles
    words = " ".join(label.text() for label in visible(wizard.currentPage(), QLabel))
    assert "The Windows drivers nat, transparent" in words


@pytest.mark.parametrize("field", list(Field))
def test_that_an_engine_refusal_of_any_field_leads_to_a_page_that_shows_it(field, filler, qtbot):
    person = filler(draft=NetworkSpec(name="web", driver="nat"))
    wizard = person.in_front
    for _ in walks(wizard, qtbot, None):
        pass
    review = wizard.currentPage()
    review.refused.emit(Problem(what=N_("t", "No."), why=N_("t", "Because."), field=field))
    cards = [item for item in person.all(Role.Border) if item.object().accessibleName() == "Problem: No."]
    assert len(cards) == 1
    assert isinstance(cards[0].object(), QWidget)
