import pytest

from bot.gateway.api import BotApi
from bot.gateway.transport import AiohttpRequest
from tests.gateway.bot_server import TOKEN, BotServer


@pytest.fixture
async def server():
    server = BotServer()
    runner = await server.start()
    yield server
    await runner.cleanup()


@pytest.fixture
async def request_():
    request = AiohttpRequest(connect_timeout=2, read_timeout=5)
    await request.initialize()
    yield request
    await request.shutdown()


@pytest.fixture
def api(server, request_):
    return BotApi(request_, server.address, TOKEN)
