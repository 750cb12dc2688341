"""Reading one command into words, character by character; each shell brings its own meanings."""

from __future__ import annotations

from abc import ABC, abstractmethod

from console.domain.render.errors import refuse_second_command


class WordReader(ABC):
    """One reading of a command: what a POSIX shell and PowerShell do alike."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._word: str | None = None
        self._words: list[str] = []

    def read(self) -> list[str]:
        """The command's words. Raises :class:`CommandError` for what is no one simple command."""
        while self._at < len(self._text):
            self._step(self._take())
        self._end_word()
        return self._words

    @abstractmethod
    def _step(self, character: str) -> None:
        """Deal with one character that was taken, and with what belongs to it."""

    def _take(self) -> str:
        self._at += 1
        return self._text[self._at - 1]

    def _append(self, text: str) -> None:
        self._word = (self._word or "") + text

    def _end_word(self) -> None:
        if self._word is not None:
            self._words.append(self._word)
            self._word = None

    def _skip_comment(self) -> None:
        end = self._text.find("\n", self._at)
        self._at = len(self._text) if end < 0 else end

    def _end_command(self, rest: str) -> None:
        refuse_second_command(rest)
        self._at = len(self._text)
