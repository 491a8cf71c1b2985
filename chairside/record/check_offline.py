"""No HTTP client in the child process of the check: an empty stand-in where pyHanko would import aiohttp.

Nothing here may reach a network, so the client is only weight: without it the child starts in 60 % of
the time (100 fewer modules), and what is not there cannot be called. Imported before pyHanko.
"""

from __future__ import annotations

import sys
from types import ModuleType


class _NoClient(ModuleType):
    """Names can be looked up, as annotations do; none of them does anything."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Exception,), {})


sys.modules.setdefault("aiohttp", _NoClient("aiohttp"))
