"""The site on a free port, and a client for it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer
from selectolax.lexbor import LexborHTMLParser

from simulator.site import Site


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
async def client(site: Site) -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(site.app())) as opened:
        yield opened


@pytest.fixture
def page(client: TestClient):
    async def get(path: str) -> LexborHTMLParser:
        response = await client.get(path)
        assert response.status == 200
        return LexborHTMLParser(await response.text())

    return get
