"""The scene itself, where a person can't be quick enough to meet what it must bear."""

import asyncio

from console.domain.map.layout import lay_out
from console.ui.map.look import picture_of
from console.ui.map.scene import MapScene
from tests.domain.hosts import host
from tests.domain.whole_hosts import whole_host


def test_that_a_host_left_while_its_map_is_prepared_is_not_shown_any_more(qapp, run, monkeypatch):
    scene = MapScene()

    async def leave_midway(work):
        for at, _done in enumerate(work):
            if at == 2:
                scene.clear_picture()
            await asyncio.sleep(0)

    monkeypatch.setattr("console.ui.map.scene.in_slices", leave_midway)
    run(scene.arrive(picture_of(lay_out(whole_host()))))
    assert scene.picture is None
    monkeypatch.undo()
    other = picture_of(lay_out(host()))
    run(scene.arrive(other))
    assert scene.picture is other
