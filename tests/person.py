"""A person at the screen: finds things by role and accessible name, acts with mouse and keys, reads.

Nothing here reaches into a widget of ours: what a screen reader can't find, a test can't use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

Role = QAccessible.Role
TABLES = (Role.Table, Role.Tree, Role.List)
BUTTONS = (Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu, Role.ButtonDropDown)
LAYOUT_TURNS = 50
PATIENCE_MS = 20_000  # a loaded machine takes its time, and only a failing test waits so long


def plain(text: str) -> str:
    """A label without its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def name_of(item: QAccessibleInterface) -> str:
    """What the thing is called: its own accessible name, else its label's text, else its Name.

    On Linux a combo box answers its current value as Name even if it was given one (measured).
    """
    target = item.object()
    if isinstance(target, QWidget) and target.accessibleName():
        return target.accessibleName()
    for related, flag in item.relations(QAccessible.RelationFlag.Label):
        if flag & QAccessible.RelationFlag.Label and related is not None:
            return plain(related.text(QAccessible.Text.Name))
    return item.text(QAccessible.Text.Name)  # without mnemonics, but with real ampersands


def walk(item: QAccessibleInterface, *, cells: bool = False) -> Iterator[QAccessibleInterface]:
    """``item`` and all below it; cells of tables only where they are asked for."""
    yield item
    if item.role() in TABLES and not cells:
        return
    for at in range(item.childCount()):
        child = item.child(at)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from walk(child, cells=cells)


