"""The live test of a pair: connect or ping from inside of a container or from the host, and compare."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.probes.connection import Tried, connection_attempts, ping_attempts
from console.domain.probes.origin import HostTrial
from console.domain.probes.probe import Reach, safe_word
from console.domain.reachability.model import Ask, Party, PartyKind, Prediction
from console.domain.reachability.trial import compared, trial
from console.domain.reachability.view import HostView
from console.domain.verdict import Verdict
from console.ui.icons import Icon
from console.ui.pages.registry import Parts
from console.ui.reachability.matrix import reason_of
from console.ui.texts import shown
from console.ui.verdicts import MARKS, found_mark, verdict_text
from console.ui.widgets.live_test import LiveTest
from console.ui.widgets.number_field import NumberField
from console.ui.widgets.problem_card import ProblemCard

REACH_MARKS = {
    Reach.CONNECTED: MARKS[Verdict.YES],
    Reach.REFUSED: (Icon.INFO, "accent"),
    Reach.NO_ANSWER: MARKS[Verdict.NO],
    Reach.UNKNOWN_NAME: MARKS[Verdict.NO],
}


class LiveReach(LiveTest):
    """Which address and port to try, the prediction, and beside it what came."""

    def __init__(self, parts: Parts, problem: ProblemCard, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("LiveReach", "Try it"), parts, problem, parent)
        self._asked: tuple[Party, Party, Ask] | None = None
        self._view: HostView | None = None
        self._prediction: Prediction | None = None
        self._address = QLineEdit(self)
        self._address.setAccessibleName(self.tr("Address to try"))
        self._address.setPlaceholderText(self.tr("Address or name"))
        self._port = NumberField(self)
        self._port.setRange(0, 65535)
        self._port.setAccessibleName(self.tr("Port to try"))
        self._port.setSpecialValueText(self.tr("Ping"))
        self.add_field(self.tr("A&ddress"), self._address)
        self.add_field(self.tr("&Port"), self._port, 0)
        self.add_buttons()
        self._address.textChanged.connect(lambda _text: self._changed())
        self._address.returnPressed.connect(self.toggle)
        self._port.valueChanged.connect(lambda _value: self._changed())

    def show_pair(self, asked: tuple[Party, Party, Ask], prediction: Prediction, view: HostView) -> None:
        """A pair and what is predicted for it. Of another pair the best thing to try is put in."""
        another = asked != self._asked
        self._asked, self._prediction, self._view = asked, prediction, view
        which, meaning = MARKS[prediction.verdict]
        self.predicted.tell(which, meaning, verdict_text(prediction.verdict), reason_of(prediction))
        if another:
            chosen = trial(*asked, view)
            self._address.setText(chosen.address)
            self._port.setValue(chosen.port)
            self.nothing_found_yet()
        self._tell_where()
        self.show_button()

    def forget(self) -> None:
        """No pair is chosen."""
        self._asked = self._prediction = self._view = None
        self._address.clear()
        self.nothing_found_yet()
        self.predicted.tell(Icon.PENDING, "muted", self.tr("Choose two different ends."), "")
        self.show_button()

    def first_field(self) -> QWidget:
        """Where the keyboard goes by F6."""
        return self._address

    def _changed(self) -> None:
        self.nothing_found_yet()
        self._tell_where()
        self.show_button()

    def _tell_where(self) -> None:
        """Why it can't be tried from here, where it can't."""
        if self._asked is None or self.session.bundle or self._from_container() or self._from_host():
            return
        words = self.tr("Not from here")
        if self._asked[0].kind is PartyKind.HOST:
            self.found.tell(Icon.SKIPPED, "muted", self.tr("Not from this host"), self._why_not_from_host())
            return
        why = self.tr(
            "The console can run a test inside a running container. Swap the ends to try the way back."
        )
        self.found.tell(Icon.SKIPPED, "muted", words, why)

    def _from_container(self) -> bool:
        if self._asked is None or self._view is None:
            return False
        container = self._view.containers.get(self._asked[0].container)
        return self._asked[0].kind is PartyKind.CONTAINER and container is not None and container.running

    def _from_host(self) -> bool:
        if self._asked is None or self._asked[0].kind is not PartyKind.HOST:
            return False
        how = self._host_trial()
        return how is HostTrial.SCRIPT or (how is HostTrial.HERE and self._port.value() > 0)

    def _host_trial(self) -> HostTrial:
        service = self.session.service
        return HostTrial.UNKNOWN if service is None else service.host_trial

    def _engine_host(self) -> str:
        """What the engine calls its host."""
        snapshot = self.session.snapshot
        engine = snapshot.engine.known() if snapshot is not None else None
        return "" if engine is None else engine.host_name

    def _why_not_from_host(self) -> str:
        """What keeps the host from trying, and what would make it possible."""
        service, how = self.session.service, self._host_trial()
        if how is HostTrial.HERE:
            return self.tr("From this computer only a TCP port can be tried: choose one instead of a ping.")
        if service is None or how is HostTrial.UNKNOWN:
            return self.tr("The engine has not told yet which computer it runs on.")
        if how is HostTrial.ELSEWHERE:
            where = self.tr("The engine is on another computer, {host}, where no script can be run.")
            where = where.format(host=service.connection.reached_at)
        else:
            where = self.tr(
                "The engine runs in a virtual machine or behind a tunnel: it calls its host {host}. What "
                "this computer can reach says nothing about it."
            ).format(host=self._engine_host())
        if self._view is None or self._view.windows:
            how_to = self.tr(
                "On the page Hosts, set up the host's Windows side over WinRM: then the test runs there."
            )
        else:
            how_to = self.tr("Swap the ends, or try it in a shell of that host: nc -vz {address} {port}")
            port = self._port.value() or self.tr("port")
            how_to = how_to.format(address=self._address.text().strip() or self.tr("address"), port=port)
        return f"{where} {how_to}"

    def ready(self) -> bool:
        """Whether there is something to try, and a container or host to try it from."""
        return (self._from_container() or self._from_host()) and bool(self._address.text().strip())

    async def run_test(self) -> None:
        """Connect or ping, and hold what came against the prediction."""
        if self._asked is None or self._prediction is None or self._view is None:
            return
        prediction, windows = self._prediction, self._view.windows
        address, port = self._address.text(), self._port.value()
        if self._from_host():
            found = await self._try_from_host(safe_word(address), port)
        else:
            attempts = (
                connection_attempts(address, port, windows=windows)
                if port
                else ping_attempts(address, windows=windows)
            )
            found = await self.first_answer(self._asked[0].container, attempts)
        if found is None:
            words = self.tr("The image has no program for this test")
            why = self.tr("Neither curl, Test-NetConnection, nc nor ping is in it.")
            self.found.tell(Icon.SKIPPED, "muted", words, why)
            return
        agreement, meaning = compared(prediction, found.reach)
        by = self.tr("With {program}.").format(program=found.program)
        if self._from_host() and self._host_trial() is HostTrial.HERE:
            by = self.tr("With a TCP connection from this computer, which is the engine's host.")
        which, colour = found_mark(agreement, REACH_MARKS[found.reach])
        self.found.tell(which, colour, self._reach_text(found.reach), f"{shown(meaning)} {by}")

    async def _try_from_host(self, address: str, port: int) -> Tried | None:
        service = self.session.service
        return None if service is None else await service.try_from_host(address, port)

    def _reach_text(self, reach: Reach) -> str:
        words = {
            Reach.CONNECTED: self.tr("It answers"),
            Reach.REFUSED: self.tr("Reachable, but nothing answers on the port"),
            Reach.NO_ANSWER: self.tr("No answer"),
            Reach.UNKNOWN_NAME: self.tr("No such name"),
        }
        return words[reach]
