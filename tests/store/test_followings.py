"""What is followed, put together from the rows of the store."""

import json

from bot.model import ChatRef, Edition, Following
from bot.store import keys
from bot.store.followings import Followings
from bot.store.subscriptions import RedisSubscriptions
from tests.builders.news import subscription

EN, BOTH = frozenset({Edition.EN}), frozenset({Edition.EN, Edition.RU})


def page(fields):
    return "\n".join(f"{chat}\t{json.dumps(rows)}" for chat, rows in fields.items())


def followed(*pages):
    found = Followings()
    for lines in pages:
        found.add(lines)
    return [
        (one.key, one.text, one.editions, [*one.chats], one.topic)
        for one in found
        if isinstance(one, Following)
    ]


def test_who_follows_alike_is_one_whenever_it_was_asked_for():
    first = page({1: {"0/k": "en\t5\tvisa"}, -2: {"0/k": "en\t6\tvisa", "7/k": "en\t7\tvisa"}})
    second = page({3: {"0/k": "en,ru!/daily@9\t8\tvisa"}, 4: {"0/k": "en\t9\tvisa"}})
    assert followed(first, second) == [
        ("k", "visa", EN, [1, -2, 4], 0),
        ("k", "visa", EN, [-2], 7),
        ("k", "visa", BOTH, [3], 0),
    ]


def test_a_text_is_read_as_it_was_asked():
    text = 'a "b"\t\\c\n{d}: [é], 🔥'
    assert followed(page({1: {"0/k": f"en\t5\t{text}"}})) == [("k", text, EN, [1], 0)]


def test_damaged_rows_harm_nothing_beside_them():
    good = {"0/k": "en\t5\tvisa"}
    damaged = ['2\t{"0/k":', "3\t[]", '4\t{"0/k":"en"}', '5\t{"0/k":7}', "x\t{}x", ""]
    damaged += [page({1 << 70: good})]
    lines = "\n".join([page({1: good}), *damaged, page({6: good})])
    odd = page({7: {"k": "en\t5\tvisa"}, 8: {"0/k": "xx\t5\tvisa"}, 9: {"x/k": "en\t5\tvisa"}})
    [(*rest, chats, topic)] = followed(lines, odd)
    assert rest == ["k", "visa", EN]
    assert {*chats} == {1, 6}
    assert topic == 0


async def test_a_byte_that_is_damaged_harms_no_other_row(store):
    subscriptions = RedisSubscriptions(store)
    for chat in (1, 3):
        await subscriptions.add(subscription(ChatRef(chat), "visa"), 10)
    await store.execute("HSET", keys.SUBSCRIPTIONS, 2, b'{"0/k":"en\\t5\\t\xff"}')
    found = {one.text: {*one.chats} async for one in subscriptions.all()}
    assert found["visa"] == {1, 3}
