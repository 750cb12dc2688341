"""Support bundles: saved, opened, refused, compared."""

import asyncio

import pytest

from console.backend.bundle import bundle_of, write_bundle
from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec
from tests.person import Role
from tests.ui.test_support_bundles import give_file


@pytest.mark.parametrize("size", [(1280, 800), (800, 600)], ids=["wide", "small"])
def test_that_bundles_are_saved_opened_and_compared(visit, session, run, tmp_path, size):
    visitor = visit(f"bundles-{size[0]}", size=size)
    path = tmp_path / "before.wcnbundle.zip"
    run(asyncio.to_thread(lambda: write_bundle(path, bundle_of(session.snapshot, (), findings=lambda _: {}))))
    visitor.choose("Host", "Save support bundle…")
    visitor.waits_for(Role.EditableText, "File of the bundle")
    visitor.picture("save")
    visitor.type("File of the bundle", str(tmp_path / "none" / "host.wcnbundle.zip"))
    visitor.press_button("Save")
    visitor.wait(lambda: visitor.sees("The support bundle could not be saved."))
    visitor.picture("not-saved")
    visitor.type("File of the bundle", str(path))
    visitor.press_button("Save")
    visitor.waits_for(Role.Button, "Replace file")
    visitor.picture("replace")
    visitor.press_button("Cancel")
    visitor.go_to("Compare")
    visitor.wait(lambda: visitor.sees("Choose two to compare"))
    visitor.picture("choose")
    step = CreateNetwork(spec=NetworkSpec(name="shop", driver="nat"))
    run(session.service.apply(Plan(title=step.describe(), steps=(step,))))
    visitor.press_button("Bundle file for “Before”…")
    give_file(visitor, path)
    visitor.wait(lambda: visitor.all(Role.Table, "Differences") and visitor.rows("Differences"))
    visitor.press("F6")
    visitor.picture("differences")
    (tmp_path / "notes.zip").write_text("notes")
    visitor.choose("Host", "Open support bundle…")
    give_file(visitor, tmp_path / "notes.zip")
    visitor.wait(lambda: visitor.sees("The support bundle could not be opened."))
    visitor.picture("not-opened")
    visitor.press_button("Close")
    visitor.choose("Host", "Open support bundle…")
    give_file(visitor, path)
    visitor.wait(lambda: session.bundle)
    visitor.go_to("Networks")
    visitor.wait(lambda: visitor.rows("Networks"))
    visitor.picture("opened")
