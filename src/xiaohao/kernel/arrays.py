"""numpy, loaded when the first series is really judged: a notice read from a text needs none of it, and should not wait for it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Minutes = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Words = NDArray[np.str_]
else:

    class _Later:
        """Stands for the module until somebody asks it for something."""

        def __getattr__(self, name: str) -> Any:
            found = getattr(import_module("numpy"), name)
            setattr(self, name, found)  # asked for once
            return found

    np = _Later()
    Floats = Minutes = Flags = Words = Any

__all__ = ["Flags", "Floats", "Minutes", "Words", "np"]
