"""Removing networks: what is told before, what happens, and the way back."""

from console.backend.journal import JournalError
from console.domain.attachment import disconnection
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork
from console.domain.removal import attachments
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.ui.dialogs.plan_dialog import ApplyPlanDialog
from console.ui.dialogs.remove import RemoveNetworksDialog
from console.ui.tasks import Tasks
from tests.person import Role


def ask_to_remove(lab, tasks, desk, *names):
    networks = [lab.network(name) for name in names]
    return lab.ask(RemoveNetworksDialog(lab.session, tasks, networks, desk))


def test_that_the_question_names_the_attached_containers_and_enter_keeps_the_network(
    lab, tasks, desk, at_desk
):
    dialog = ask_to_remove(lab, tasks, desk, "frontend")
    at_desk.waits_for(Role.Button, "Cancel")
    assert at_desk.sees("Remove the network “frontend”?")
    assert at_desk.sees("web: running, 10.5.0.")
    assert at_desk.sees("Running containers are attached to frontend: disconnect them first.")
    assert not at_desk.can(Role.Button, "Remove")
    at_desk.press("Return")
    lab.wait(lambda: not dialog.isVisible())
    assert "frontend" in lab.networks()


def test_that_an_unused_network_is_removed_and_comes_back_with_undo(lab, tasks, desk, at_desk):
    dialog = ask_to_remove(lab, tasks, desk, "unused")
    assert at_desk.sees("No container is attached.")
    at_desk.click(Role.Button, "Remove network")
    lab.wait(lambda: "unused" not in lab.networks())
    at_desk.wait(lambda: at_desk.sees("Done: Remove the network unused"))

    at_desk.waits_for(Role.Button, "Undo")
    at_desk.click(Role.Button, "Undo")
    lab.wait(lambda: "unused" in lab.networks())
    assert lab.network("unused").pools[0].subnet == "10.6.0.0/24"
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    at_desk.click(Role.Button, "Close")
    assert not dialog.isVisible()


def test_that_a_mistake_of_the_console_leaves_a_dialog_that_can_be_closed(
    lab, desk, at_desk, run, monkeypatch
):
    async def mistaken(*_plan, **_how):
        raise RuntimeError("a mistake")

    monkeypatch.setattr(lab.session.service, "apply", mistaken)
    tasks, failures = Tasks(), []
    tasks.failed.connect(failures.append)
    dialog = ask_to_remove(lab, tasks, desk, "unused")
    at_desk.click(Role.Button, "Remove network")
    at_desk.wait(lambda: at_desk.sees("The console failed here: how this ended is not known."))
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    at_desk.click(Role.Button, "Close")
    assert not dialog.isVisible()
    run(tasks.close())
    assert [str(one) for one in failures] == ["a mistake"]


def test_that_a_journal_that_can_not_be_read_is_told_where_undo_would_be(
    lab, tasks, desk, at_desk, monkeypatch
):
    async def unreadable(_entry):
        raise JournalError(N_("Test", "The disk is full."))

    monkeypatch.setattr(lab.session.service, "journal_entry", unreadable)
    ask_to_remove(lab, tasks, desk, "unused")
    at_desk.click(Role.Button, "Remove network")
    at_desk.wait(lambda: at_desk.sees("Done: Remove the network unused"))
    at_desk.wait(lambda: at_desk.sees("The disk is full."))
    assert "Undo" not in at_desk.names(Role.Button)
    at_desk.click(Role.Button, "Close")


def test_when_running_containers_may_be_disconnected_first_they_are_and_undo_connects_them_again(
    lab, tasks, desk, at_desk
):
    dialog = ask_to_remove(lab, tasks, desk, "frontend", "unused")
    assert at_desk.can(Role.Button, "Remove network")
    at_desk.click(Role.CheckBox, "Disconnect running containers first")
    assert "docker network disconnect frontend web" in at_desk.reads("Commands")
    at_desk.click(Role.Button, "Remove 2 networks")
    lab.wait(lambda: not lab.networks() & {"frontend", "unused"})

    at_desk.waits_for(Role.Button, "Undo")
    at_desk.click(Role.Button, "Undo")
    lab.wait(lambda: lab.networks() >= {"frontend", "unused"})
    lab.wait(lambda: lab.attached_to("frontend") == {"web"})
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    dialog.close()