class Person:
    """Acts in the window in front: a popup, else a dialog, else the window given."""

    def __init__(self, qtbot, window: QWidget) -> None:
        self._qtbot = qtbot
        self._window = window

    # Finding

    @property
    def in_front(self) -> QWidget:
        """What gets the person's mouse and keys."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window

    def all(self, role: Role, name: str | None = None, *, cells: bool = False) -> list[QAccessibleInterface]:
        """Every visible thing of ``role``, and of ``name`` where one is given."""
        root = QAccessible.queryAccessibleInterface(self.in_front)
        found = [item for item in walk(root, cells=cells) if item.role() == role]
        return found if name is None else [item for item in found if name_of(item) == name]

    def find(self, role: Role, name: str) -> QAccessibleInterface:
        """The one visible thing of ``role`` called ``name``."""
        hits = self.all(role, name)
        assert len(hits) == 1, f"{len(hits)} x {role.name} {name!r}; there are {self.names(role)}"
        return hits[0]

    def names(self, role: Role) -> list[str]:
        """What the visible things of ``role`` are called."""
        return [name_of(item) for item in self.all(role)]

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until ``condition`` gives something: not False, and nothing empty either.

        One that only asserts, and gives None, holds when it asserts nothing false.
        """

        def held() -> None:
            value = condition()
            assert value is None or value

        self._qtbot.waitUntil(held, timeout=PATIENCE_MS)

    def waits_for(self, role: Role, name: str) -> None:
        """Wait until there is one such thing."""
        self.wait(lambda: bool(self.find(role, name)))

    # Mouse

    def _at(self, rect: QRect) -> tuple[QWidget, QPoint]:
        assert not rect.isEmpty(), "it has no place on the screen"
        front = self.in_front
        inside = front.mapFromGlobal(rect.center())
        assert front.rect().contains(inside), f"{rect} is outside of what can be seen"
        widget = front.childAt(inside) or front
        return widget, widget.mapFromGlobal(rect.center())

    def _brought_into_sight(self, role: Role, name: str) -> QRect:
        """Where it is when the window has laid itself out, as nobody clicks on what is not painted yet."""
        rect = QRect()
        for _ in range(LAYOUT_TURNS):
            QApplication.processEvents()
            item = self.find(role, name)
            self._scroll_to(item)
            before, rect = rect, item.rect()
            if rect == before and not rect.isEmpty():
                break
        return rect

    @staticmethod
    def _scroll_to(item: QAccessibleInterface) -> None:
        """Turn the wheel of what it lies in, until it is in sight."""
        widget = area = item.object()
        while isinstance(widget, QWidget) and (area := area.parent()) is not None:
            if isinstance(area, QScrollArea):
                area.ensureWidgetVisible(widget)

    def click(self, role: Role, name: str) -> None:
        """Press the left button on it; it must be enabled, as a person would see."""
        self.wait(lambda: self.can(role, name))  # what is not possible yet may become so in a moment
        widget, at = self._at(self._brought_into_sight(role, name))
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    def press_button(self, name: str) -> None:
        """Click the one button of whatever kind that is called ``name``."""

        def hits() -> list[Role]:
            found = [role for role in BUTTONS if self.all(role, name)]
            assert len(found) == 1, f"buttons called {name!r}: {found}; there are {self.names(Role.Button)}"
            return found

        self.wait(hits)
        self.click(hits()[0], name)

    # Keys

    def type(self, name: str, text: str) -> None:
        """Click the text field called ``name``, empty it, and type ``text``."""
        self.click(Role.EditableText, name)
        # A dialog gets the keyboard only when its window has become the active one.
        self.wait(lambda: self.keyboard_is_on == name)
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"  # keyClicks(None, ...) would abort Python
        QTest.keySequence(focus, QKeySequence(QKeySequence.StandardKey.SelectAll))
        QTest.keyClick(focus, Qt.Key.Key_Delete)
        QTest.keyClicks(focus, text)

    def write(self, text: str) -> None:
        """Type ``text`` wherever the keyboard is."""
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        QTest.keyClicks(focus, text)

    def press(self, keys: str) -> None:
        """Press a key or shortcut such as "Ctrl+N", wherever the keyboard is."""
        popup = QApplication.activePopupWidget()
        front = self.in_front
        if popup is None:
            # A dialog gets the keyboard only when its window has become the active one.
            self.wait(front.isActiveWindow)
        QTest.keySequence(popup or QApplication.focusWidget() or front, QKeySequence(keys))

    @property
    def keyboard_is_on(self) -> str:
        """The name of what has the focus."""
        focus = QApplication.focusWidget()
        return "" if focus is None else name_of(QAccessible.queryAccessibleInterface(focus))

    # Reading

    def can(self, role: Role, name: str) -> bool:
        """Whether it can be used now."""
        return not self.find(role, name).state().disabled

    def reads(self, name: str) -> str:
        """The text of the label or field called ``name``."""
        target = next(
            item
            for role in (Role.StaticText, Role.EditableText)
            for item in self.all(role)
            if name_of(item) == name
        )
        widget = target.object()
        shown = getattr(widget, "text", None)
        return plain(shown()) if callable(shown) else target.text(QAccessible.Text.Value)

    def sees(self, words: str) -> bool:
        """Whether ``words`` stand in any visible label."""
        labels = (item.object() for item in self.all(Role.StaticText))
        return any(words in plain(label.text()) for label in labels if hasattr(label, "text"))

    # Tables

    def _grid(self, table: str) -> tuple[list[QAccessibleInterface], list[list[QAccessibleInterface]]]:
        """Titles and rows of cells. A table's children stand row by row, each row behind its header."""
        item = self.find(Role.Table, table)
        children = [item.child(at) for at in range(item.childCount())]
        first = next((at for at, one in enumerate(children) if one.role() == Role.RowHeader), len(children))
        titles = children[1:first]
        width = len(titles) + 1
        rows = [children[at + 1 : at + width] for at in range(first, len(children), width)]
        return titles, rows

    def rows(self, table: str) -> list[dict[str, str]]:
        """The table's rows as {column title: what the cell says}, without hidden columns."""
        titles, rows = self._grid(table)
        said = [title.text(QAccessible.Text.Name) for title in titles]
        visible = [at for at, title in enumerate(titles) if title.rect().width() > 0]
        return [{said[at]: row[at].text(QAccessible.Text.Name) for at in visible} for row in rows]

    def cell(self, table: str, row: str, column: str = "") -> QAccessibleInterface:
        """The cell under ``column`` (by default the first) of the row whose first cell says ``row``."""
        titles, rows = self._grid(table)
        said = [title.text(QAccessible.Text.Name) for title in titles]
        hits = [cells for cells in rows if cells[0].text(QAccessible.Text.Name) == row]
        there = [cells[0].text(QAccessible.Text.Name) for cells in rows]
        assert len(hits) == 1, f"{len(hits)} rows {row!r}; there are {there}"
        return hits[0][said.index(column) if column else 0]

    def click_row(
        self, table: str, row: str, button=Qt.MouseButton.LeftButton, *, also: bool = False
    ) -> None:
        """Click a row; ``also`` keeps what is selected (Ctrl)."""
        widget, at = self._at(self.cell(table, row).rect())
        held = Qt.KeyboardModifier.ControlModifier if also else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(widget, button, held, at)

    def double_click_row(self, table: str, row: str) -> None:
        """Double-click a row."""
        widget, at = self._at(self.cell(table, row).rect())
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=at)

    def selected_rows(self, table: str) -> list[str]:
        """What the first cells of the selected rows say."""
        _titles, rows = self._grid(table)
        return [row[0].text(QAccessible.Text.Name) for row in rows if row[0].state().selected]

    def click_title(self, table: str, title: str) -> None:
        """Click a column's title: sort by it."""
        titles, _rows = self._grid(table)
        hits = [item for item in titles if item.text(QAccessible.Text.Name) == title]
        assert len(hits) == 1, f"{len(hits)} column titles {title!r}"
        widget, at = self._at(hits[0].rect())
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    # Lists

    def entries_of(self, listing: str) -> list[str]:
        """What the entries of a list say."""
        item = self.find(Role.List, listing)
        return [name_of(item.child(at)) for at in range(item.childCount())]

    def click_entry(self, listing: str, entry: str) -> None:
        """Click the entry of a list that says ``entry``."""
        self.wait(lambda: entry in self.entries_of(listing))

        def place() -> QRect:
            return self.find(Role.List, listing).child(self.entries_of(listing).index(entry)).rect()

        # A list that has just come into sight is laid out a moment later.
        self.wait(lambda: self.in_front.rect().contains(self.in_front.mapFromGlobal(place().center())))
        widget, at = self._at(place())
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    # Menus

    def go_to(self, page: str) -> None:
        """Open a page by its entry in the navigation."""
        self.click_entry("Pages", page)

    def choose(self, *path: str) -> None:
        """Walk the menu bar: ``choose("Network", "New network…")``."""
        self.click(Role.MenuItem, path[0])
        for entry in path[1:]:
            self.choose_entry(entry)

    def choose_entry(self, entry: str) -> None:
        """Click an entry of the menu that is open."""
        self.wait(lambda: QApplication.activePopupWidget() is not None and entry in self.entries())
        self.click(Role.MenuItem, entry)

    def entries(self) -> dict[str, bool]:
        """The open menu's entries and whether each can be chosen."""
        return {name_of(item): not item.state().disabled for item in self.all(Role.MenuItem)}

    def context_menu(self, table: str, row: str) -> None:
        """Right-click a row and wait for its menu."""
        self.click_row(table, row)
        from PySide6.QtGui import QContextMenuEvent

        widget, at = self._at(self.cell(table, row).rect())
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)
        self.wait(lambda: QApplication.activePopupWidget() is not None)
