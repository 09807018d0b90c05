import asyncio

import pytest

from simulator.telegram import Limits, Telegram


def article(number, **more):
    content = {"message_text": f"<b>{number}</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": str(number), "title": f"Article {number}"}
    return result | {"input_message_content": content} | more


@pytest.fixture
async def asked(telegram, api, aida):
    """A query under way: its update, and the task that waits for the answer."""
    task = asyncio.create_task(telegram.inline(aida, "visa", offset="10"))
    [update] = (await api("getUpdates", timeout=10))["result"]
    yield update["inline_query"], task
    task.cancel()


async def test_a_query_is_told_and_its_answer_comes_back(telegram, api, aida, asked):
    query, task = asked
    assert (query["query"], query["offset"], query["from"]["id"]) == ("visa", "10", aida.id)
    results = [article(1), article(2)]
    answered = await api(
        "answerInlineQuery", inline_query_id=query["id"], results=results, next_offset="20"
    )
    assert answered["ok"]
    answer = await task
    assert (answer["results"], answer["next_offset"]) == (results, "20")
    assert telegram.ledger.violations() == []


async def test_a_chosen_result_is_sent_via_the_bot_and_told(telegram, api, aida, asked):
    query, task = asked
    markup = {"inline_keyboard": [[{"text": "more", "callback_data": "m"}]]}
    results = [article(1), article(2, reply_markup=markup)]
    await api("answerInlineQuery", inline_query_id=query["id"], results=results)
    group = telegram.group("Readers", [aida], bot="left")
    telegram.world.updates.clear()
    telegram.choose(aida, group, await task, 0)
    [update] = (await api("getUpdates"))["result"]
    assert "inline_message_id" not in update["chosen_inline_result"]
    telegram.world.updates.clear()
    sent = telegram.choose(aida, group, await task, 1)
    assert (sent["text"], sent["via_bot"]["username"]) == ("2", "jarchy_bot")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    [update] = (await api("getUpdates"))["result"]
    chosen = update["chosen_inline_result"]
    assert (chosen["result_id"], chosen["query"]) == ("2", "visa")
    inline_id = chosen["inline_message_id"]
    assert (await api("editMessageText", inline_message_id=inline_id, text="3"))["result"] is True
    assert telegram.history(group)[-1]["text"] == "3"


async def test_a_press_under_a_message_sent_via_the_bot_names_it(telegram, api, aida, asked):
    query, task = asked
    markup = {"inline_keyboard": [[{"text": "more", "callback_data": "m"}]]}
    results = [article(1, reply_markup=markup)]
    await api("answerInlineQuery", inline_query_id=query["id"], results=results)
    group = telegram.group("Readers", [aida], bot="left")
    sent = telegram.choose(aida, group, await task, 0)
    telegram.world.updates.clear()
    telegram.press(aida, group, sent["message_id"], "more")
    [update] = (await api("getUpdates"))["result"]
    assert update["callback_query"]["inline_message_id"] == "inline-1"
    assert "message" not in update["callback_query"]


@pytest.mark.parametrize(
    ("results", "more", "reason"),
    [
        ([article(number) for number in range(51)], {}, "RESULTS_TOO_MUCH"),
        ([article(1), article(1)], {}, "RESULT_ID_DUPLICATE"),
        ([article("ж" * 33)], {}, "RESULT_ID_INVALID"),
        ([article("")], {}, "RESULT_ID_INVALID"),
        ([article(1)], {"next_offset": "ж" * 33}, "NEXT_OFFSET_INVALID"),
        (
            [article(1, input_message_content={"message_text": " "})],
            {},
            "message text is empty",
        ),
        (
            [article(1, input_message_content={"message_text": "<b>", "parse_mode": "HTML"})],
            {},
            "can't parse entities",
        ),
        ([article(1, title=" ")], {}, "article title must be non-empty"),
        ([], {"button": {"text": "", "start_parameter": "x"}}, "button text must be non-empty"),
        ([], {"button": {"text": "Open"}}, "can't parse inline query results button"),
        ([], {"button": {"text": "Open", "start_parameter": ""}}, "can't use empty"),
        ([], {"button": {"text": "Open", "start_parameter": "x" * 65}}, "too long"),
        ([], {"button": {"text": "Open", "start_parameter": "виза"}}, "unallowed characters"),
    ],
)
async def test_an_impossible_answer_is_refused_and_may_be_mended(api, asked, results, more, reason):
    query, _ = asked
    params = {"inline_query_id": query["id"]}
    answer = await api("answerInlineQuery", **params, results=results, **more)
    assert answer["description"].startswith(f"Bad Request: {reason}")
    assert (await api("answerInlineQuery", **params, results=[]))["ok"]


async def test_a_query_is_answered_once(api, asked):
    query, _ = asked
    params = {"inline_query_id": query["id"], "results": []}
    await api("answerInlineQuery", **params)
    assert "query is too old" in (await api("answerInlineQuery", **params))["description"]


async def test_a_button_above_the_results_is_shown_with_them(telegram, api, asked):
    query, task = asked
    button = {"text": "Open", "start_parameter": "sub_dmlzYQ"}
    answer = {"inline_query_id": query["id"], "results": [], "button": button}
    assert (await api("answerInlineQuery", **answer))["ok"]
    assert (await task)["button"] == button
    assert telegram.ledger.violations() == []


async def test_an_app_sends_no_more_than_256_characters(telegram, aida):
    with pytest.raises(TimeoutError):
        await telegram.inline(aida, "ж" * 300, timeout=0.01)
    [update] = telegram.world.updates.waiting()
    assert update["inline_query"]["query"] == "ж" * 256


async def test_a_bot_without_inline_mode_can_not_be_asked():
    telegram = Telegram(inline=False)
    with pytest.raises(ValueError, match="no inline mode"):
        await telegram.inline(telegram.person("Aida"), "visa")


async def test_a_query_that_nobody_answers_times_out(telegram, aida):
    with pytest.raises(TimeoutError):
        await telegram.inline(aida, "visa", timeout=0.01)


def test_a_query_can_not_be_answered_when_its_time_is_over():
    now = 1_000_000.0
    telegram = Telegram(limits=Limits.off(), clock=lambda: now, query_lifetime=10)
    query = telegram.world.queries.ask("inline", 1)
    now += 11
    with pytest.raises(Exception, match="query is too old"):
        telegram.world.queries.answer("inline", query.id, {})
