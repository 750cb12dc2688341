"""A practice engine behind a Windows named pipe, as Docker Engine listens on Windows. Run on Windows.

``python -m tests.packaging.pipe_engine \\\\.\\pipe\\name FILE``: writes FILE when it listens, and goes on
until it is ended. Bytes are handed on as they are, both ways.
"""

import asyncio
import sys
from pathlib import Path
from urllib.parse import urlsplit

from console.demo.host import PracticeHost
from console.demo.server import PracticeServer


class Client(asyncio.Protocol):
    """One client at the pipe, joined to a connection of its own to the engine."""

    def __init__(self, port):
        self.port = port
        self.sent = asyncio.Queue()

    def connection_made(self, transport):
        self.transport = transport
        self.task = asyncio.get_running_loop().create_task(self.join())

    def data_received(self, data):
        self.sent.put_nowait(data)

    def connection_lost(self, error):
        self.task.cancel()

    async def join(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        answers = asyncio.create_task(self.hand_back(reader))
        try:
            while True:
                writer.write(await self.sent.get())
                await writer.drain()
        finally:
            answers.cancel()
            writer.close()

    async def hand_back(self, reader):
        while data := await reader.read(65536):
            self.transport.write(data)
        self.transport.close()


async def listen(pipe, mark, port):
    await asyncio.get_running_loop().start_serving_pipe(lambda: Client(port), pipe)
    mark.write_text(pipe)
    await asyncio.Event().wait()  # until it is ended


engine = PracticeServer(PracticeHost.create(os_build=20348, scenario="crowded", seed=1))
engine.start()
asyncio.run(listen(sys.argv[1], Path(sys.argv[2]), urlsplit(engine.url).port))
