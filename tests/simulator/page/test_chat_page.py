from decimal import Decimal

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = "<script>window.hacked = 1</script><img src=x onerror='window.hacked=1'> & \"x\""


@pytest.fixture
def aida(world):
    return next(iter(world.telegram.world.people.values()))


@pytest.fixture
def started(world, aida):
    """Aida has written already, so that the composer is there."""
    world.telegram.say(aida, aida.id, "Hello")
    return aida


async def test_a_new_reader_presses_start_and_the_bot_answers(page, world, aida):
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".message.in .text")).to_have_text("Do you agree?")
    said = world.telegram.history(aida.id)
    assert [message["text"] for message in said] == ["/start", "Do you agree?"]
    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()


@pytest.mark.usefixtures("started")
async def test_what_is_typed_is_sent_and_what_the_bot_says_is_shown(page):
    box = page.get_by_role("textbox", name="Message")
    await box.fill("Good morning")
    await box.press("Enter")
    await expect(page.locator(".message.out").last).to_contain_text("Good morning")
    await expect(page.locator(".message.in .text").last).to_have_text("You said: Good morning")
    await expect(box).to_have_value("")


async def test_a_pressed_key_edits_the_message_and_shows_the_answer(page, bot, world, aida):
    world.telegram.say(aida, aida.id, "/start")
    await page.get_by_role("button", name="Agree").click()
    await expect(page.locator(".toast")).to_have_text("Noted")
    await expect(page.locator(".message.in .text")).to_have_text("Agreed.")
    await expect(page.get_by_role("button", name="Agree")).to_have_count(0)
    assert bot.presses == ["agree"]


async def test_entities_are_shown_as_elements_at_utf_16_offsets(page, bot, started):
    html = (
        "🇰🇬🏔 <b>bold <i>both</i></b> <u>u</u> <s>s</s> <code>c</code> "
        '<a href="https://example.org/a">link</a> <tg-spoiler>secret</tg-spoiler>'
        "<blockquote>quote</blockquote>\nafter <b>Ысык-Көл</b>"
    )
    await bot.call("sendMessage", chat_id=started.id, text=html, parse_mode="HTML")
    text = page.locator(".message.in .text").last
    await expect(text.locator("strong").first).to_have_text("bold both")
    await expect(text.locator("strong em")).to_have_text("both")
    await expect(text.locator("strong").last).to_have_text("Ысык-Көл")
    await expect(text.locator("blockquote")).to_have_text("quote")
    link = text.get_by_role("link", name="link")
    await expect(link).to_have_attribute("href", "https://example.org/a")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    spoiler = text.get_by_role("button", name="Hidden text")
    await spoiler.press("Enter")
    await expect(text.locator(".spoiler")).to_have_class("spoiler revealed")


async def test_outside_text_never_becomes_markup(page, bot, world, started):
    world.telegram.person(HOSTILE, "en")
    keys = {"inline_keyboard": [[{"text": HOSTILE, "callback_data": "x"}]]}
    await bot.call("sendMessage", chat_id=started.id, text=HOSTILE, reply_markup=keys)
    await expect(page.locator(".message.in .text").last).to_have_text(HOSTILE)
    await expect(page.locator(".key").last).to_have_text(HOSTILE)
    await expect(page.locator(".reader h2").last).to_contain_text(HOSTILE)
    assert await page.evaluate("window.hacked") is None
    assert await page.locator(".message script, .message img, .key img").count() == 0


async def test_right_to_left_and_odd_characters_stay_in_their_bubble(page, bot, started):
    text = "مرحبا بالعالم 👨‍👩‍👧‍👦 \u202eabc\u202c " + "щ" * 400
    await bot.call("sendMessage", chat_id=started.id, text=text)
    bubble = page.locator(".message.in .bubble").last
    await expect(bubble.locator(".text")).to_have_css("unicode-bidi", "plaintext")
    assert await bubble.evaluate("b => b.scrollWidth <= b.clientWidth")


