"""A PySide6 window with nothing in it: what the console's start-up is compared with.

Run as a program; prints the seconds since the time given as its first word until the first paint.
"""

import sys
import time

from PySide6.QtWidgets import QApplication, QMainWindow

started = float(sys.argv[1])


class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time() - started, flush=True)
        QApplication.exit(0)


application = QApplication([])
window = Window()
window.resize(1180, 760)
window.show()
sys.exit(application.exec())
