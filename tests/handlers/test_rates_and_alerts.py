"""`/rates` and `/alert`, as readers meet them."""

from datetime import date
from decimal import Decimal
from threading import get_ident

import pytest

from bot.flows.exchange import MOST_THRESHOLDS
from bot.messages.chart import Series, charts, single
from bot.model import Language
from simulator.telegram import Fault
from tests.builders.bank import rate
from tests.handlers.room import button, data, labels

SHOWN = ((date(2026, 2, 27), Decimal("87.4000")), (date(2026, 3, 2), Decimal("87.4500")))
"""What the reader's chart of the dollar shows."""


@pytest.fixture
async def reader(room, anna):
    """On 2 March, at noon in Bishkek."""
    room.rates.put(
        rate("87.4000", "2026-02-27"),
        rate("87.4500", "2026-03-02"),
        rate("87.5000", "2026-03-03"),
        rate("1.1000", "2026-03-02", "RUB"),
        rate("5.4969", "2026-02-28", "JPY", nominal=10),
    )
    await room.say(anna, "/start")
    return anna


async def text(room, person, said):
    [answer] = await room.say(person, said)
    return answer.get("text") or answer["caption"]


async def test_the_table_has_the_day_the_change_the_source_and_tomorrow(room, reader):
    said = await text(room, reader, "/rates")
    for part in ("March 2", "USD 87.4500 ▲ 0.05 (0.06%)", "National Bank", "March 3", "87.5000"):
        assert part in said


async def test_a_day_off_says_so(room, reader):
    room.clock.pass_time(3 * 86400)
    assert "No new rate today (day off). This one holds since March 3." in await text(
        room, reader, "/rates"
    )


async def test_without_a_rate_there_is_an_answer_too(room, anna):
    assert "don't know any rates yet" in await text(room, anna, "/rates")
    assert "no rate for that currency" in await text(room, anna, "/rates 100 usd")
    assert "no rate for that currency" in await text(room, anna, "/alert usd > 88")


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("100 usd", "100 USD = 8,745 som"),
        ("100 долларга", "100 USD = 8,745 som"),
        ("1000,5 сом в доллары", "1,000.50 som = 11.44 USD"),
        ("1000 jpy", "1,000 JPY = 549.69 som"),
        ("500 som", "500 som = 454.55 RUB"),
    ],
)
async def test_a_sum_is_converted_with_its_rate_and_day(room, reader, words, result):
    said = await text(room, reader, f"/rates {words}")
    assert result in said
    assert "National Bank, " in said


async def test_a_currency_is_shown_over_some_days(room, reader):
    said = await text(room, reader, "/rates usd 90")
    for part in ("USD, the last 90 days", "Lowest: 87.4000, February 27", "Highest: 87.4500"):
        assert part in said


def picture(room, message):
    return room.telegram.world.files.get(message["photo"][-1]["file_id"]).data


async def test_a_currency_comes_with_its_chart_which_buttons_change_in_place(room, reader):
    [said] = await room.say(reader, "/rates usd 90")
    assert picture(room, said) == single(Series("USD", 1, SHOWN), 90, Language.EN)
    assert labels(said) == ["30 days", "✓ 90 days", "365 days", "All currencies"]
    assert await room.press(reader, said, "rp:usd:365") == ""
    now = room.now(said)
    assert "USD, the last 365 days" in now["caption"]
    assert labels(now)[2] == "✓ 365 days"
    assert await room.press(reader, said, "rp:all") == ""
    now = room.now(said)
    assert "Exchange rates over 30 days" in now["caption"]
    assert picture(room, now) != picture(room, said)
    assert "rp:rub:30" in data(now)


async def test_a_chart_is_drawn_and_uploaded_once_for_all_readers_of_a_language(
    room, reader, anna, monkeypatch
):
    drawn = []
    monkeypatch.setattr(charts, "single", lambda *asked: drawn.append(asked) or single(*asked))
    for person in (reader, anna):
        await room.say(person, "/rates usd 90")
    assert len(drawn) == 1
    uploads = [call for call in room.telegram.ledger.of("sendPhoto") if "picture" in call.params]
    assert len(uploads) == 1


async def test_charts_are_drawn_beside_the_event_loop(room, reader, monkeypatch):
    threads = []
    monkeypatch.setattr(
        charts, "single", lambda *asked: threads.append(get_ident()) or single(*asked)
    )
    await room.say(reader, "/rates usd 90")
    assert threads
    assert get_ident() not in threads


async def test_the_table_has_a_button_for_its_chart(room, reader):
    [table] = await room.say(reader, "/rates")
    assert await room.press(reader, table, button(table, "ro")) == ""
    [chart] = [each for each in room.telegram.history(reader.id) if "photo" in each]
    assert "Exchange rates over 30 days" in chart["caption"]
    assert data(chart) == [f"rp:{code}:30" for code in ("usd", "rub")]
    assert data(room.now(table)) == []


async def test_a_chat_that_takes_no_pictures_gets_the_figures(room, reader):
    refusal = "Bad Request: not enough rights to send photos to the chat"
    room.telegram.faults.add(Fault("sendPhoto", status=400, description=refusal))
    assert "USD, the last 90 days" in await text(room, reader, "/rates usd 90")


