import asyncio
import gzip
import zlib
from datetime import timedelta
from email.utils import format_datetime

import pytest
from aiohttp import ClientSession, web

from bot.clock import SystemClock
from bot.model import Validator
from bot.ports import PageNotFound, PageUnreadable, SiteUnavailable
from bot.sites.http import MOST_BYTES, HttpReader, user_agent
from tests.builders.page_server import html, serving
from tests.fakes.clock import FakeClock

AGENT = user_agent("1.2.3", "https://bot.example/about")


@pytest.fixture
async def server():
    async def hello(_):
        return html("hello")

    async with serving(hello) as pages:
        yield pages


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
async def reader(server, clock):
    async with HttpReader(server.url, clock, agent=AGENT, pause=0) as made:
        yield made


def always(make):
    """Answer each request with a new response."""

    async def answer(_):
        return make()

    return answer


def in_turn(*makers):
    left = list(makers)

    async def answer(_):
        make = left.pop(0) if len(left) > 1 else left[0]
        return make()

    return answer


async def refused(reader, url, error, match):
    with pytest.raises(error, match=match) as caught:
        await reader.read(url)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(url.rpartition("/")[0])
    return caught.value


async def test_it_says_who_asks_and_where_to_learn_more(reader, server):
    answer = await reader.read(f"{server.url}/english/")
    assert answer.html == "hello"
    assert server.requests[0].headers["User-Agent"] == "Jarchy/1.2.3 (+https://bot.example/about)"


async def test_a_request_is_conditional_and_what_is_unchanged_is_none(reader, server):
    modified = "Thu, 12 Mar 2026 09:45:00 GMT"

    async def answer(request):
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        return html("new", ETag='"1"', Last_Modified=modified)

    server.answer = answer
    first = await reader.read(server.url)
    assert first.validator == Validator('"1"', modified)
    assert await reader.read(server.url, first.validator) is None
    assert server.requests[1].headers["If-Modified-Since"] == modified
    assert "If-None-Match" not in server.requests[0].headers


async def test_an_answer_without_a_validator_has_none(reader, server):
    assert (await reader.read(server.url)).validator is None


async def test_not_modified_where_nothing_was_asked_is_an_error(reader, server):
    server.answer = always(lambda: web.Response(status=304))
    await refused(reader, f"{server.url}/a", PageUnreadable, "answers 304")


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_not_there(reader, server, status):
    server.answer = always(lambda: html("none", status))
    await refused(reader, f"{server.url}/a", PageNotFound, f"answers {status}")


@pytest.mark.parametrize("status", [500, 502, 503, 429, 403])
async def test_a_site_that_refuses_may_be_asked_later(reader, server, status):
    server.answer = always(lambda: html("no", status))
    await refused(reader, f"{server.url}/a", SiteUnavailable, f"answers {status}")


@pytest.mark.parametrize("status", [204, 400, 401, 451])
async def test_any_other_answer_is_no_page(reader, server, status):
    server.answer = always(lambda: web.Response(status=status))
    await refused(reader, f"{server.url}/a", PageUnreadable, f"answers {status}")


async def test_after_one_error_it_works_again_within_seconds(reader, server, clock):
    server.answer = in_turn(lambda: html("no", 500), lambda: html("yes"))
    error = await refused(reader, f"{server.url}/a", SiteUnavailable, "500")
    assert error.retry_after == 1
    assert (await reader.read(server.url)).html == "yes"
    assert sum(clock.slept) == pytest.approx(1)


async def test_a_host_that_goes_on_failing_is_left_alone_longer_and_longer(reader, server, clock):
    server.answer = always(lambda: html("no", 503))
    rests = [
        (await refused(reader, f"{server.url}/a", SiteUnavailable, "503")).retry_after
        for _ in range(4)
    ]
    assert rests == [1, 2, 4, 8]
    error = await refused(reader, f"{server.url}/a", SiteUnavailable, "left alone for 8 s")
    assert error.retry_after == pytest.approx(8)
    assert len(server.requests) == 4
    clock.pass_time(8)
    server.answer = always(lambda: html("yes"))
    assert (await reader.read(server.url)).html == "yes"


