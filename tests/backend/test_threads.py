import asyncio
import subprocess
import sys
import threading
import time
from concurrent.futures import Future

import pytest

from console.backend.threads import DaemonThreads, TooManyHungCallsError


def test_that_a_call_runs_off_the_loops_thread_and_its_result_comes_back():
    async def scenario():
        return await DaemonThreads("t").run(threading.get_ident)

    assert asyncio.run(scenario()) != threading.get_ident()


def test_that_the_calls_error_comes_back():
    async def scenario():
        await DaemonThreads("t").run(lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(scenario())


def test_that_calls_one_after_the_other_share_a_thread():
    threads = DaemonThreads("t", limit=1)

    async def scenario():
        return await threads.run(threading.get_ident), await threads.run(threading.get_ident)

    first, second = asyncio.run(scenario())
    assert first == second


def test_that_a_thread_is_free_when_its_answer_is_told():
    threads = DaemonThreads("t", limit=1)
    asked_again = Future()

    def ask_again(_answer):  # called by the thread itself, before it can do anything else
        try:
            asked_again.set_result(threads.submit(lambda: "again"))
        except TooManyHungCallsError as error:
            asked_again.set_exception(error)

    begin = threading.Event()
    threads.submit(begin.wait).add_done_callback(ask_again)
    begin.set()
    assert asked_again.result(20).result(20) == "again"


def test_that_cancelling_returns_at_once_and_hung_calls_are_bounded():
    release = threading.Event()
    begun = threading.Barrier(3)

    def hang():
        begun.wait(5)
        release.wait()

    async def scenario():
        threads = DaemonThreads("t", limit=2)
        hung = [asyncio.ensure_future(threads.run(hang)) for _ in range(2)]
        await DaemonThreads("other").run(lambda: begun.wait(5))
        for task in hung:
            task.cancel()
        await asyncio.wait(hung, timeout=1)
        assert all(task.cancelled() for task in hung)
        with pytest.raises(TooManyHungCallsError):
            await threads.run(lambda: None)

    started = time.monotonic()
    asyncio.run(scenario())
    assert time.monotonic() - started < 2
    release.set()


def test_that_the_interpreter_leaves_although_a_call_hangs():
    program = (
        "import asyncio, threading\n"
        "from console.backend.threads import DaemonThreads\n"
        "async def main():\n"
        "    try:\n"
        "        await asyncio.wait_for(DaemonThreads('t').run(threading.Event().wait), 0.05)\n"
        "    except TimeoutError:\n"
        "        print('given up')\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=True
    )
    assert done.stdout == "given up\n"
