"""Everything that is remembered of one network, and the command that makes it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from console.domain.memory import RememberedAttachment, RememberedNetwork
from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import SubnetSpec
from console.domain.text import N_
from console.ui.models.memory import state_words
from console.ui.texts import moment
from console.ui.widgets.fact_sheet import Fact, FactSheet
from console.ui.widgets.plan_view import CommandView

CONTEXT = "Remembered"

GENERAL = N_(CONTEXT, "Network")
WHEN = N_(CONTEXT, "Seen")
CONTAINERS = N_(CONTEXT, "Containers on it")


def facts(record: RememberedNetwork) -> tuple[Fact, ...]:
    """What is remembered, in words."""
    spec = record.spec
    said = (
        Fact(GENERAL, N_(CONTEXT, "Name"), spec.name),
        Fact(GENERAL, N_(CONTEXT, "State"), state_words(record.state)),
        Fact(GENERAL, N_(CONTEXT, "Driver"), spec.driver),
        Fact(GENERAL, N_(CONTEXT, "Origin"), _origin(record)),
        Fact(
            GENERAL, N_(CONTEXT, "Subnets"),
            _lines(_subnet(one) for one in spec.subnets),
        ),
        Fact(GENERAL, N_(CONTEXT, "Driver options"), _pairs(spec.options)),
        Fact(GENERAL, N_(CONTEXT, "Labels"), _pairs(spec.labels)),
        Fact(GENERAL, N_(CONTEXT, "Lost labels"), _pairs(record.lost_labels)),
        Fact(WHEN, N_(CONTEXT, "First seen"), moment(record.first_seen)),
        Fact(WHEN, N_(CONTEXT, "Gone since"), moment(record.gone_since)),
        Fact(CONTAINERS, N_(CONTEXT, "Containers"), _lines(_attachment(one) for one in record.attached)),
    )  # fmt: skip
    return tuple(fact for fact in said if fact.value)


def _origin(record: RememberedNetwork) -> str:
    if record.predefined:
        return QCoreApplication.translate(CONTEXT, "Predefined by the engine")
    if record.adopted:
        return QCoreApplication.translate(CONTEXT, "Created by Windows or another program, found by Docker")
    return ""


def _subnet(one: SubnetSpec) -> str:
    if not one.gateway:
        return one.subnet
    words = QCoreApplication.translate(CONTEXT, "{subnet}, gateway {gateway}")
    return words.format(subnet=one.subnet, gateway=one.gateway)


def _attachment(one: RememberedAttachment) -> str:
    return f"{one.container_name} ({one.address})" if one.address else one.container_name


def _pairs(values: Mapping[str, str]) -> str:
    return _lines(f"{key}={value}" for key, value in values.items())


def _lines(values: Iterable[str]) -> str:
    return "\n".join(values)


class MemoryDetails(QWidget):
    """Facts beside or above the command that would make the network."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What is remembered of the network"))
        self._facts = FactSheet(self)
        self._commands = CommandView(self, lines=5)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._facts)
        self._splitter.addWidget(self._commands)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        self.setFocusProxy(self._commands)

    def show_record(self, record: RememberedNetwork | None) -> None:
        """Show one record; nothing for None."""
        self.setVisible(record is not None)
        if record is None:
            return
        step = CreateNetwork(spec=record.spec)
        self._facts.show_facts(facts(record))
        self._commands.show_plan(Plan(title=step.describe(), steps=(step,)))
