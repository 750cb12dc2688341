"""Through the window from one end to the other: every page, every step of the wizard, every dialog."""

from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec
from tests.person import Role
from tests.ui.compose.files import open_files, shop


def test_that_the_networks_page_and_its_details_are_all_there(visit):
    visitor = visit("networks")
    visitor.picture("networks")
    visitor.click_row("Networks", "frontend")
    for tab in ("Summary", "Endpoints (2)", "Options", "Command", "Raw JSON"):
        visitor.waits_for(Role.PageTab, tab)
        visitor.click(Role.PageTab, tab)
        visitor.picture(tab.split(" ")[0].lower())
    visitor.press("Ctrl+K")
    visitor.picture("command-palette")


def test_that_a_network_is_created_removed_and_brought_back(visit):
    visitor = visit("wizard", scenario="default")
    visitor.press("Ctrl+N")
    visitor.wait(lambda: visitor.sees("Choose how the containers connect"))
    visitor.picture("choose-driver")
    visitor.press_button("Next")
    visitor.wait(lambda: visitor.sees("Decide how containers get their addresses"))
    visitor.click(Role.RadioButton, "Use fixed addresses from this subnet")
    visitor.picture("addresses")
    visitor.type("Subnet", "10.20.30.5/24")
    visitor.waits_for(Role.Button, "Use 10.20.30.0/24")
    visitor.picture("addresses-refused")
    visitor.press_button("Use 10.20.30.0/24")
    visitor.press_button("Next")
    visitor.type("Name", "shop")
    visitor.picture("name")
    visitor.press_button("Next")
    visitor.picture("advanced")
    visitor.press_button("Next")
    visitor.picture("labels")
    visitor.press_button("Next")
    visitor.wait(lambda: visitor.sees("Check the plan, then create the network"))
    visitor.picture("review")
    visitor.press_button("Create network")
    visitor.wait(lambda: "shop" in [row["Name"] for row in visitor.rows("Networks")])
    visitor.wait(lambda: visitor.selected_rows("Networks") == ["shop"])
    visitor.picture("created-and-selected")
    visitor.press_button("Remove")
    visitor.waits_for(Role.Button, "Remove network")
    visitor.picture("remove")
    visitor.press_button("Remove network")
    visitor.waits_for(Role.Button, "Undo")
    visitor.picture("removed")


def test_that_questions_lead_to_a_driver(visit):
    visitor = visit("choose", scenario="default")
    visitor.press("Ctrl+N")
    visitor.waits_for(Role.Button, "Help me choose")
    visitor.press_button("Help me choose")
    visitor.picture("questions")


def test_that_every_dialog_says_what_it_will_do(visit):
    visitor = visit("dialogs")
    visitor.click_row("Networks", "frontend")
    for button in ("Connect", "Disconnect", "Prune", "Remove"):
        visitor.press_button(button)
        visitor.waits_for(Role.Button, "Cancel")
        visitor.picture(button.lower())
        visitor.press_button("Cancel")


def test_that_the_activity_page_shows_what_was_done(visit, session, run):
    visitor = visit("activity")
    made = CreateNetwork(spec=NetworkSpec(name="shop", driver="nat"))
    refused = CreateNetwork(spec=NetworkSpec(name="nat", driver="nat"))
    for step in (made, refused):
        run(session.service.apply(Plan(title=step.describe(), steps=(step,))))
    visitor.go_to("Activity")
    visitor.wait(lambda: len(visitor.rows("Activity")) == 2)
    visitor.press("Tab")
    visitor.picture("activity")


WINDOWS_SIDE = {
    "Alt+2": ("Adapters", "Routes"),
    "Alt+3": ("vSwitches",),
    "Alt+4": ("Networks", "Endpoints", "Namespaces"),
    "Alt+5": ("Compartments",),
    "Alt+6": ("Ports", "Instances", "Listening ports", "Reserved port ranges"),
    "Alt+7": ("Rules", "Profiles"),
    "Alt+8": ("Services",),
}
"""The pages of the Windows side by their keys, with the tables they show on a practice host."""


def _walk_windows_side(visitor):
    visitor.press("Alt+1")
    visitor.wait(lambda: visitor.sees("Features for containers"))
    visitor.picture("host")
    for keys, tables in WINDOWS_SIDE.items():
        visitor.press(keys)
        for table in tables:
            if len(tables) > 1:
                visitor.waits_for(Role.PageTab, table)
                visitor.click(Role.PageTab, table)
            visitor.wait(lambda table=table: visitor.all(Role.Table, table) and visitor.rows(table))
            visitor.press("Ctrl+F")
            visitor.press("F6")
            visitor.press("Down")
            visitor.picture(table.lower())


