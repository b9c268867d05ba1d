"""What holds for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from visitapp.i18n import use_language

# The same examples on every machine, so that a red run is about the change; and no time limit for one example, because
# the machines are shared. VISITAPP_SLOW=1 looks for new examples.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)
settings.load_profile("searching" if os.environ.get("VISITAPP_SLOW") else "same")


@pytest.fixture(autouse=True)
def japanese() -> Iterator[None]:
    """Each test begins in Japanese, whatever a test before it (in random order) spoke."""
    use_language("ja")
    yield
    use_language("ja")
