"""Parts of the window that are loaded when they are first used, without holding it meanwhile."""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module
from types import ModuleType


def is_loaded(name: str) -> bool:
    """Whether the module is there already, wholly: importing it takes no time and waits for nobody."""
    module = sys.modules.get(name)
    return module is not None and not getattr(module.__spec__, "_initializing", False)


async def loaded(name: str) -> ModuleType:
    """The module ``name``, imported by another thread where it is not there yet.

    An import on the UI thread would take its time there, and wait for any thread that is importing
    one of the same modules.
    """
    if is_loaded(name):
        return sys.modules[name]
    return await asyncio.to_thread(import_module, name)
