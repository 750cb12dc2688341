"""The map as a person meets it: found by name, walked by keys, searched, narrowed, in step with tables."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.map.layout import lay_out
from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_
from tests.person import Role
from tests.ui.map.conftest import LIST, MAP


def _ref(session, name):
    return next(
        ObjectRef(ObjectKind.NETWORK, network.id)
        for network in session.snapshot.networks.value
        if network.name == name
    )


def test_that_every_node_and_every_edge_is_a_row_of_the_list(at_map, session):
    at_map.look_at("As a list")
    rows = at_map.rows(LIST)
    drawn = lay_out(session.snapshot, found=session.diagnosis.problems)
    assert len(rows) == len(drawn.nodes) + len(drawn.edges)
    assert len([row for row in rows if row["Kind"] == "Connection"]) == len(drawn.edges)
    corp = next(row for row in rows if row["Name"] == "corp")
    assert corp["Kind"] == "Network"
    assert "transparent network" in corp["Details"]
    assert {"CorpSwitch", "printer-gateway"} <= set(corp["Connected to"].split(", "))


def test_that_arrow_keys_walk_along_the_lines_from_the_adapter_to_the_container(at_map, session):
    session.selection.choose(_ref(session, "corp"))
    at_map.take_the_map()
    at_map.wait(lambda: at_map.the_map_says.startswith("Network, corp,"))
    at_map.take_the_map()
    said = []
    for key in ("Left", "Left", "Right", "Right", "Right"):
        at_map.press(key)
        said.append(at_map.the_map_says.split(", ")[1])
        at_map.take_the_map()
    assert said == ["CorpSwitch", "Ethernet 2", "CorpSwitch", "corp", "printer-gateway"]


def test_that_what_is_chosen_on_the_map_is_chosen_in_the_table_of_networks(at_map, session):
    session.selection.choose(_ref(session, "corp"))
    at_map.take_the_map()
    at_map.press("Return")
    at_map.wait(lambda: bool(at_map.all(Role.Table, "Networks")))
    at_map.wait(lambda: at_map.selected_rows("Networks") == ["corp"])


def test_that_what_is_chosen_in_the_table_of_networks_is_chosen_on_the_map(at_map, session):
    session.selection.open(_ref(session, "corp"))
    at_map.wait(lambda: bool(at_map.all(Role.Table, "Networks")))
    at_map.click_row("Networks", "frontend")
    at_map.wait(lambda: session.selection.ref == _ref(session, "frontend"))
    at_map._window.go_to("map")
    assert at_map.the_map_says.startswith("Network, frontend,")
    at_map.look_at("As a list")
    assert at_map.selected_rows(LIST) == ["frontend"]


def test_that_a_row_of_the_list_chooses_its_node(at_map):
    at_map.choose_row("printer-gateway")
    assert at_map.the_map_says.startswith("Container, printer-gateway,")


def test_that_a_search_leaves_the_rows_that_match_and_enter_goes_to_the_next(at_map):
    at_map.type("Search the map", "pod-")
    at_map.wait(lambda: "2 found" in at_map.reads("What the map shows"))
    at_map.press("Return")
    first = at_map.the_map_says.split(", ")[1]
    at_map.type("Search the map", "pod-")
    at_map.press("Return")
    second = at_map.the_map_says.split(", ")[1]
    assert {first, second} == {"pod-a", "pod-b"}
    nodes = [name for name, row in at_map.all_rows().items() if row["Kind"] == "Container"]
    assert sorted(nodes) == ["pod-a", "pod-b"]


def test_that_only_the_path_of_the_chosen_container_is_shown_until_the_whole_host_is_asked_for(at_map):
    everything = set(at_map.all_rows())
    at_map.choose_row("printer-gateway")
    at_map.press_button("Only its path")
    path = {"Ethernet 2", "CorpSwitch", "corp", "printer-gateway"}
    at_map.wait(
        lambda: {name for name, row in at_map.all_rows().items() if row["Kind"] != "Connection"} == path
    )
    at_map.press_button("Whole host")
    at_map.wait(lambda: set(at_map.all_rows()) == everything)


def test_that_one_network_can_be_chosen_to_be_shown(at_map):
    choice = at_map.find(Role.ComboBox, "What is shown").object()
    choice.setFocus()
    at_map.wait(lambda: at_map.keyboard_is_on == "What is shown")
    QTest.keyClicks(choice, "corp")
    at_map.press("Return")
    choice.activated.emit(choice.currentIndex())
    at_map.wait(lambda: "frontend" not in at_map.all_rows())
    assert "corp" in at_map.all_rows()


def test_that_a_refresh_keeps_the_chosen_node_and_the_place_one_looks_at(at_map, session, run):
    at_map.choose_row("web-2")
    at_map.take_the_map()
    at_map.press("+")
    at_map.press("+")
    view = QApplication.focusWidget()
    scale = view.transform().m11()
    node = next(look for look in view.map_scene.picture.nodes.values() if look.title == "web-2")
    before = view.mapFromScene(node.place.topLeft())
    spec = NetworkSpec(name="aaa", driver="nat", subnets=(SubnetSpec(subnet="10.77.0.0/24"),))
    step = CreateNetwork(spec=spec)
    run(session.service.apply(Plan(title=N_("Test", "Another network"), steps=(step,))))
    at_map.wait(lambda: "aaa" in {look.title for look in view.map_scene.picture.nodes.values()})
    node = next(look for look in view.map_scene.picture.nodes.values() if look.title == "web-2")
    after = view.mapFromScene(node.place.topLeft())
    assert (after - before).manhattanLength() <= 3
    assert view.transform().m11() == scale
    assert at_map.the_map_says.startswith("Container, web-2,")
    made = next(one for one in session.snapshot.networks.value if one.name == "aaa")
    removal = RemoveNetwork(network=made.id, name="aaa", spec=spec)
    run(session.service.apply(Plan(title=N_("Test", "Without it"), steps=(removal,))))
    at_map.wait(lambda: "aaa" not in {look.title for look in view.map_scene.picture.nodes.values()})
    assert at_map.the_map_says.startswith("Container, web-2,")


def test_that_ctrl_and_the_wheel_zoom_around_the_mouse(at_map):
    at_map.take_the_map()
    view = QApplication.focusWidget()
    at = QPointF(300, 200)
    spot, scale = view.mapToScene(at.toPoint()), view.transform().m11()
    viewport = view.viewport()
    for _ in range(3):
        event = QWheelEvent(
            at, QPointF(viewport.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
    assert view.transform().m11() == pytest.approx(scale * 1.2**3)
    moved = view.mapToScene(at.toPoint()) - spot
    assert moved.manhattanLength() * view.transform().m11() < 4


def test_that_less_is_painted_of_each_node_from_afar(at_map):
    at_map.take_the_map()
    view = QApplication.focusWidget()
    pictures = {}
    for _ in range(12):
        at_map.press("-")
        pictures[view.map_scene.level] = view.grab().toImage()
    assert len(pictures) == 3  # blocks, titles, everything
    assert len({picture.bits().tobytes() for picture in pictures.values()}) == 3


def test_that_escape_lets_the_keyboard_leave_the_map_by_tab(at_map):
    at_map.take_the_map()
    at_map.press("Down")
    at_map.press("Tab")
    assert at_map.keyboard_is_on == MAP
    at_map.press("Esc")
    at_map.press("Tab")
    assert at_map.keyboard_is_on != MAP


def _open_menu(reader, session, network):
    session.selection.choose(_ref(session, network))
    reader.take_the_map()
    view = QApplication.focusWidget()
    look = view.map_scene.picture.look_for(session.selection.ref)
    at = view.mapFromScene(look.place.center())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    reader.wait(lambda: QApplication.activePopupWidget() is not None)
    return reader.entries()


def test_that_the_menu_of_a_network_offers_what_can_be_done_with_it_and_why_not(at_map, session):
    entries = _open_menu(at_map, session, "corp")
    assert entries["Open on its page"]
    assert entries["Connect…"]
    assert not entries["Whole host"]
    at_map.choose_entry("Connect…")
    at_map.waits_for(Role.Button, "Cancel")
    at_map.press_button("Cancel")


def test_that_a_container_is_disconnected_from_a_network_on_the_map(at_map, session):
    assert _open_menu(at_map, session, "corp")["Disconnect…"]
    at_map.choose_entry("Disconnect…")
    at_map.wait(lambda: at_map.sees("Which containers should be disconnected from “corp”?"))
    at_map.press_button("Cancel")


def test_that_the_menu_of_a_network_changes_nothing_on_a_read_only_host(at_map, session):
    session.set_read_only(session.service, read_only=True)
    entries = _open_menu(at_map, session, "corp")
    assert not any(entries[deed] for deed in ("Connect…", "Disconnect…", "Remove…"))
    at_map.press("Esc")
    at_map.wait(lambda: QApplication.activePopupWidget() is None)


def test_that_a_host_of_another_kind_is_drawn_afresh(at_map, practice, session, run):
    opened = practice(scenario="empty")
    run(session.open(opened.service))
    at_map.wait(lambda: session.connected)
    at_map.wait(lambda: "corp" not in at_map.all_rows() and "nat" in at_map.all_rows())


def test_that_what_belongs_to_the_picture_is_there_with_the_picture_only(at_map):
    assert at_map.can(Role.Button, "Zoom in")
    assert at_map.all(Role.Client, "Legend")
    for tab in ("As a list", "Addresses"):
        at_map.look_at(tab)
        at_map.wait(lambda: not at_map.can(Role.Button, "Zoom in"))
        assert not at_map.all(Role.Client, "Legend")
        assert bool(at_map.all(Role.StaticText, "What the map shows")) == (tab == "As a list")
    at_map.look_at("Picture")
    at_map.wait(lambda: at_map.can(Role.Button, "Fit"))


def test_that_a_narrow_legend_takes_more_lines_instead_of_leaving_signs_away(at_map):
    legend = at_map.find(Role.Client, "Legend").object()
    assert legend.heightForWidth(380) > legend.heightForWidth(2000)


def test_that_a_chosen_node_stays_in_sight_when_the_picture_has_less_room(open_map):
    reader = open_map("crowded", (800, 600))
    reader.choose_row("printer-gateway")
    reader.look_at("Picture")
    view = reader.find(Role.Client, MAP).object()
    reader.in_front.resize(800, 560)
    reader.wait(lambda: view.viewport().rect().contains(_spot(view, view.map_scene.current)))


def _spot(view, ref):
    return view.mapFromScene(view.map_scene.picture.nodes[ref].place.center())
