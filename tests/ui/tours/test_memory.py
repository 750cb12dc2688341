"""The page of remembered networks, and restoring one."""

import pytest

from console.domain.plan import Plan, RemoveNetwork
from console.domain.text import N_
from tests.person import Role

TABLE = "Remembered networks"


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)], ids=["wide", "small"])
def test_that_remembered_networks_are_shown_and_restored(visit, session, run, size):
    visitor = visit(f"memory-{size[0]}", size=size)
    visitor.go_to("Remembered")
    visitor.wait(lambda: visitor.all(Role.Table, TABLE) and len(visitor.rows(TABLE)) > 3)
    step = RemoveNetwork(network="sealed", name="sealed")
    run(session.service.apply(Plan(title=N_("Test", "Remove"), steps=(step,))))
    visitor.wait(lambda: "Gone" in {row["State"] for row in visitor.rows(TABLE)})
    visitor.picture("gone")
    visitor.click_row(TABLE, "sealed")
    visitor.wait(lambda: visitor.can(Role.Button, "Restore"))
    visitor.picture("details")
    visitor.press_button("Restore")
    visitor.waits_for(Role.Button, "Cancel")
    visitor.picture("restore")
    visitor.press_button("Cancel")