async def test_retry_after_in_seconds_is_honoured_for_every_page_of_the_host(reader, server, clock):
    server.answer = in_turn(lambda: html("no", 429, Retry_After="120"), lambda: html("yes"))
    error = await refused(reader, f"{server.url}/a", SiteUnavailable, "429")
    assert error.retry_after == 120
    clock.pass_time(119 - 5)
    await refused(reader, f"{server.url}/b", SiteUnavailable, "left alone")
    assert len(server.requests) == 1
    clock.pass_time(6)
    assert (await reader.read(f"{server.url}/b")).html == "yes"


async def test_retry_after_as_a_date_is_honoured(reader, server, clock):
    until = format_datetime(clock.now() + timedelta(seconds=90), usegmt=True)
    server.answer = always(lambda: html("no", 503, Retry_After=until))
    error = await refused(reader, f"{server.url}/a", SiteUnavailable, "503")
    assert error.retry_after == 90


async def test_requests_to_the_host_are_paced(server, clock):
    async with HttpReader(server.url, clock, agent=AGENT, pause=2.5) as reader:
        for _ in range(3):
            await reader.read(server.url)
    paused = [seconds for seconds in clock.slept if seconds]
    assert len(paused) == 2
    assert all(2.5 <= seconds <= 3 for seconds in paused)


async def test_a_page_that_is_not_there_costs_the_pause_and_no_rest(server, clock):
    server.answer = always(lambda: html("none", 404))
    async with HttpReader(server.url, clock, agent=AGENT, pause=2.5) as reader:
        for _ in range(2):
            await refused(reader, f"{server.url}/a", PageNotFound, "404")
    assert sum(clock.slept) <= 3


async def test_one_request_at_a_time_goes_to_the_host(reader, server):
    under_way, most = 0, 0

    async def answer(_):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1
        return html("yes")

    server.answer = answer
    await asyncio.gather(*(reader.read(f"{server.url}/{page}") for page in range(5)))
    assert (len(server.requests), most) == (5, 1)


async def test_a_reader_that_is_cancelled_lets_the_next_request_through(reader, server):
    began = asyncio.Event()

    async def hangs(_):
        began.set()
        await asyncio.Event().wait()

    server.answer = hangs
    reading = asyncio.create_task(reader.read(server.url))
    await began.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    server.answer = always(lambda: html("yes"))
    assert (await reader.read(server.url)).html == "yes"


async def test_a_server_that_does_not_answer_is_given_up(server):
    async def hangs(_):
        await asyncio.Event().wait()

    server.answer = hangs
    async with HttpReader(server.url, SystemClock(), agent=AGENT, pause=0, timeout=0.1) as reader:
        await refused(reader, f"{server.url}/a", SiteUnavailable, r"no answer within 0\.1 s")


async def test_a_body_that_trickles_without_end_is_given_up(server):
    async def trickles(request):
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while request.transport is not None:
            await response.write(b" ")
            await asyncio.sleep(0.01)
        return response

    server.answer = trickles
    async with HttpReader(server.url, SystemClock(), agent=AGENT, pause=0, timeout=0.2) as reader:
        await refused(reader, f"{server.url}/a", SiteUnavailable, "no answer within")


async def test_a_host_that_is_not_there(clock):
    async with serving(always(lambda: html(""))) as gone:
        url = gone.url
    async with HttpReader(url, clock, agent=AGENT, pause=0) as reader:
        await refused(reader, f"{url}/a", SiteUnavailable, "Connect")


