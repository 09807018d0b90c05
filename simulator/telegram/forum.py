"""Topics of a forum, opened, closed and deleted with their service messages."""

from simulator.telegram.model import Chat, Json, Topic
from simulator.telegram.world import World

ICON_COLOR = 7322096


def add_topic(world: World, chat: Chat, name: str, sender: Json) -> Topic:
    """A new thread, opened by `sender`."""
    number = chat.last_id + 1
    topic = chat.topics[number] = Topic(number, name)
    created = {"forum_topic_created": {"name": name, "icon_color": ICON_COLOR}}
    _say(world, chat, topic, sender | created)
    return topic


def close_topic(world: World, chat: Chat, topic: Topic, sender: Json, *, closed: bool) -> None:
    """Close it, or open it again."""
    topic.closed = closed
    field = "forum_topic_closed" if closed else "forum_topic_reopened"
    _say(world, chat, topic, sender | {field: {}})


def delete_topic(world: World, chat: Chat, thread: int) -> None:
    """With all its messages."""
    del chat.topics[thread]
    for message_id, message in list(chat.messages.items()):
        if message.get("message_thread_id") == thread:
            world.delete(chat, message_id)


def _say(world: World, chat: Chat, topic: Topic, content: Json) -> None:
    message = world.post(chat, content, topic.id)
    if content["from"]["id"] != world.bot.id:
        world.tell_bot(chat, message)