async def test_a_link_to_the_news_site_has_a_preview_card(page, bot, world, started):
    number = world.site.publish(
        "en", "A bridge opens", ["It is long."], picture="/files/media/7.png"
    )
    address = world.site_url + world.site.get(number).short_path
    await bot.call("sendMessage", chat_id=started.id, text=f"Read {address}")
    card = page.locator(".preview").last
    await expect(card).to_contain_text("A bridge opens")
    await expect(card).to_contain_text("It is long.")
    await expect(card.locator("img")).to_have_js_property("naturalWidth", 640)


async def test_a_slash_offers_the_commands_in_the_readers_language(page, world):
    bakyt = world.telegram.person("Bakyt", "ru")
    world.telegram.say(bakyt, bakyt.id, "Салам")
    await page.get_by_role("button", name="Jarchy, Bakyt", exact=False).first.click()
    pane = page.get_by_role("region", name="Bakyt: Jarchy")
    box = pane.get_by_role("textbox", name="Сообщение")
    await box.press_sequentially("/su")
    await expect(pane.get_by_role("option")).to_have_text("/subscribeПодписаться")
    await box.press("Tab")
    await expect(box).to_have_value("/subscribe ")


async def test_the_bots_name_offers_inline_results_and_one_is_sent(page, world, started):
    box = page.get_by_role("textbox", name="Message")
    await box.fill("@jarchy_bot visa")
    await expect(page.get_by_role("option")).to_have_count(2)
    await box.press("ArrowDown")
    await box.press("Enter")
    await expect(page.locator(".message.out .text").last).to_have_text("About visa, 2")
    sent = [one for one in world.telegram.history(started.id) if one["text"] == "About visa, 2"]
    assert [one["via_bot"]["username"] for one in sent] == ["jarchy_bot"]


@pytest.mark.usefixtures("started")
async def test_more_inline_results_come_as_one_scrolls_each_once(page):
    await page.get_by_role("textbox", name="Message").fill("@jarchy_bot many")
    results = page.locator(".offers .result")
    for count in (50, 100, 120):
        await expect(results).to_have_count(count)
        await results.last.scroll_into_view_if_needed()
    titles = await results.locator("b").all_text_contents()
    assert titles == [f"Number {number}" for number in range(120)]
    await results.nth(110).click()
    await expect(page.locator(".message.out .text").last).to_have_text("Sent 110")


async def test_the_button_above_the_results_starts_the_bot_with_its_parameter(page, world, started):
    group = world.telegram.group("Friends", [started])
    await page.get_by_role("button", name="Friends", exact=False).first.click()
    await page.get_by_role("textbox", name="Message").fill("@jarchy_bot many")
    await page.get_by_role("option", name="Get alerts").click()
    await expect(page.locator(".message.out .text").last).to_have_text("/start sub_dmlzYQ")
    answer = page.locator(".message.in .text").last
    await expect(answer).to_have_text("You said: /start sub_dmlzYQ")
    assert not any("sub_" in one.get("text", "") for one in world.telegram.history(group))


@pytest.mark.usefixtures("started")
async def test_the_form_publishes_an_article(page, world):
    await page.get_by_role("button", name="Publish an article").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Edition").select_option("ru")
    await dialog.get_by_label("Section").select_option("Спорт")
    await dialog.get_by_label("Title").fill("Победа")
    await dialog.get_by_label("Text").fill("Первый абзац.\n\nВторой.")
    await dialog.get_by_role("button", name="Publish").click()
    await expect(dialog).to_have_count(0)
    article = world.site.articles("ru")[0]
    assert (article.title, article.section) == ("Победа", "Спорт")
    assert article.body == ("Первый абзац.", "Второй.")


@pytest.mark.usefixtures("started")
async def test_the_form_changes_a_rate(page, world):
    await page.get_by_role("button", name="Change a rate").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("Som")).to_have_value("87.4500")
    await dialog.get_by_label("Currency").select_option("EUR")
    await expect(dialog.get_by_label("Som")).to_have_value("101.5630")
    await dialog.get_by_label("Som").fill("103,25")
    await dialog.get_by_role("button", name="Publish").click()
    await expect(dialog).to_have_count(0)
    assert world.site.bank.now()["EUR"] == Decimal("103.25")