@pytest.mark.parametrize("squeeze", [gzip.compress, zlib.compress])
async def test_a_compressed_page_is_read(reader, server, squeeze):
    kind = "gzip" if squeeze is gzip.compress else "deflate"

    def page():
        headers = {"Content-Encoding": kind, "Content-Type": "text/html"}
        return web.Response(body=squeeze("Бишкек".encode()), headers=headers)

    server.answer = always(page)
    assert (await reader.read(server.url)).html == "Бишкек"


async def test_a_bomb_is_refused(reader, server):
    bomb = gzip.compress(bytes(30 * MOST_BYTES))

    def page():
        headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
        return web.Response(body=bomb, headers=headers)

    server.answer = always(page)
    await refused(reader, f"{server.url}/a", PageUnreadable, "larger than")


async def test_a_page_of_just_the_most_bytes_is_read_and_of_one_more_is_not(reader, server):
    server.answer = always(lambda: html("x" * MOST_BYTES))
    assert len((await reader.read(server.url)).html) == MOST_BYTES
    server.answer = always(lambda: html("x" * (MOST_BYTES + 1)))
    await refused(reader, f"{server.url}/a", PageUnreadable, "larger than")


async def test_what_says_that_it_is_compressed_and_is_not_is_an_error(reader, server):
    def page():
        headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
        return web.Response(body=b"plain", headers=headers)

    server.answer = always(page)
    await refused(reader, f"{server.url}/a", SiteUnavailable, "gzip")


async def test_what_is_no_page_is_refused(reader, server):
    server.answer = always(lambda: web.json_response({}))
    await refused(reader, f"{server.url}/a", PageUnreadable, "is application/json, not a page")


async def test_the_charset_of_the_header_is_used(reader, server):
    def page():
        headers = {"Content-Type": "text/html; charset=windows-1251"}
        return web.Response(body="Бишкек".encode("cp1251"), headers=headers)

    server.answer = always(page)
    assert (await reader.read(server.url)).html == "Бишкек"


async def test_redirects_on_the_host_are_followed(reader, server):
    async def answer(request):
        if request.path == "/new/":
            return html("here")
        raise web.HTTPMovedPermanently("/new/")

    server.answer = answer
    answer = await reader.read(f"{server.url}/old/")
    assert (answer.html, answer.url) == ("here", f"{server.url}/new/")


@pytest.mark.parametrize(
    "target",
    [
        "https://24-kg.com/english/",
        "http://127.0.0.1:1/",
        "http://localhost/",
        "//elsewhere.example/",
        "file:///etc/passwd",
        "http://[",
        "",
    ],
)
async def test_redirects_to_another_host_are_refused(reader, server, target):
    server.answer = always(lambda: web.Response(status=302, headers={"Location": target}))
    match = "another host" if target else "more than 5 redirects"
    await refused(reader, f"{server.url}/a", PageUnreadable, match)


async def test_redirects_in_a_circle_are_given_up(reader, server):
    server.answer = always(lambda: web.Response(status=302, headers={"Location": "/a"}))
    await refused(reader, f"{server.url}/a", PageUnreadable, "more than 5 redirects")
    assert len(server.requests) == 6


async def test_no_cookie_is_kept(reader, server):
    server.answer = always(lambda: html("yes", Set_Cookie="a=b"))
    await reader.read(server.url)
    await reader.read(server.url)
    assert "Cookie" not in server.requests[1].headers


async def test_a_session_that_was_given_stays_open(server, clock):
    async with ClientSession() as session:
        reader = HttpReader(server.url, clock, agent=AGENT, pause=0, session=session)
        async with reader:
            await reader.read(server.url)
        assert not session.closed


async def test_a_password_in_the_sites_address_is_in_no_error(clock):
    async with serving(always(lambda: html("no", 500))) as server:
        base = server.url.replace("http://", "http://reader:hunter2@")
        async with HttpReader(base, clock, agent=AGENT, pause=0) as reader:
            await refused(reader, f"{server.url}/a", SiteUnavailable, "500")
