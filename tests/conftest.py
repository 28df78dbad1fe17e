"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def home() -> Path:
    """The folder of this process's throw-away installation, empty at first."""
    return Path(settings.HOME)
