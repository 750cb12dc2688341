"""The heartbeat of a process that does nothing else: what the machine itself adds to the figures.

Run as a program: ``bare_heartbeat BEAT``, the time between two beats in milliseconds. It beats until
its standard input is closed and then prints by how many milliseconds each beat was late, as JSON.
"""

import json
import sys
import threading
import time

from PySide6.QtCore import QCoreApplication, Qt, QTimer

beat_ms = int(sys.argv[1])
application = QCoreApplication([])
timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=beat_ms)
late = []
last = time.perf_counter()


def take_beat():
    global last
    now = time.perf_counter()
    late.append((now - last) * 1000 - beat_ms)
    last = time.perf_counter()
    if ended.is_set():
        application.quit()


def wait_for_end():
    sys.stdin.read()
    ended.set()


ended = threading.Event()
threading.Thread(target=wait_for_end, daemon=True).start()
timer.timeout.connect(take_beat)
timer.start()
application.exec()
print(json.dumps(late))
