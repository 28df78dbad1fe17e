"""numpy, loaded when the first series is really judged: a notice read from a text needs none of it, and should not wait for it.

Its products run in one thread each: ours are small, and threads that wait for one another took twice the CPU on a busy machine of two cores
(marks of photographs, 2026-11-24). Who knows better sets OPENBLAS_NUM_THREADS.
"""

from __future__ import annotations

import os
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
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
            found = getattr(import_module("numpy"), name)
            setattr(self, name, found)  # asked for once
            return found

    np = _Later()
    Floats = Minutes = Flags = Words = Any

__all__ = ["Flags", "Floats", "Minutes", "Words", "np"]
