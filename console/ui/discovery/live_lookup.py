"""The live test of the service discovery page: look a name up inside of a container, and compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.domain.discovery.comparison import compared_name
from console.domain.discovery.names import askers
from console.domain.discovery.prediction import NamePrediction, predicted_name
from console.domain.probes.lookup import lookup_attempts
from console.domain.verdict import Verdict
from console.ui.discovery.rows import DiscoveryRows
from console.ui.icons import Icon
from console.ui.pages.registry import Parts
from console.ui.texts import shown
from console.ui.verdicts import MARKS, found_mark, verdict_text
from console.ui.widgets.live_test import LiveTest
from console.ui.widgets.problem_card import ProblemCard

if TYPE_CHECKING:
    from console.domain.snapshot import Container


class LiveLookup(LiveTest):
    """From which container, which name; the prediction, and beside it what really comes."""

    def __init__(self, parts: Parts, problem: ProblemCard, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("LiveLookup", "Look up a name"), parts, problem, parent)
        self._rows: DiscoveryRows | None = None
        self._ids: tuple[str, ...] = ()
        self._build()

    def _build(self) -> None:
        self._from = QComboBox(self)
        self._from.setAccessibleName(self.tr("Look up from container"))
        self._from.setMinimumContentsLength(14)
        self._from.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._name = QLineEdit(self)
        self._name.setAccessibleName(self.tr("Name to look up"))
        self._name.setPlaceholderText(self.tr("A name, such as web"))
        self._name.setClearButtonEnabled(True)
        self.add_field(self.tr("&From"), self._from)
        self.add_field(self.tr("&Look up"), self._name)
        self.add_buttons()
        self._name.textChanged.connect(lambda _text: self._predict())
        self._name.returnPressed.connect(self.toggle)
        self._from.currentIndexChanged.connect(lambda _at: self._predict())

    # What is asked

    def show_rows(self, rows: DiscoveryRows) -> None:
        """Another snapshot: the containers there are now; what was chosen stays."""
        self._rows = rows
        running = askers(rows.relations.snapshot)
        ids = tuple(one.id for one in running)
        chosen = self._chosen_id()
        if ids != self._ids:
            self._ids = ids
            self._from.blockSignals(True)
            self._from.clear()
            self._from.addItems([one.name for one in running])
            self._from.setCurrentIndex(ids.index(chosen) if chosen in ids else (0 if ids else -1))
            self._from.blockSignals(False)
        self._predict(keep_found=self._chosen_id() == chosen)

    def forget(self) -> None:
        """Another host."""
        self._rows, self._ids = None, ()
        self._from.clear()
        self._name.clear()
        self._predict()

    def ask_for(self, name: str, asker: str) -> None:
        """Put a name in, and the container it is asked from (an id)."""
        if asker in self._ids:
            self._from.setCurrentIndex(self._ids.index(asker))
        self._name.setText(name)

    def first_field(self) -> QWidget:
        """Where the keyboard goes by F6."""
        return self._from

    def _chosen_id(self) -> str:
        at = self._from.currentIndex()
        return self._ids[at] if 0 <= at < len(self._ids) else ""

    def _asker(self) -> Container | None:
        chosen = self._chosen_id()
        running = askers(self._rows.relations.snapshot) if self._rows is not None else ()
        return next((one for one in running if one.id == chosen), None)

    # Prediction

    def _prediction(self) -> NamePrediction | None:
        asker, name = self._asker(), self._name.text().strip()
        if self._rows is None or asker is None or not name:
            return None
        return predicted_name(name, asker, self._rows.names, self._rows.relations)

    def _predict(self, *, keep_found: bool = False) -> None:
        predicted = self._prediction()
        if not keep_found:
            self.nothing_found_yet()
        if predicted is None:
            words = self.tr("Choose a name in the table, or type one.")
            if not self._ids:
                words = self.tr("No container is running, so there is none to look up a name from.")
            self.predicted.tell(Icon.PENDING, "muted", words, "")
        else:
            which, meaning = MARKS[predicted.verdict]
            self.predicted.tell(which, meaning, _prediction_words(predicted), shown(predicted.reason))
        self.show_button()

    # Test

    def ready(self) -> bool:
        """Whether there is a name and somebody to ask for it."""
        return self._prediction() is not None

    async def run_test(self) -> None:
        """Look the name up, and hold what came against the prediction."""
        predicted, rows = self._prediction(), self._rows
        if predicted is None or rows is None:
            return
        engine = rows.relations.snapshot.engine.known()
        attempts = lookup_attempts(self._name.text(), windows=engine is None or engine.is_windows)
        found = await self.first_answer(self._chosen_id(), attempts)
        if found is None:
            words = self.tr("The image has no program to look up names")
            why = self.tr("Neither nslookup, Resolve-DnsName, getent nor ping is in it.")
            self.found.tell(Icon.SKIPPED, "muted", words, why)
            return
        agreement, meaning = compared_name(predicted, found)
        words = ", ".join(found.addresses) or self.tr("No such name")
        by = self.tr("With {program}.").format(program=found.program)
        which, colour = found_mark(agreement, MARKS[Verdict.YES if found.addresses else Verdict.NO])
        self.found.tell(which, colour, words, f"{shown(meaning)} {by}")


def _prediction_words(predicted: NamePrediction) -> str:
    words = verdict_text(predicted.verdict)
    if predicted.addresses and predicted.verdict is not Verdict.NO:
        words = f"{words}: {', '.join(predicted.addresses)}"
    return words
