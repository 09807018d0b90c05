"""Killed some twenty times at any step, while articles come: nothing is lost, and nothing comes
twice but what was in flight. `make chaos` does it at length.
"""

import random

import pytest
from story.chaos import Aim, Chaos, plan
from story.crowd import gather

from bot.store.connection import connect

MOST_A_SECOND, MOST_TO_A_CHAT = 30, 1


async def chaos(stage, lives, readers, store_kills=0, seed=1):
    """Run it, and hold it to what is promised; how many were killed."""
    client = await connect("", stage.data)
    try:
        made = Chaos(await gather(stage, client, readers), client, random.Random(seed))
        try:
            await made.run(lives, store_kills)
        finally:
            said = f"\n{made.table()}\n"
            print(said)  # noqa: T201 - what one runs it for, however it ends
        assert await made.lost() == 0, said
        flying = set().union(*made.in_flight())
        assert made.crowd.twice() <= flying, said
        assert max(made.crowd.told.values()) <= 1 + len(made.kills), said
        assert made.crowd.most_in_a_second() <= MOST_A_SECOND, said
        assert not stage.telegram.ledger.violations()
    finally:
        await client.close()
    return len(made.kills)


@pytest.mark.timeout(180)
async def test_killed_again_and_again_it_loses_nothing_and_repeats_only_what_was_in_flight(stage):
    dice = random.Random(7)
    aims = plan("deliver", 1, dice, 6)
    lives = [
        [*aims[::2], Aim("deliver")],
        aims[1::2],
        [Aim("collect", "keep", "before", 2)],
        [Aim("receive", "subscribe", "after"), Aim("receive", "handled", "before")],
    ]
    kills = await chaos(stage, lives, readers=100)
    assert kills >= 19
