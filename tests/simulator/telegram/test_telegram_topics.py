async def refusal(api, chat, **params):
    answer = await api("sendMessage", chat_id=chat, text="a", **params)
    return answer.get("error_code"), answer.get("description")


async def test_topics_keep_their_messages_apart(telegram, api, aida):
    forum = telegram.group("Forum", [aida], forum=True)
    rates, news = telegram.topic(forum, "Rates"), telegram.topic(forum, "News")
    await api("sendMessage", chat_id=forum, text="in rates", message_thread_id=rates)
    await api("sendMessage", chat_id=forum, text="in general")
    said = telegram.say(aida, forum, "/list", thread=news)
    assert (said["message_thread_id"], said["is_topic_message"]) == (news, True)
    assert [each["text"] for each in telegram.history(forum, rates)[1:]] == ["in rates"]
    assert telegram.history(forum, 0)[-1]["text"] == "in general"


async def test_a_topic_that_is_closed_or_deleted_refuses(telegram, api, aida):
    forum = telegram.group("Forum", [aida], forum=True)
    topic = telegram.topic(forum, "News")
    telegram.close_topic(forum, topic)
    closed = await refusal(api, forum, message_thread_id=topic)
    assert closed == (400, "Bad Request: TOPIC_CLOSED")
    telegram.reopen_topic(forum, topic)
    assert await refusal(api, forum, message_thread_id=topic) == (None, None)
    telegram.delete_topic(forum, topic)
    deleted = await refusal(api, forum, message_thread_id=topic)
    assert deleted == (400, "Bad Request: message thread not found")
    assert telegram.history(forum, topic) == []


async def test_a_bot_that_is_administrator_runs_topics_itself(telegram, api, aida):
    forum = telegram.group("Forum", [aida], forum=True, bot="administrator")
    topic = (await api("createForumTopic", chat_id=forum, name="News"))["result"]
    place = {"chat_id": forum, "message_thread_id": topic["message_thread_id"]}
    assert (await api("closeForumTopic", **place))["ok"]
    assert (await api("closeForumTopic", **place))["description"].endswith("TOPIC_NOT_MODIFIED")
    assert (await api("reopenForumTopic", **place))["ok"]
    assert (await api("deleteForumTopic", **place))["ok"]
    assert (await api("deleteForumTopic", **place))["description"].endswith("TOPIC_ID_INVALID")