@pytest.mark.usefixtures("started")
async def test_a_suggestion_is_one_press_away(page, world):
    word = world.site.upcoming("en")[0]
    await page.get_by_role("button", name=f"/subscribe {word}", exact=True).click()
    await expect(page.locator(".message.out .text").last).to_have_text(f"/subscribe {word}")
    suggested = world.site.upcoming("en")[2]
    world.site.publish_next("en")
    await page.mouse.move(5, 5)
    await page.locator(".bubble").first.click()
    world.site.publish_next("en")
    await expect(page.locator(".chip", has_text=suggested)).to_have_count(0)


@pytest.mark.usefixtures("world", "started")
async def test_two_readers_stand_side_by_side_and_each_sees_their_own_chat(page):
    await page.get_by_role("button", name="Add a reader").click()
    await page.get_by_label("Name").fill("Нургүл")
    await page.get_by_label("Language").select_option("ky")
    await page.get_by_role("button", name="Add", exact=True).click()
    pane = page.get_by_role("region", name="Нургүл: Jarchy")
    await pane.get_by_role("button", name="Баштоо").click()
    await expect(pane.locator(".message.in .text")).to_have_text("Do you agree?")
    await expect(page.locator(".pane")).to_have_count(2)
    first = page.get_by_role("region", name="Aida: Jarchy")
    await expect(first.locator(".message")).to_have_count(2)


@pytest.mark.usefixtures("bot", "started")
async def test_a_group_is_seen_by_each_of_its_members(open_page, world):
    world.telegram.person("Bakyt", "ru")
    page = await open_page()
    await page.get_by_role("button", name="New group").click()
    await page.get_by_label("Title").fill("Street")
    await page.get_by_role("button", name="Create").click()
    await expect(page.get_by_role("region", name="Aida: Street")).to_be_visible()
    await expect(page.locator(".row", has_text="Street")).to_have_count(2)
    await page.get_by_role("textbox", name="Message").last.fill("Hello all")
    await page.keyboard.press("Enter")
    bakyt = page.locator(".reader", has_text="Bakyt").locator(".row", has_text="Street")
    await expect(bakyt.locator(".last")).to_contain_text("Aida: Hello all")


@pytest.mark.usefixtures("bot", "started")
async def test_what_comes_to_a_closed_chat_is_marked_as_unread(page, world):
    bakyt = world.telegram.person("Bakyt", "ru")
    world.telegram.say(bakyt, bakyt.id, "Салам")
    row = page.locator(".row", has_text="Bakyt")
    await expect(row.locator(".badge")).to_have_text("1")
    await row.click()
    await expect(row.locator(".badge")).to_have_count(0)


@pytest.mark.usefixtures("world", "started")
async def test_a_blocked_bot_can_be_let_in_again(page):
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    await page.get_by_role("button", name="Restart").click()
    await expect(page.locator(".message.in .text").last).to_have_text("Do you agree?")


async def test_a_page_that_lost_its_stream_catches_up_by_itself(page, world, started):
    await page.context.set_offline(True)
    world.telegram.say(started, started.id, "Said meanwhile")
    await page.context.set_offline(False)
    await expect(page.locator(".message.out").last).to_contain_text("Said meanwhile")


@pytest.mark.usefixtures("world")
async def test_on_a_phone_there_is_one_column_and_a_way_back(open_page, bot, started):
    await bot.call("sendMessage", chat_id=started.id, text="w" * 300)
    page = await open_page(390, 844, has_touch=True, is_mobile=True)
    await expect(page.locator("#panes")).to_be_hidden()
    await page.locator(".row").tap()
    await expect(page.locator("#sidebar")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    assert await page.locator(".scroller").evaluate("s => s.scrollWidth <= s.clientWidth")
    await page.get_by_role("button", name="Back to the chats").tap()
    await expect(page.locator("#sidebar")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
