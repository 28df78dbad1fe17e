"""What tests of acts may ask for."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings


@pytest.fixture
def own_journal() -> None:
    """No public journal yet: what earlier tests of this process published is not this one's."""
    shutil.rmtree(settings.JOURNAL_HOME, ignore_errors=True)
