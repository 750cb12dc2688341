"""The Compose page as a person uses it, on the practice host, with files on a disk."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.person import Person, Role
from tests.ui.compose.files import SHOP, open_files, shop


@pytest.fixture
def project(tmp_path):
    return shop(tmp_path)


@pytest.fixture
def reader(at_practice_host, project):
    person = at_practice_host
    person.go_to("Compose")
    person.wait(lambda: person.sees("No Compose file is open"))
    open_files(person, project)
    person.wait(lambda: person.rows("Networks"))
    return person


def text_of(path):
    """What a file says; "" at the moment it is replaced, when Windows lets nobody open it."""
    try:
        return path.read_text("utf-8")
    except PermissionError:
        return ""


def titles(person):
    return person.names(Role.PageTab)


def chooses(person, tab):
    title = next(name for name in titles(person) if name.startswith(tab))
    person.click(Role.PageTab, title)


def test_that_a_project_is_shown_as_compose_would_understand_it(reader):
    assert reader.sees("Project shop: compose.yaml, compose.override.yaml")
    networks = {row["Network"]: row for row in reader.rows("Networks")}
    assert (networks["default"]["On the host"], networks["default"]["Driver"]) == ("would be created", "nat")
    assert networks["lan"]["On the host"] == "not used"
    chooses(reader, "Services")
    services = {row["Service"]: row for row in reader.rows("Services")}
    assert services["db"]["Networks"] == "default (172.30.5.10)"
    assert services["web"]["Ports"] == "8080:80/tcp, 127.0.0.1:8443:443/tcp"
    chooses(reader, "Variables")
    assert {row["Variable"]: row["Source"] for row in reader.rows("Variables")} == {
        "TAG": "default in the file",
        "MISSING": "not set",
    }


def test_that_the_problems_of_a_service_are_counted_by_kind_with_those_of_its_lines(reader):
    chooses(reader, "Services")
    told = {row["Service"]: row["Problems"] for row in reader.rows("Services")}
    assert told["tools"] == "1 error, 1 warning"
    assert told["web"] == "2 errors, 1 warning"
    assert told["db"] == "1 error"


def test_that_a_problem_leads_to_its_line_by_keyboard_alone(reader):
    chooses(reader, "Problems")
    problems = reader.rows("Problems")
    assert {row["Line"] for row in problems} >= {"8", "12", "17", "20", "24", "27"}
    reader.press("F6")
    reader.wait(lambda: reader.keyboard_is_on == "Search compose project")
    reader.press("F6")
    reader.press("F6")
    reader.wait(lambda: reader.keyboard_is_on == "Problems")
    reader.press("Down")
    reader.press("Up")
    reader.wait(lambda: reader.sees("Windows publishes a port on all addresses"))
    reader.press("F6")
    reader.wait(lambda: reader.keyboard_is_on == "Text of the file")
    assert reader.sees("Windows publishes a port on all addresses")


def test_that_an_existing_network_is_written_in_after_a_diff_and_taken_back(reader, project):
    reader.press_button("Use existing network")
    reader.waits_for(Role.Button, "Write to the file")
    reader.wait(lambda: reader.can(Role.Button, "Write to the file"))
    reader.press_button("Copy: Change of the file")
    diff = QGuiApplication.clipboard().text()
    assert "+  default:" in diff
    assert "+    external: true" in diff
    assert project.read_text("utf-8") == SHOP
    reader.press_button("Write to the file")
    reader.wait(lambda: text_of(project).count("external: true") == 2)
    reader.wait(lambda: "nat" in [row["Name"] for row in reader.rows("Networks")])
    row = next(row for row in reader.rows("Networks") if row["Network"] == "default")
    assert (row["On the host"], row["Name"]) == ("exists", "nat")
    assert "    links: [db]          # from the old days\n" in project.read_text("utf-8")
    reader.press_button("Undo")
    reader.wait(lambda: text_of(project) == SHOP)


def test_that_a_custom_nat_is_offered_with_a_free_subnet_and_refused_with_a_taken_one(reader, project):
    reader.press_button("Custom NAT")
    reader.waits_for(Role.EditableText, "Subnet")
    offered = reader.reads("Subnet")
    assert offered.endswith("/24")
    reader.wait(lambda: reader.can(Role.Button, "Write to the file"))
    reader.type("Subnet", "10.20.30.5/24")
    reader.wait(lambda: reader.sees("10.20.30.5/24"))
    assert not reader.can(Role.Button, "Write to the file")
    reader.type("Subnet", offered)
    reader.wait(lambda: reader.can(Role.Button, "Write to the file"))
    reader.press_button("Write to the file")
    reader.wait(lambda: f"- subnet: {offered}" in text_of(project))


def test_that_a_file_that_changed_meanwhile_is_not_overwritten(reader, project):
    reader.press_button("Use existing network")
    reader.waits_for(Role.Button, "Write to the file")
    reader.wait(lambda: reader.can(Role.Button, "Write to the file"))
    project.write_text(SHOP + "# theirs\n", encoding="utf-8")
    reader.press_button("Write to the file")
    reader.wait(lambda: reader.sees("was changed by someone else since it was read"))
    assert project.read_text("utf-8") == SHOP + "# theirs\n"
    reader.press_button("Cancel")


def test_that_a_file_that_somebody_changed_is_read_again(reader, project):
    project.write_text("services: {only: {image: x}}\n", encoding="utf-8")
    reader.wait(lambda: [row["Network"] for row in reader.rows("Networks")] == ["default"])


def test_that_the_networks_are_made_with_composes_labels(reader, session):
    reader.wait(lambda: reader.can(Role.Button, "Create networks"))
    # The network front has a driver of Linux: only the default one can be made, so front is put right.
    reader.click_row("Networks", "front")
    reader.press_button("Custom NAT")
    reader.waits_for(Role.Button, "Write to the file")
    reader.press_button("Write to the file")
    reader.wait(lambda: {row["Driver"] for row in reader.rows("Networks")} == {"nat", ""})
    reader.press_button("Create networks")
    reader.wait(lambda: reader.sees("Create the networks of the Compose project shop"))
    reader.press_button("Create networks")
    reader.waits_for(Role.Button, "Undo")
    reader.press_button("Close")
    reader.wait(lambda: [row["On the host"] for row in reader.rows("Networks")].count("exists") == 2)
    made = {one.name: one for one in session.snapshot.networks.value if one.name.startswith("shop_")}
    assert {name: one.labels["com.docker.compose.network"] for name, one in made.items()} == {
        "shop_default": "default",
        "shop_front": "front",
    }
    assert not reader.can(Role.Button, "Create networks")


def test_that_profiles_decide_who_takes_part(reader):
    chooses(reader, "Services")
    active = {row["Service"]: row["Active"] for row in reader.rows("Services")}
    assert active["tools"] == "no"
    reader.press_button("Profiles: none")
    reader.choose_entry("debug")
    reader.wait(lambda: {row["Active"] for row in reader.rows("Services")} == {"yes"})


def test_that_the_project_is_there_again_in_the_next_window(reader, make_window, qtbot):
    reader.in_front.remember()
    again = Person(qtbot, make_window())
    again.go_to("Compose")
    again.wait(lambda: again.sees("Project shop:"))


def test_that_a_file_that_can_not_be_read_says_why(at_practice_host, tmp_path):
    person = at_practice_host
    person.go_to("Compose")
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"\xff\xfe")
    open_files(person, bad)
    person.wait(lambda: person.sees("is not UTF-8 text"))


def test_that_selected_networks_are_exported_for_compose(at_practice_host, tmp_path):
    person = at_practice_host
    name = next(row["Name"] for row in person.rows("Networks") if row["Name"] not in {"nat", "none"})
    person.click_row("Networks", name)
    person.choose("Compose", "Export as Compose…")
    person.waits_for(Role.Button, "Copy: Compose text")
    person.press_button("Copy: Compose text")
    text = QGuiApplication.clipboard().text()
    assert f"name: {name}\n" in text
    assert "driver: " in text
    assert "external" not in text
    person.click(Role.RadioButton, "Networks that exist and are used (external)")
    person.press_button("Copy: Compose text")
    assert "external: true" in QGuiApplication.clipboard().text()
    person.press_button("Save…")
    person.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    dialog.selectFile(str(tmp_path / "networks.yaml"))
    dialog.accept()
    person.wait(lambda: (tmp_path / "networks.yaml").exists())
    person.wait(lambda: person.sees("networks.yaml was written."))
    person.press_button("Close")


def replace_file(path, contents):
    """As an editor does that writes beside the file first: who watched the old one hears no more."""
    beside = path.with_name(f"{path.name}~")
    beside.write_bytes(contents)
    beside.replace(path)


def test_that_a_file_is_read_again_once_it_is_put_right_and_its_error_is_gone(reader, project):
    replace_file(project, b"\xff\xfe")
    reader.wait(lambda: reader.sees("is not UTF-8 text"))
    replace_file(project, b"services: {only: {image: x}}\n")
    reader.wait(lambda: [row["Network"] for row in reader.rows("Networks")] == ["default"])
    assert not reader.sees("is not UTF-8 text")


def test_that_a_file_that_was_away_is_read_when_it_is_there_again(reader, project):
    project.unlink()
    reader.wait(lambda: reader.sees("compose.yaml can't be read"))
    project.write_text("services: {only: {image: x}}\n", encoding="utf-8")
    reader.wait(lambda: [row["Network"] for row in reader.rows("Networks")] == ["default"])
