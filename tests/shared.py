"""Where the real inputs lie, and the mark for tests that read them. They are not part of the project; such tests skip visibly without them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("XIAOHAO_SHARED", Path(__file__).resolve().parents[2] / "shared"))

_absent = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared inputs are not beside the checkout")


def needs_shared(test):  # type: ignore[no-untyped-def]
    """Mark a test as reading SHARED."""
    return pytest.mark.shared(_absent(test))
