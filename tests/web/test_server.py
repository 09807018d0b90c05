import asyncio
import io
import json

import aiohttp
import pytest

from bot.model import Edition, Gone, Sent
from bot.web.health import Probe, Verdict
from bot.web.metrics import Metrics
from bot.web.server import MAX_UPDATE, SECRET_HEADER, PortTaken, application, serve

SECRET = "hook-secret"


async def well() -> Verdict:
    return Verdict(ok=True, detail="all good")


async def unwell() -> Verdict:
    return Verdict(ok=False, detail="no leader")


async def broken() -> Verdict:
    raise RuntimeError("redis://u:redis-pass@host")


class Site:
    def __init__(self, runner, session):
        self.port = runner.addresses[0][1]
        self._session = session

    async def ask(self, path, method="GET", **options):
        url = f"http://127.0.0.1:{self.port}{path}"
        async with self._session.request(method, url, **options) as response:
            return response.status, await response.text(), response.headers

    async def ready(self):
        status, text, _ = await self.ask("/ready")
        return status, json.loads(text)


@pytest.fixture
async def open_site():
    runners = []
    async with aiohttp.ClientSession() as session:

        async def start(*probes, metrics=None, **options):
            app = application(probes, metrics or Metrics(), **options)
            runners.append(await serve(app, "127.0.0.1", 0))
            return Site(runners[-1], session)

        yield start
    for runner in runners:
        await runner.cleanup()


async def test_alive_is_alive_whatever_else_is_wrong(open_site):
    site = await open_site(Probe("store", broken))
    assert (await site.ask("/live"))[:2] == (200, '{"live": true}')


async def test_ready_says_how_each_part_is(open_site):
    site = await open_site(Probe("store", well), Probe("telegram", well))
    assert await site.ready() == (
        200,
        {
            "ready": True,
            "checks": {
                "store": {"ok": True, "detail": "all good"},
                "telegram": {"ok": True, "detail": "all good"},
            },
        },
    )


async def test_without_an_essential_part_it_is_not_ready(open_site):
    site = await open_site(Probe("store", well), Probe("leader", unwell))
    status, report = await site.ready()
    assert (status, report["ready"]) == (503, False)
    assert report["checks"]["leader"] == {"ok": False, "detail": "no leader"}


async def test_what_is_not_essential_is_only_said(open_site):
    site = await open_site(Probe("persistence", unwell, essential=False))
    status, report = await site.ready()
    assert (status, report["ready"]) == (200, True)
    assert report["checks"]["persistence"]["ok"] is False


async def test_a_probe_that_fails_is_not_ready_and_tells_no_secret(open_site):
    site = await open_site(Probe("store", broken), Probe("telegram", well))
    status, report = await site.ready()
    assert status == 503
    assert report["checks"]["store"] == {"ok": False, "detail": "RuntimeError"}
    assert report["checks"]["telegram"]["ok"] is True


async def test_a_probe_that_hangs_is_not_ready(open_site, monkeypatch):
    monkeypatch.setattr("bot.web.health.PATIENCE", 0.01)

    async def hang() -> Verdict:
        return await asyncio.Event().wait()

    site = await open_site(Probe("store", hang))
    status, report = await site.ready()
    assert status == 503
    assert "no answer" in report["checks"]["store"]["detail"]


async def test_metrics_are_prometheus_text(open_site):
    metrics = Metrics()
    metrics.answered(Sent(1))
    metrics.answered(Gone("blocked by Aida"))
    metrics.kept(Edition.EN)
    metrics.polled(Edition.RU, well=False)
    metrics.updates.labels("handled").inc()
    metrics.waiting.set(17)
    metrics.delivered(4)
    site = await open_site(metrics=metrics)
    status, text, headers = await site.ask("/metrics")
    assert status == 200
    assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = text.splitlines()
    assert 'jarchy_alerts_total{outcome="Sent"} 1.0' in lines
    assert 'jarchy_alerts_total{outcome="Gone"} 1.0' in lines
    assert 'jarchy_articles_total{edition="en"} 1.0' in lines
    assert 'jarchy_polls_total{edition="ru",result="failed"} 1.0' in lines
    assert 'jarchy_updates_total{fate="handled"} 1.0' in lines
    assert "jarchy_outbox_waiting 17.0" in lines
    assert 'jarchy_delivery_seconds_bucket{le="5.0"} 1.0' in lines
    assert "Aida" not in text


def test_two_bots_in_one_process_count_apart():
    one, other = Metrics(), Metrics()
    one.waiting.set(1)
    assert b"jarchy_outbox_waiting 0.0" in other.text()


class Hook:
    def __init__(self, status=200):
        self.status = status
        self.calls = []

    def __call__(self, secret, body):
        self.calls.append((secret, body))
        return self.status


@pytest.mark.parametrize("path", ["hook", "/hook"])
async def test_a_webhook_hands_secret_and_body_over(open_site, path):
    hook = Hook()
    site = await open_site(webhook_path=path, accept=hook)
    headers = {SECRET_HEADER: SECRET}
    assert (await site.ask("/hook", "POST", data=b"{}", headers=headers))[0] == 200
    assert hook.calls == [(SECRET, b"{}")]


async def test_a_webhook_without_a_secret_hands_none_over(open_site):
    hook = Hook(403)
    site = await open_site(webhook_path="hook", accept=hook)
    assert (await site.ask("/hook", "POST", data=b"{}"))[0] == 403
    assert hook.calls == [("", b"{}")]


async def test_a_webhook_without_room_says_when_to_come_again(open_site):
    site = await open_site(webhook_path="hook", accept=Hook(503))
    status, _, headers = await site.ask("/hook", "POST", data=b"{}")
    assert (status, headers["Retry-After"]) == (503, "5")


async def test_an_update_larger_than_any_can_be_does_not_come_again(open_site):
    hook = Hook()
    site = await open_site(webhook_path="hook", accept=hook)
    assert (await site.ask("/hook", "POST", data=io.BytesIO(b"x" * (MAX_UPDATE + 1))))[0] == 200
    assert hook.calls == [("", b"")]


async def test_without_a_webhook_there_is_no_page_for_one(open_site):
    site = await open_site()
    assert (await site.ask("/hook", "POST", data=b"{}"))[0] == 404


async def test_a_taken_port_is_said_in_one_line(open_site):
    site = await open_site()
    with pytest.raises(PortTaken, match=rf"127.0.0.1:{site.port}.*set PORT to another") as error:
        await serve(application([], Metrics()), "127.0.0.1", site.port)
    assert "\n" not in str(error.value)