def test_that_the_predefined_network_is_refused_with_what_can_be_done_instead(lab, tasks, desk, at_desk):
    dialog = ask_to_remove(lab, tasks, desk, "nat")
    assert at_desk.sees('"bridge": "none" in daemon.json')
    assert not at_desk.can(Role.Button, "Remove")
    dialog.close()


def test_when_a_network_vanishes_meanwhile_the_question_follows(lab, tasks, desk, at_desk):
    dialog = ask_to_remove(lab, tasks, desk, "frontend")
    assert at_desk.sees("web: running")
    network = lab.network("frontend")
    lab.do(*disconnection(network, attachments(network, lab.session.snapshot)).steps)
    at_desk.wait(lambda: at_desk.sees("No container is attached."))
    at_desk.wait(lambda: at_desk.can(Role.Button, "Remove network"))
    dialog.close()


def test_when_the_engine_refuses_the_reason_is_explained_and_its_words_are_kept(lab, tasks, desk, at_desk):
    dialog = ask_to_remove(lab, tasks, desk, "unused")
    gone = lab.network("unused")
    # Both happen before the next event reaches the console, as when two people work on one host.
    with lab.host.lock:
        lab.host.networks.remove(gone.id)
    at_desk.click(Role.Button, "Remove network")
    at_desk.wait(lambda: at_desk.sees("Not completed: 0 of 1 steps were done."))
    at_desk.press_button("Show details")
    assert "not found" in at_desk.reads("Original message")
    dialog.close()


def test_that_undoing_a_removal_is_not_offered_where_it_can_not_be_taken_back(lab, tasks, desk, at_desk):
    step = RemoveNetwork(network=lab.network("unused").id, name="unused", spec=None)
    plan = Plan(title=N_("Test", "Remove it for good"), steps=(step,))
    dialog = lab.ask(ApplyPlanDialog(lab.session, tasks, plan, desk, deed="Remove for good"))
    at_desk.click(Role.Button, "Remove for good")
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    assert "Undo" not in at_desk.names(Role.Button)
    dialog.close()


def test_when_stopped_at_once_no_step_is_begun(lab, tasks, desk, at_desk):
    steps = tuple(CreateNetwork(spec=NetworkSpec(name=f"n{at}")) for at in range(3))
    plan = Plan(title=N_("Test", "Three"), steps=steps)
    dialog = lab.ask(ApplyPlanDialog(lab.session, tasks, plan, desk, deed="Create"))
    at_desk.click(Role.Button, "Create")
    at_desk.click(Role.Button, "Stop after this step")
    at_desk.wait(lambda: at_desk.sees("Stopped: 0 of 3 steps were done."))
    assert not lab.networks() & {"n0", "n1", "n2"}
    dialog.close()


def test_when_stopped_in_the_middle_the_step_under_way_ends_and_no_other_begins(lab, tasks, desk, at_desk):
    steps = tuple(CreateNetwork(spec=NetworkSpec(name=f"n{at}")) for at in range(3))
    plan = Plan(title=N_("Test", "Three"), steps=steps)
    dialog = lab.ask(ApplyPlanDialog(lab.session, tasks, plan, desk, deed="Create"))
    with lab.host.lock:  # the engine takes its time for the first one
        at_desk.click(Role.Button, "Create")
        at_desk.wait(lambda: at_desk.sees("Three"))
        at_desk.press("Escape")
        assert dialog.isVisible()
        assert at_desk.sees("Stopping after this step…")
        assert not at_desk.can(Role.Button, "Stop after this step")
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    assert len(lab.networks() & {"n0", "n1", "n2"}) <= 1
    assert "n2" not in lab.networks()
    dialog.close()
