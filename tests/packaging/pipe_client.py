"""The docker SDK over a named pipe: reads, creates, sees events and is hung up on. Run on Windows.

``python -m tests.packaging.pipe_client npipe:////./pipe/name`` prints one JSON document.
"""

import json
import sys
import threading
import time

import docker

client = docker.DockerClient(base_url=sys.argv[1], timeout=20)
told = {
    "version": client.version()["Version"],
    "networks": sorted(one.name for one in client.networks.list()),
}
events = client.events(decode=True, filters={"type": "network"})
seen = []
reader = threading.Thread(target=lambda: seen.append(next(events)), daemon=True)
reader.start()
time.sleep(1)  # the engine has no event for somebody who begins to listen
made = client.networks.create("over-the-pipe", driver="nat")
reader.join(20)
told["event"] = seen[0]["Action"] if seen else ""
started = time.perf_counter()
for _ in range(20):
    client.networks.list()
told["milliseconds"] = round((time.perf_counter() - started) * 50, 1)
try:
    client.networks.create("over-the-pipe", driver="nat", check_duplicate=True)
except docker.errors.APIError as error:
    told["refusal"] = error.status_code
made.remove()
told["left"] = "over-the-pipe" in {one.name for one in client.networks.list()}
client.close()
print(json.dumps(told))
