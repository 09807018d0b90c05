"""Whatever a bot sends, it gets an answer: done, or refused with a 4xx."""

import asyncio
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.telegram import Limits, Telegram
from simulator.telegram.methods import METHODS
from simulator.telegram.schema import table

TEXTS = st.sampled_from(
    ["", " ", "a", "1", "@readers", "<b>", "<b>ж</b>", "*a*", "https://a.kg/", "😀" * 40]
)
NUMBERS = st.sampled_from([0, 1, 2, 3, 4, 42, 50, 1001, 1002, -1, -4001, 10**25])
JUNK = st.one_of(
    st.none(),
    st.just(0.5),
    st.just([[]]),
    st.just({"type": "photo"}),
    st.text(max_size=5),
)
PRIMITIVES = {
    "String": TEXTS,
    "Integer": NUMBERS,
    "Float": st.just(1.5),
    "Boolean": st.booleans(),
    "True": st.just(True),
    "InputFile": st.just("https://a.kg/1.jpg"),
}
PLAUSIBLE = {
    "chat_id": st.sampled_from([1001, 1002, -4001, -1000000000001, "@readers", 7]),
    "from_chat_id": st.sampled_from([1001, -4001]),
    "message_id": st.sampled_from([1, 2, 3, 99]),
    "message_thread_id": st.sampled_from([2, 3]),
    "parse_mode": st.sampled_from(["HTML", "MarkdownV2", "Markdown", "BBCode"]),
    "timeout": st.just(0),
}
DEPTH = 3


@cache
def values(kinds, depth):
    """Anything of these types."""
    return st.one_of([of_kind(kind, depth) for kind in kinds.split("|")])


def of_kind(kind, depth):
    if kind.startswith("Array of "):
        inner = values(kind.removeprefix("Array of "), depth)
        return st.lists(inner, max_size=3)
    if kind in PRIMITIVES:
        return PRIMITIVES[kind]
    members = table()["unions"].get(kind)
    if members:
        return st.sampled_from(members).flatmap(lambda member: values(member, depth))
    return fields_of(table()["types"][kind], depth - 1)


def fields_of(fields, depth):
    """Objects: every required field, some of the others while there is depth left."""
    made = {name: field_value(name, field, depth) for name, field in fields.items()}
    needed = {name: made[name] for name, field in fields.items() if field[1]}
    rest = {name: value for name, value in made.items() if name not in needed}
    return st.fixed_dictionaries(needed, optional=rest if depth > 0 else {})


def field_value(name, field, depth):
    if len(field) > 3:
        return st.just(field[3])
    if name in PLAUSIBLE:
        return PLAUSIBLE[name]
    return st.deferred(lambda: values(field[0], depth))


def requests(method):
    described = fields_of(table()["methods"][method], DEPTH)
    return st.tuples(described, st.sampled_from([None, None, None, *table()["methods"][method]]))


def world():
    telegram = Telegram(limits=Limits.off())
    aida, bek = telegram.person("Aida"), telegram.person("Bek")
    telegram.say(aida, aida.id, "hi")
    telegram.group("Readers", [aida, bek])
    forum = telegram.group("Forum", [aida], forum=True, bot="administrator", username="readers")
    telegram.topic(forum, "News")
    telegram.world.queries.ask("callback", aida.id)
    return telegram


async def answer(telegram, method, params):
    params = telegram.server.schema.coerce(method, params)
    return await telegram.server.call(method, params)


@pytest.mark.parametrize("method", sorted(METHODS))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_request_is_answered_in_the_shape_described(method, data):
    telegram = world()
    with asyncio.Runner() as runner:
        for _ in range(3):
            params, spoiled = data.draw(requests(method))
            if spoiled:
                params = params | {spoiled: data.draw(JUNK)}
            status, body = runner.run(answer(telegram, method, params))
            assert status in {200, 400, 403, 409}
            if status == 200:
                found = telegram.server.schema.check_answer(method, body["result"])
                assert [str(each) for each in found] == []