def test_that_every_page_of_the_windows_side_is_all_there(visit):
    _walk_windows_side(visit("windows-side", size=(1280, 800)))


def test_that_every_page_of_the_windows_side_fits_into_a_small_window(visit):
    _walk_windows_side(visit("windows-side-small", size=(800, 600)))


def test_that_changes_of_the_windows_side_say_what_they_interrupt(visit):
    visitor = visit("windows-side-dialogs")
    visitor.press("Alt+3")
    visitor.wait(lambda: visitor.all(Role.Table, "vSwitches") and visitor.rows("vSwitches"))
    visitor.click_row("vSwitches", "CorpSwitch")
    for button in ("New vSwitch", "Rename", "Stop sharing", "Enable VFP"):
        visitor.press_button(button)
        visitor.waits_for(Role.Button, "Cancel")
        visitor.picture(button.lower().replace(" ", "-"))
        visitor.press_button("Cancel")


def _walk_discovery(visitor):
    visitor._window.go_to("discovery")
    visitor.wait(lambda: visitor.all(Role.Table, "Names") and len(visitor.rows("Names")) > 5)
    visitor.press("Ctrl+F")
    visitor.press("F6")
    visitor.press("Down")
    visitor.wait(lambda: visitor.reads("Name to look up"))
    visitor.press_button("Test now")
    visitor.wait(lambda: visitor.sees("As predicted"))
    visitor.picture("names")
    visitor.click(Role.PageTab, "Drivers")
    visitor.click_row("Drivers", "overlay")
    visitor.picture("drivers")
    visitor.click(Role.PageTab, "Without names")
    visitor.wait(lambda: len(visitor.rows("Without names")) > 1)
    visitor.click_row("Without names", "pod-a")
    visitor.picture("without-names")


def test_that_service_discovery_is_all_there(visit):
    _walk_discovery(visit("discovery", size=(1280, 800)))


def test_that_service_discovery_fits_into_a_small_window(visit):
    _walk_discovery(visit("discovery-small", size=(800, 600)))


def _walk_reachability(visitor):
    visitor._window.go_to("reachability")
    visitor.wait(lambda: visitor.all(Role.Table, "Rules") and visitor.rows("Rules"))
    visitor.press_button("Test now")
    visitor.wait(lambda: visitor.reads("Live test") not in ("Not tested yet", "Testing…"))
    visitor.press("Ctrl+F")
    visitor.press("Return")
    visitor.picture("path")
    visitor.click(Role.PageTab, "Matrix")
    visitor.wait(lambda: visitor.all(Role.Table, "Matrix"))
    visitor.press("F6")
    visitor.picture("matrix")
    visitor.press_button("Pick ends…")
    visitor.waits_for(Role.Button, "OK")
    visitor.picture("choose")
    visitor.press("Escape")


def test_that_reachability_is_all_there(visit):
    visitor = visit("reachability", size=(1280, 800))
    _walk_reachability(visitor)
    visitor.click(Role.PageTab, "Path")
    visitor.press_button("Show on the map")
    visitor.waits_for(Role.PageTab, "Picture")
    visitor.wait(lambda: visitor.can(Role.Button, "Whole host"))
    visitor.picture("on-the-map")


def test_that_reachability_fits_into_a_small_window(visit):
    _walk_reachability(visit("reachability-small", size=(800, 600)))


def _walk_ports(visitor):
    visitor._window.go_to("ports")
    visitor.wait(lambda: visitor.all(Role.Table, "Held ports") and len(visitor.rows("Held ports")) > 5)
    visitor.wait(lambda: visitor.reads("This port") == "8080/tcp is taken")
    visitor.wait(lambda: "rows" in visitor.reads("Rows shown"))
    visitor.press("Ctrl+F")
    visitor.press("Return")
    visitor.picture("ports")


def test_that_the_port_finder_is_all_there(visit):
    _walk_ports(visit("ports", size=(1280, 800)))


def test_that_the_port_finder_fits_into_a_small_window(visit):
    _walk_ports(visit("ports-small", size=(800, 600)))


def test_that_all_pages_fit_into_a_small_window(visit):
    visitor = visit("small", size=(800, 600))
    visitor.click_row("Networks", "frontend")
    visitor.waits_for(Role.PageTab, "Summary")
    visitor.picture("networks")
    visitor.go_to("Activity")
    visitor.picture("activity")


def test_that_hosts_are_listed_and_added(visit, practice, session, run):
    visitor = visit("hosts")
    other = practice(os_build=14393)
    run(session.open(other.service, other.close))
    visitor.go_to("Hosts")
    visitor.waits_for(Role.Button, "Add host…")
    visitor.picture("none-yet")
    visitor.press_button("Add host")
    visitor.waits_for(Role.EditableText, "Engine address")
    visitor.type("Name", "build server")
    visitor.type("Engine address", "tcp://127.0.0.1:1")
    visitor.press_button("Test connection")
    visitor.wait(lambda: visitor.sees("The engine does not work."))
    visitor.picture("form")
    visitor.press_button("Cancel")


