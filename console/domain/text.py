"""Texts for people, kept apart from their language until they are shown.

Qt-free rooms never build finished sentences: they make a :class:`Text`, whose template the
window translates (context and template are what ``pyside6-lupdate`` extracts, with
``-tr-function-alias "QT_TRANSLATE_NOOP+=N_"``) and the terminal shows in English.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence with named values: ``str()`` gives the English text.

    ``context`` groups templates for translators. ``template`` holds ``{name}`` placeholders.
    ``values`` are the placeholders' values: plain text (data of the host: never translated, and never
    interpreted as a template itself), or a :class:`Text`, which is translated along.
    """

    context: str
    template: str
    values: tuple[tuple[str, str | Text], ...] = ()

    def __str__(self) -> str:
        return self.render(lambda _context, template: template)

    def render(self, translate: Callable[[str, str], str]) -> str:
        """The sentence in the language of ``translate(context, template)``."""
        template = translate(self.context, self.template)
        if not self.values:
            return template
        return template.format_map(
            {
                name: value.render(translate) if isinstance(value, Text) else value
                for name, value in self.values
            }
        )


def N_(context: str, template: str, **values: object) -> Text:
    """Mark ``template`` for translation and bind its values; what is no Text becomes plain text."""
    bound = ((name, value if isinstance(value, Text) else str(value)) for name, value in values.items())
    return Text(context, template, tuple(bound))


def reason_of(error: Exception) -> str:
    """What an error says; a system's without its number and without the path, which is told beside it."""
    words = error.strerror if isinstance(error, OSError) else None
    return words or str(error) or type(error).__name__


def verbatim(words: str) -> Text:
    """Words that come from a host (an engine's message, a name): shown as they are."""
    return Text("", "{words}", (("words", words),))
