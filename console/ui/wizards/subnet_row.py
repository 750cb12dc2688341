"""One subnet of a network as a form: its subnet, gateway and range of addresses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from console.domain.field import Field
from console.domain.spec import SubnetSpec
from console.ui.wizards.messages import FieldMessages

PARTS = {Field.SUBNET: "subnet", Field.GATEWAY: "gateway", Field.IP_RANGE: "ip_range"}
EXAMPLES = {Field.SUBNET: "172.20.1.0/24", Field.GATEWAY: "172.20.1.1", Field.IP_RANGE: "172.20.1.128/25"}


class SubnetRow(QFrame):
    """One subnet with its gateway (and range of addresses to give out, where the driver takes one).

    ``changed(position, field, words)`` and ``use(field, value, position)`` are called when the person
    types, or takes a suggested value.
    """

    def __init__(
        self,
        position: int,
        fields: tuple[Field, ...],
        changed: Callable[[int, Field, str], None],
        use: Callable[[Field, str, int], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.position = position
        self.lines: dict[Field, QLineEdit] = {}
        self.messages: dict[Field, FieldMessages] = {}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnStretch(1, 1)
        for field in fields:
            self._add(field, changed, use)

    def show_subnet(self, entry: SubnetSpec) -> None:
        """Show what the draft holds for this subnet."""
        for field, line in self.lines.items():
            words = getattr(entry, PARTS[field])
            if line.text() != words:
                line.setText(words)

    def _add(
        self, field: Field, changed: Callable[[int, Field, str], None], use: Callable[[Field, str, int], None]
    ) -> None:
        line = QLineEdit(self)
        line.setPlaceholderText(self.tr("e.g. {example}").format(example=EXAMPLES[field]))
        words, name = self._words(field)
        line.setAccessibleName(name)
        line.textEdited.connect(lambda typed: changed(self.position, field, typed))
        label = QLabel(words, self)
        label.setBuddy(line)
        messages = FieldMessages(name, lambda value, position: use(field, value, position), self)
        row = 2 * len(self.lines)
        self.grid.addWidget(label, row, 0)
        self.grid.addWidget(line, row, 1)
        self.grid.addWidget(messages, row + 1, 1)
        self.lines[field], self.messages[field] = line, messages

    def _words(self, field: Field) -> tuple[str, str]:
        words = {
            Field.SUBNET: self.tr("&Subnet"),
            Field.GATEWAY: self.tr("&Gateway"),
            Field.IP_RANGE: self.tr("&IP range"),
        }[field]
        plain = words.replace("&", "")
        if self.position == 0:
            return words, plain
        # Access keys are unique on a page: those of the first subnet stay, the others have none.
        numbered = self.tr("{field} {number}").format(field=plain, number=self.position + 1)
        return numbered, numbered
