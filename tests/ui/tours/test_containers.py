"""The Containers page: its tables, the tabs of one container, and the dialogs about it."""

import pytest

from tests.person import Role

PAGE = "Ctrl+Shift+1"


def shown(visitor):
    visitor.press(PAGE)
    visitor.wait(lambda: visitor.all(Role.Table, "Containers") and visitor.rows("Containers"))
    return visitor


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)], ids=["wide", "small"])
def test_that_the_containers_page_is_all_there(visit, size):
    visitor = shown(visit(f"containers-{size[0]}", size=size))
    visitor.picture("table")
    visitor.click_row("Containers", "web")
    for tab in ("Summary", "Endpoints", "Ports", "DNS and start", "Raw JSON"):
        visitor.waits_for(Role.PageTab, tab)
        visitor.click(Role.PageTab, tab)
        if tab == "DNS and start":
            visitor.wait(lambda: visitor.sees("Restart policy") or visitor.sees("Command"))
        visitor.picture(tab.lower().replace(" ", "-"))
    visitor.click(Role.PageTab, "Inside")
    visitor.picture("inside-before")
    visitor.press_button("Look inside")
    visitor.wait(lambda: visitor.rows("Engine and container compared"))
    visitor.picture("inside")
    visitor.press_button("Show output")
    visitor.picture("inside-words")
    visitor.click(Role.PageTab, "All endpoints")
    visitor.wait(lambda: visitor.all(Role.Table, "All endpoints") and visitor.rows("All endpoints"))
    visitor.picture("all-endpoints")


def test_that_every_dialog_about_a_container_is_all_there(visit):
    visitor = shown(visit("container-dialogs"))
    visitor.click_row("Containers", "web")
    for button in (
        "Stop container", "Restart container", "Remove container", "Connect to network",
        "Disconnect from network",
    ):  # fmt: skip
        visitor.press_button(button)
        visitor.waits_for(Role.Button, "Cancel")
        visitor.wait(lambda: not visitor.sees("Reading what is known"))
        visitor.picture(button.lower().replace(" ", "-"))
        visitor.press_button("Cancel")
    visitor.choose("Container", "Change address…")
    visitor.waits_for(Role.Button, "Cancel")
    visitor.type("Address", "10.244.1.1")
    visitor.wait(lambda: visitor.sees("is the gateway of frontend"))
    visitor.picture("change-address")
    visitor.press_button("Cancel")
    visitor.press_button("Run container")
    visitor.waits_for(Role.Button, "Cancel")
    visitor.picture("run-empty")
    visitor.type("Image", "iis:latest")
    visitor.type("Published ports", "8080:80, 99999:1")
    visitor.wait(lambda: visitor.sees("ports are numbers"))
    visitor.picture("run-refused")
    visitor.type("Published ports", "8080:80")
    visitor.wait(lambda: visitor.sees("is taken"))
    visitor.picture("run-taken")
    visitor.press_button("Cancel")
