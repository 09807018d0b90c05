"""What every Leadership and every Handled must do."""

import asyncio


async def test_one_leads_at_a_time(stores):
    one, other = stores.candidates
    assert await one.hold(60)
    assert not await other.hold(60)
    assert await one.hold(60)


async def test_who_resigns_is_followed_at_once(stores):
    one, other = stores.candidates
    await one.hold(60)
    await one.resign()
    assert await other.hold(60)
    assert not await one.hold(60)


async def test_who_does_not_lead_can_not_resign_for_another(stores):
    one, other = stores.candidates
    await one.hold(60)
    await other.resign()
    assert not await other.hold(60)


async def test_who_does_not_renew_is_followed(stores):
    one, other = stores.candidates
    await one.hold(0.05)
    stores.pass_time(0.05)
    while not await other.hold(60):  # noqa: ASYNC110 - the store's own clock has to pass
        await asyncio.sleep(0.01)
    assert not await one.hold(60)


async def test_what_was_handled_is_remembered(stores):
    assert not await stores.handled.was(7)
    await stores.handled.add(7)
    await stores.handled.add(7)
    assert await stores.handled.was(7)
    assert not await stores.handled.was(8)
