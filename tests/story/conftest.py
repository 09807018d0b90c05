"""A stage for each story."""

import pytest
from story.program import staged


@pytest.fixture
async def stage(tmp_path):
    async with staged(tmp_path) as stage:
        yield stage
