"""Secrets that pass through a plan on their way to the engine."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr

#: A value of a step that is never written anywhere: no dump of the record has it (the journal and
#: support files are made of dumps), no ``repr`` shows it (logs and tracebacks are made of those). A step
#: read back from the journal has it empty. Only the code that sends it asks for its value.
Secret = Annotated[SecretStr, Field(exclude=True, repr=False)]