NO_AMOUNT = {
    "en": ("An amount must be more than 0.", "That is more money than I can convert."),
    "ru": ("Сумма должна быть больше нуля.", "Столько денег мне не пересчитать."),
    "ky": ("Сумма нөлдөн чоң болушу керек.", "Мынча көп акчаны эсептей албайм."),
}


@pytest.mark.parametrize("language", NO_AMOUNT)
async def test_what_is_wrong_with_an_amount_is_said_in_an_answer_and_while_it_is_typed(
    room, language
):
    person = room.telegram.person("Reader", language)
    not_positive, too_much = NO_AMOUNT[language]
    for said, wrong in (("-5 usd", not_positive), ("0 usd", not_positive), ("9" * 20, too_much)):
        sum_ = said if "usd" in said else f"{said} usd"
        answer = await text(room, person, f"/rates {sum_}")
        assert answer.startswith(wrong)
        assert "/rates 100 " in answer
        typed = await room.type(person, sum_)
        assert (typed["results"], typed["button"]["text"]) == ([], wrong)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "USD ± 5% (from 87.50)"), ("ru", "USD ± 5% (от 87,50)"),
     ("ky", "USD ± 5% (башталышы 87,50)")],
)  # fmt: skip
@pytest.mark.usefixtures("reader")
async def test_a_move_is_shown_with_the_rate_that_it_begins_from(room, language, said):
    person = room.telegram.person("Reader", language)
    assert said in await text(room, person, "/alert usd 5%")
    assert f"• {said}" in await text(room, person, "/alert")
    assert f"• {said}" in await text(room, person, "/list")


@pytest.mark.parametrize(
    ("said", "waited"),
    [("usd 90", "USD > 90"), ("usd 85", "USD < 85"), ("jpy 5.4", "10 JPY < 5.4")],
)
async def test_a_rate_without_a_side_is_waited_for_from_where_it_is_now(room, reader, said, waited):
    assert f"as soon as the rate is there: {waited}" in await text(room, reader, f"/alert {said}")


@pytest.mark.parametrize("said", ["/rates visa please", "/alert visa"])
async def test_what_is_not_understood_gets_examples(room, reader, said):
    assert "I didn't understand that." in await text(room, reader, said)


async def test_a_threshold_is_set_listed_and_removed(room, reader):
    [made] = await room.say(reader, "/alert usd > 88")
    assert "as soon as the rate is there: USD > 88" in made["text"]
    assert "already: USD > 80" in await text(room, reader, "/alert usd > 80")
    [listed] = await room.say(reader, "/alert")
    assert len(data(listed)) == 2
    assert await room.press(reader, listed, button(listed, "rw")) is not None
    assert len(data(room.now(listed))) == 1
    assert len(await room.thresholds.of((await room.chat(reader.id)).ref)) == 1


async def test_what_is_no_longer_waited_for_is_no_longer_said_to_be(room, reader):
    await room.say(reader, "/alert usd > 89")
    [made] = await room.say(reader, "/alert usd > 88")
    await room.press(reader, made, button(made, "rw"))
    assert "USD > 88" not in room.now(made)["text"]
    assert "• USD > 89" in room.now(made)["text"]
    await room.press(reader, room.now(made), button(room.now(made), "rw"))
    assert "You wait for no rate yet." in room.now(made)["text"]


@pytest.mark.parametrize("said", ["100 usd", "$100", "сколько будет 100 долларов?", "5000 сом"])
async def test_a_sum_is_converted_without_a_command(room, reader, said):
    assert "som" in await text(room, reader, said)


@pytest.mark.parametrize("said", ["usd", "usd eur", "доллар", "100", "100 xyz", "-5 usd"])
async def test_what_is_no_sum_is_offered_as_a_subscription(room, reader, said):
    assert f"news about “{said}”" in await text(room, reader, said)


async def test_thresholds_are_listed_and_removed_with_the_subscriptions(room, reader):
    await room.say(reader, "/alert usd > 88")
    [listed] = await room.say(reader, "/list")
    assert "You have no subscriptions yet." in listed["text"]
    assert data(listed) == ["ra:USD:above:88"]
    for number in range(9):
        await room.say(reader, f"/subscribe word{number}")
    [listed] = await room.say(reader, "/list")
    assert "9 subscriptions" in listed["text"]
    assert "USD" not in listed["text"]
    await room.press(reader, listed, "lp:1")
    last = room.now(listed)
    for part in ("word8", "The rates that you wait for", "USD > 88"):
        assert part in last["text"]
    assert await room.press(reader, last, "ra:USD:above:88")
    assert await room.thresholds.of((await room.chat(reader.id)).ref) == []
    assert "ra:USD:above:88" not in data(room.now(listed))


async def test_a_page_of_thresholds_alone_has_their_heading(room, reader):
    for number in range(8):
        await room.say(reader, f"/subscribe word{number}")
    await room.say(reader, "/alert usd > 88")
    [listed] = await room.say(reader, "/list")
    await room.press(reader, listed, "lp:1")
    assert room.now(listed)["text"].startswith("The rates that you wait for")


async def test_there_are_not_more_thresholds_than_may_be(room, reader):
    for number in range(MOST_THRESHOLDS):
        await room.say(reader, f"/alert usd > {number + 90}")
    assert "more is not possible" in await text(room, reader, "/alert usd > 300")
