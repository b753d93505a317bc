"""Functions by their names, "module:function": the module is imported only when one of them is called for.

So that a command which needs no model, page or writer of files does not wait for their libraries.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any


def function_named(place: str) -> Callable[..., Any]:
    """The function; importing its module is what takes time."""
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)
