"""Removing what nothing uses."""

from console.domain.plan import CreateNetwork
from console.domain.spec import NetworkSpec
from console.ui.dialogs.prune import PruneDialog
from tests.person import Role
from tests.ui.practice_host import click_tree_row, tree_rows


def open_prune(lab, tasks, desk):
    return lab.ask(PruneDialog(lab.session, tasks, desk))


def test_that_only_unused_networks_are_offered_and_the_engine_s_own_stay(lab, tasks, desk, at_desk):
    dialog = open_prune(lab, tasks, desk)
    rows = {row[0]: row[2] for row in tree_rows(at_desk, "Unused networks")}
    assert rows["unused"] == ""
    assert "predefined" in rows["nat"] or "predefines" in rows["nat"]
    assert "frontend" not in rows
    assert at_desk.reads("Commands") == "docker network rm unused\n"
    dialog.close()


def test_that_unticking_a_network_keeps_it(lab, tasks, desk, at_desk):
    lab.do(CreateNetwork(spec=NetworkSpec(name="spare")))
    dialog = open_prune(lab, tasks, desk)
    assert at_desk.can(Role.Button, "Remove 2 networks")
    click_tree_row(at_desk, "Unused networks", "spare")
    at_desk.press("Space")
    at_desk.click(Role.Button, "Remove network")
    lab.wait(lambda: "unused" not in lab.networks())
    assert "spare" in lab.networks()
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    dialog.close()


def test_when_nothing_is_ticked_the_reason_stands_beside_the_button(lab, tasks, desk, at_desk):
    dialog = open_prune(lab, tasks, desk)
    click_tree_row(at_desk, "Unused networks", "unused")
    at_desk.press("Space")
    assert not at_desk.can(Role.Button, "Remove")
    assert at_desk.sees("Select the networks to remove.")
    dialog.close()
