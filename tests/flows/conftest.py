import pytest

from tests.flows.newsroom import Newsroom


@pytest.fixture
def newsroom():
    return Newsroom()
