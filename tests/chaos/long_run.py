"""More than two hundred kills of any process at any step, and of the store: `make chaos`."""

import random

import pytest
from story.chaos import Aim, plan
from story.program import staged
from story.test_chaos import chaos

KILLS = 200
READERS = 150


@pytest.mark.timeout(2400)
async def test_two_hundred_kills_lose_nothing_and_repeat_only_what_was_in_flight(tmp_path):
    dice = random.Random(24)
    deliver = [*plan("deliver", 8, dice, 25), *[Aim("deliver")] * 28]
    dice.shuffle(deliver)
    collect = plan("collect", 2, dice, 2)
    lives = [
        deliver[::2],
        deliver[1::2],
        collect[::2],
        collect[1::2],
        [*plan("receive", 3, dice, 2), *[Aim("receive")] * 4],
    ]
    async with staged(tmp_path) as stage:
        kills = await chaos(stage, lives, READERS, store_kills=8)
    assert kills >= KILLS
