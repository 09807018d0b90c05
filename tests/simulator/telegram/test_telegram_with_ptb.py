"""An independent client sees what Telegram would show it."""

import asyncio
from datetime import timedelta

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    error,
)
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler

from simulator.telegram import Fault, Limits

PICTURE = b"\x89PNG\r\n\x1a\n and so on"
BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("press", callback_data="b", style="danger")]])


async def test_the_library_knows_itself(bot):
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (42, "jarchy_bot", True)
    assert me.supports_inline_queries


async def test_it_sends_edits_and_deletes(telegram, bot, aida):
    message = await bot.send_message(
        aida.id,
        "<b>a</b>",
        parse_mode="HTML",
        reply_markup=BUTTON,
        link_preview_options=LinkPreviewOptions(url="https://a.kg/"),
    )
    assert (message.text_html, message.reply_markup) == ("<b>a</b>", BUTTON)
    edited = await message.edit_text("b")
    assert (edited.text, edited.reply_markup) == ("b", None)
    photo = await bot.send_photo(aida.id, PICTURE, caption="c", filename="a.png")
    assert await (await photo.photo[0].get_file()).download_as_bytearray() == PICTURE
    assert await message.delete()
    assert [each.get("text") for each in telegram.history(aida.id)] == ["hello", None]
    assert telegram.ledger.violations() == []


async def test_it_receives_and_answers(telegram, bot, aida):
    telegram.say(aida, aida.id, "/start sub_1")
    [update] = await bot.get_updates(timeout=5)
    assert update.message.text == "/start sub_1"
    assert update.effective_user.language_code == "ky"
    message = await update.message.reply_text("hi", reply_markup=BUTTON, do_quote=True)
    query = telegram.press(aida, aida.id, message.message_id, "b")
    [pressed] = await bot.get_updates(offset=update.update_id + 1)
    assert await pressed.callback_query.answer("done", show_alert=True)
    assert telegram.callback_answers[query]["show_alert"] is True
    assert telegram.ledger.violations() == []


async def test_it_answers_inline_queries(telegram, bot, aida):
    asking = asyncio.create_task(telegram.inline(aida, "visa"))
    [update] = await bot.get_updates(timeout=5)
    content = InputTextMessageContent("<b>a</b>", parse_mode="HTML")
    result = InlineQueryResultArticle("1", "title", content, reply_markup=BUTTON)
    assert await update.inline_query.answer([result], cache_time=0, is_personal=True)
    assert telegram.choose(aida, aida.id, await asking, 0)["text"] == "a"
    assert telegram.ledger.violations() == []


async def test_it_registers_commands(telegram, bot, aida):
    commands = [BotCommand("start", "Begin")]
    assert await bot.set_my_commands(commands, BotCommandScopeChat(aida.id), language_code="ky")
    assert telegram.commands(aida.id, aida) == [{"command": "start", "description": "Begin"}]
    assert list(await bot.get_my_commands(BotCommandScopeChat(aida.id), "ky")) == commands
    assert telegram.ledger.violations() == []


async def test_it_looks_up_chats_and_members(telegram, bot, aida):
    group = telegram.group("Readers", [aida], bot="administrator")
    assert (await bot.get_chat(group)).title == "Readers"
    assert (await bot.get_chat_member(group, aida.id)).status == "creator"
    assert [each.status for each in await bot.get_chat_administrators(group)] == [
        "creator",
        "administrator",
    ]
    assert (await bot.get_webhook_info()).url == ""


async def test_each_refusal_is_the_librarys_own_exception(telegram, bot, aida, bek):
    with pytest.raises(error.Forbidden, match="can't initiate conversation"):
        await bot.send_message(bek.id, "a")
    with pytest.raises(error.BadRequest, match="Chat not found"):
        await bot.send_message(1, "a")
    with pytest.raises(error.BadRequest, match="Can't parse entities"):
        await bot.send_message(aida.id, "<b>", parse_mode="HTML")
    with pytest.raises(error.BadRequest, match="Message is too long"):
        await bot.send_message(aida.id, "a" * 4097)
    group = telegram.group("Readers", [aida])
    new = telegram.migrate(group)
    with pytest.raises(error.ChatMigrated) as moved:
        await bot.send_message(group, "a")
    assert moved.value.new_chat_id == new
    telegram.block(aida)
    with pytest.raises(error.Forbidden, match="blocked by the user"):
        await bot.send_message(aida.id, "a")
    telegram.faults.add(Fault(status=502, body="<h1>Bad Gateway</h1>"))
    with pytest.raises(error.NetworkError):
        await bot.send_message(bek.id, "a")


async def test_limits_are_the_librarys_retry_after(telegram, bot, aida, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    telegram.limits = Limits(chat_burst=1)
    await bot.send_message(aida.id, "a")
    with pytest.raises(error.RetryAfter) as refused:
        await bot.send_message(aida.id, "a")
    assert refused.value.retry_after == timedelta(seconds=1)


async def test_a_second_poll_is_the_librarys_conflict(telegram, bot, api):
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.wait_for(lambda: telegram.world.updates.polling)
    await api("getUpdates")
    with pytest.raises(error.Conflict):
        await first


async def start(update, _):
    await update.message.reply_text("welcome", reply_markup=BUTTON)


async def pressed(update, _):
    await update.callback_query.answer("done")
    await update.callback_query.edit_message_text("pressed")


async def test_an_application_of_the_library_runs_against_it(telegram, server, aida):
    base = str(server.make_url("/bot"))
    application = ApplicationBuilder().token("42:simulated").base_url(base).build()
    application.add_handlers([CommandHandler("start", start), CallbackQueryHandler(pressed)])
    async with application:
        await application.start()
        await application.updater.start_polling(poll_interval=0)
        telegram.say(aida, aida.id, "/start")
        await telegram.wait_for(lambda: telegram.history(aida.id)[-1].get("text") == "welcome")
        telegram.press(aida, aida.id, telegram.history(aida.id)[-1]["message_id"], "press")
        await telegram.wait_for(lambda: telegram.history(aida.id)[-1].get("text") == "pressed")
        await application.updater.stop()
        await application.stop()
    assert telegram.ledger.violations() == []
