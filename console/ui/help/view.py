"""The help: contents and search at the left, the page beside or below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QPalette, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.ui.help.pages import CONTENTS, HelpPage, matching, target_of
from console.ui.icons import Icon, icon
from console.ui.loading import loaded
from console.ui.overriding import override
from console.ui.tasks import Tasks
from console.ui.widgets.banner import Banner
from console.ui.widgets.plain_table import RowsOfTables

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

SIDE_BY_SIDE = 620
LIST_WIDTH = 280
PAGE_ID = Qt.ItemDataRole.UserRole


class HelpBrowser(QTextBrowser):
    """Shows markdown and loads nothing: neither pictures nor pages, from nowhere."""

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return None


class HelpView(QWidget):
    """All pages, one of them shown. Links lead from page to page; those that lead out are only told."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pages: Mapping[str, HelpPage] = {}
        self._page = ""
        self._before: list[str] = []
        self._wanted = CONTENTS
        self._found = False
        self.search = QLineEdit(self)
        self._list = QListWidget(self)
        self._browser = HelpBrowser(self)
        self._outside = Banner(self)
        self._address = ""
        self._back = self._button(Icon.UNDO, self.tr("Back"), self.go_back)
        self._home = self._button(Icon.HELP, self.tr("Contents"), lambda: self.show_page(CONTENTS))
        self._build()
        tasks.start(self._load(), owner=self)

    async def _load(self) -> None:
        import asyncio

        module = await loaded("console.ui.help.pages")
        self._pages = await asyncio.to_thread(module.help_pages)
        self._fill_list("")
        self.show_page(self._wanted)

    def show_page(self, identifier: str) -> None:
        """Show one page; the contents where there is none of that id."""
        self._wanted = identifier
        if not self._pages:
            return  # it is shown once they are read
        page = self._pages.get(identifier) or self._pages[CONTENTS]
        if self._page and self._page != page.id and not self._found:
            self._before.append(self._page)
        self._found = False
        self._show(page)

    def go_back(self) -> None:
        """The page that was shown before this one."""
        self._found = False
        if self._before:
            self._show(self._pages[self._before.pop()])

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self.search, self._list, self._browser)

    def _show(self, page: HelpPage) -> None:
        self._page = page.id
        self._outside.hide()
        document = QTextDocument(self._browser)
        document.setDefaultFont(self._browser.font())
        document.setMarkdown(page.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(12)
        self._browser.setDocument(document)
        self._browser.setAccessibleName(self.tr("Help: {title}").format(title=page.title))
        self._back.setEnabled(bool(self._before))
        for row in range(self._list.count()):
            if self._list.item(row).data(PAGE_ID) == page.id:
                self._list.setCurrentRow(row)
                return
        self._list.setCurrentRow(-1)

    def _search(self, words: str) -> None:
        """List what has the words, and show the first of it where the page shown has them not.

        On the way back there is the page from which the search began, not each that it led over.
        """
        self._fill_list(words)
        first = self._list.item(0)
        page = self._pages.get(first.data(PAGE_ID)) if first is not None else None
        if not words.strip() or page is None or self._list.currentItem() is not None:
            return
        if not self._found:
            self._before.append(self._page)
            self._found = True
        self._show(page)

    def _fill_list(self, words: str) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        for page in matching(self._pages, words):
            item = QListWidgetItem(page.title)
            item.setData(PAGE_ID, page.id)
            item.setToolTip(page.title)
            self._list.addItem(item)
            if page.id == self._page:
                self._list.setCurrentItem(item)
        if not self._list.count() and words:
            nothing = QListWidgetItem(self.tr("No page has these words."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._list.blockSignals(False)

    def _follow(self, url: QUrl) -> None:
        page, address = target_of(url.toString(), self._page)
        if page:
            self.show_page(page)
            return
        self._address = address
        words = self.tr("The console opens no web pages. Copy the address to open it in a browser.")
        self._outside.tell("accent", address, words, self.tr("Copy the address"))

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(PAGE_ID) != self._page:
            self.show_page(item.data(PAGE_ID))

    def _button(self, which: Icon, words: str, do: Any) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(which))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumSize(30, 30)
        button.clicked.connect(do)
        return button

    def _build(self) -> None:
        self.search.setObjectName("search")
        self.search.setAccessibleName(self.tr("Search the help"))
        self.search.setPlaceholderText(self.tr("Search the help"))
        self.search.setClearButtonEnabled(True)
        for inside in self.search.findChildren(QToolButton):
            inside.setAccessibleName(inside.text() or self.tr("Clear the search field"))
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._list.setFocus)
        self._list.setAccessibleName(self.tr("Help pages"))
        self._list.setItemDelegate(RowsOfTables(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        self._browser.setOpenLinks(False)
        self._browser.setReadOnly(True)
        self._browser.anchorClicked.connect(self._follow)
        self._browser.setAccessibleName(self.tr("Help"))
        self._outside.chosen.connect(lambda: QGuiApplication.clipboard().setText(self._address))
        top = QHBoxLayout()
        top.addWidget(self._back)
        top.addWidget(self._home)
        top.addWidget(self.search, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._list)
        self._splitter.addWidget(self._browser)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([LIST_WIDTH, 2 * LIST_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self._outside)
        column.addWidget(self._splitter, 1)

    def changeEvent(self, event: QEvent) -> None:
        """Set the page anew in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange and self._page:
            self._browser.setPalette(QPalette(self.palette()))
            self._show(self._pages[self._page])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list above the page where there is little width."""
        super().resizeEvent(event)
        wide = self.width() >= SIDE_BY_SIDE
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
            self._splitter.setSizes(
                [LIST_WIDTH, max(LIST_WIDTH, self.width() - LIST_WIDTH)] if wide else [160, 360]
            )


def help_button(words: str, parent: QWidget) -> QPushButton:
    """A button that leads to a help page."""
    button = QPushButton(icon(Icon.HELP), words, parent)
    button.setAutoDefault(False)
    return button
