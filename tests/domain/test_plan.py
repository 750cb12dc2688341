"""Plans as documents: what they say of themselves, and that a journal can keep them."""

from __future__ import annotations

from console.domain.plan import CreateNetwork, Plan, RunScript
from console.domain.spec import NetworkSpec
from console.domain.text import N_

CUT = N_("Test", "Containers on {name} are cut off.", name="x")
UNDO = RunScript(script="remove-vswitch", parameters={"Name": "x"}, title=N_("Test", "Remove x"))
MAKE = RunScript(
    script="new-vswitch",
    parameters={"Name": "x", "Adapters": ["Ethernet"], "AllowManagementOS": True, "Vlan": None},
    title=N_("Test", "Create {name}", name="x"),
    interruptions=(CUT,),
    undo=UNDO,
)
CREATE = CreateNetwork(spec=NetworkSpec(name="n"))


def test_that_a_plan_with_a_script_survives_being_written_down() -> None:
    plan = Plan(title=N_("Test", "Both"), steps=(MAKE, CREATE))
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_that_a_script_is_taken_back_by_its_undo_and_else_by_nothing() -> None:
    assert MAKE.inverse() == UNDO
    assert UNDO.inverse() is None


def test_that_a_plan_needs_an_administrator_when_one_step_does() -> None:
    harmless = MAKE.model_copy(update={"elevated": False})
    title = N_("Test", "x")
    assert Plan(title=title, steps=(CREATE, MAKE)).elevated
    assert not Plan(title=title, steps=(CREATE, harmless)).elevated


def test_that_a_plan_names_each_interruption_once() -> None:
    assert Plan(title=N_("Test", "x"), steps=(MAKE, CREATE, MAKE)).interruptions == (CUT,)
