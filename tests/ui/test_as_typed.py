"""Work over a text that follows the typing."""

import asyncio

from console.ui.explain.as_typed import AsTyped


def test_that_an_answer_is_worked_out_again_where_what_it_depends_on_changed_meanwhile(desk, tasks, qtbot):
    going_on, seen, answers = asyncio.Event(), [], []
    host = ["first"]

    async def work(text):
        seen.append(host[0])
        known = host[0]
        await going_on.wait()
        return f"{text} on {known}"

    typed = AsTyped(work, tasks, desk)
    typed.answered.connect(answers.append)
    typed.take("x")
    qtbot.waitUntil(lambda: seen == ["first"])
    host[0] = "second"
    typed.again()
    going_on.set()
    qtbot.waitUntil(lambda: not typed.under_way)
    assert answers == ["x on second"]
