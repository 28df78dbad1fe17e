"""Static files are gathered once for all page tests, as the server does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command


@pytest.fixture(scope="session", autouse=True)
def gathered_static_files(home: Path) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
