"""Why a text can't be written or read, in words for people."""

from __future__ import annotations

from typing import NoReturn

from console.domain.text import N_, Text

CONTEXT = "Command text"


class RenderError(ValueError):
    """Something can't be turned into text or back; ``text`` says what and why."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


class InexpressibleError(RenderError):
    """A value has no correct spelling in the language asked for, so no text is made at all."""


class CommandError(RenderError):
    """A command line that the docker client would refuse, or that only its shell can resolve."""


class ExpressionError(CommandError):
    """A variable or an expression, which only the shell itself can work out."""


class EntryError(RenderError):
    """A Compose text that is not one network this console could create."""


class BodyError(RenderError):
    """A request body that is not of the form of ``POST /networks/create``."""


def refuse_second_command(rest: str) -> None:
    """Raise for what follows the end of a command, unless it is only blank."""
    if rest.strip():
        shown = rest.strip()[:40]
        raise CommandError(
            N_(CONTEXT, "This is more than one command: take out what begins with {rest}", rest=shown)
        )


def refuse_expression(rest: str) -> NoReturn:
    """Raise for a variable or an expression, which only the shell itself can work out."""
    raise ExpressionError(
        N_(
            CONTEXT,
            "Only the shell itself can evaluate {expression}. Write its value instead.",
            expression=rest.split()[0][:40],
        )
    )


def refuse_unfinished_quote() -> NoReturn:
    """Raise for a quote without its end."""
    raise CommandError(N_(CONTEXT, "A quote is opened and not closed."))


def refuse_control_characters(word: str) -> NoReturn:
    """Raise for a word that a terminal would act on instead of passing it on."""
    raise InexpressibleError(
        N_(
            CONTEXT,
            "A terminal would act on the control characters in {word} when the command is pasted. "
            "Let the console do it instead.",
            word=ascii(word),
        )
    )