def test_that_the_map_shows_how_the_host_hangs_together(visit):
    visitor = visit("map", size=(1280, 800))
    _walk_map(visitor)
    visitor.press_button("Only its path")
    visitor.wait(lambda: visitor.can(Role.Button, "Whole host"))
    visitor.picture("path")


def test_that_the_map_fits_into_a_small_window(visit):
    _walk_map(visit("small-map", size=(800, 600)))


def test_that_the_map_marks_what_is_wrong(visit):
    visitor = visit("troubled-map", scenario="stale-objects", size=(1280, 800))
    visitor._window.go_to("map")
    visitor.waits_for(Role.PageTab, "Picture")
    visitor.wait(lambda: "with a problem" in visitor.reads("What the map shows"))
    visitor.picture("problems")


def _walk_map(visitor):
    visitor._window.go_to("map")
    visitor.waits_for(Role.PageTab, "Addresses")
    visitor.click(Role.PageTab, "Addresses")
    visitor.wait(lambda: len(visitor.rows("Address map as a table")) > 3)
    visitor.picture("addresses")
    visitor.click(Role.PageTab, "As a list")
    visitor.wait(lambda: len(visitor.rows("Map as a list")) > 20)
    visitor.picture("list")
    visitor.type("Search the map", "printer")
    visitor.press("Return")  # the first match is chosen
    visitor.type("Search the map", "")
    visitor.click(Role.PageTab, "Picture")
    visitor.press("F6")
    visitor.picture("picture")


def _walk_compose(visitor, folder):
    visitor.go_to("Compose")
    visitor.wait(lambda: visitor.sees("No Compose file is open"))
    visitor.picture("nothing-open")
    open_files(visitor, shop(folder))
    for tab in ("Networks", "Services", "Problems", "Variables"):
        visitor.wait(lambda tab=tab: any(name.startswith(f"{tab} (") for name in visitor.names(Role.PageTab)))
        title = next(name for name in visitor.names(Role.PageTab) if name.startswith(tab))
        visitor.click(Role.PageTab, title)
        visitor.press("Ctrl+F")
        visitor.press("F6")
        visitor.press("F6")
        visitor.press("Down")
        visitor.picture(tab.lower())
    for button in ("Use existing network", "Custom NAT"):
        visitor.press_button(button)
        visitor.waits_for(Role.Button, "Write to the file")
        visitor.wait(lambda: visitor.can(Role.Button, "Write to the file"))
        visitor.picture(button.split(" ")[0].lower())
        visitor.press_button("Cancel")


def test_that_a_compose_project_is_all_there(visit, tmp_path):
    _walk_compose(visit("compose", size=(1280, 800)), tmp_path)


def test_that_a_compose_project_fits_into_a_small_window(visit, tmp_path):
    _walk_compose(visit("compose-small", size=(800, 600)), tmp_path)


def _walk_swarm(visitor):
    visitor.go_to("Swarm")
    visitor.wait(lambda: visitor.rows("Nodes"))
    for tab in ("Nodes", "Swarm services", "Tasks", "Overlay networks"):
        visitor.click(Role.PageTab, tab)
        visitor.wait(lambda tab=tab: visitor.rows(tab))
        visitor.press("Ctrl+F")
        visitor.press("F6")
        visitor.press("Down")
        visitor.picture(tab.lower().replace(" ", "-"))
    visitor.press_button("Leave swarm")
    visitor.waits_for(Role.Button, "Cancel")
    visitor.picture("leave")
    visitor.press_button("Cancel")


def test_that_the_swarm_is_all_there(visit):
    _walk_swarm(visit("swarm", scenario="swarm-node-lost", size=(1280, 800)))


def test_that_the_swarm_fits_into_a_small_window(visit):
    _walk_swarm(visit("swarm-small", scenario="swarm-node-lost", size=(800, 600)))


def test_that_a_swarm_is_made_or_joined_with_what_is_to_be_known(visit):
    visitor = visit("swarm-new", scenario="default")
    visitor.go_to("Swarm")
    visitor.wait(lambda: visitor.can(Role.Button, "Create swarm"))
    visitor.picture("outside")
    for button in ("Create swarm", "Join swarm"):
        visitor.press_button(button)
        visitor.waits_for(Role.Button, "Cancel")
        visitor.picture(button.split(" ")[0].lower())
        visitor.press_button("Cancel")
