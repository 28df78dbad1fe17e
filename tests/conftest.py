"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as examples

#: Nothing here is timed: a busy machine must not turn a true property red.
examples.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("untimed")


@pytest.fixture(scope="session")
def home() -> Path:
    """The folder of this process's throw-away installation, empty at first."""
    return Path(settings.HOME)
