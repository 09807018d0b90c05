// What the page knows: people, chats and messages, kept up to date by the server's events.

const EMPTY = { bot: { name: "", username: "", id: 0 }, people: [], chats: [], editions: {}, suggestions: {} };

class Store extends EventTarget {
  state = EMPTY;
  unread = new Map();
  open = [];
  active = null;
  ready = false;

  /** Take an event of the server's over; tell who watches. */
  apply(event) {
    const handle = HANDLERS[event.type];
    if (handle) handle(this, event);
    this.dispatchEvent(new CustomEvent(event.type, { detail: event }));
  }

  chat(id) {
    return this.state.chats.find((chat) => chat.id === id);
  }

  person(id) {
    return this.state.people.find((person) => person.id === id);
  }

  /** What a person sees in the list: their chats, the bot's first. */
  chatsOf(person) {
    return this.state.chats.filter((chat) => chat.members.includes(person.id));
  }

  name(chat) {
    return chat.type === "private" ? this.state.bot.name : chat.title;
  }

  /** Mark a person's chat as read. */
  read(key) {
    if (this.unread.delete(key)) this.changed();
  }

  changed() {
    this.dispatchEvent(new Event("changed"));
  }
}

export const store = new Store();

/** A person's view of a chat, as a key. */
export const key = (person, chat) => `${person}:${chat}`;

const HANDLERS = {
  snapshot(store, { state }) {
    store.state = state;
    store.ready = true;
  },
  chat(store, { chat }) {
    const index = store.state.chats.findIndex(({ id }) => id === chat.id);
    if (index < 0) store.state.chats.push(chat);
    else store.state.chats[index] = { ...chat, messages: store.state.chats[index].messages };
  },
  people(store, { people }) {
    store.state.people = people;
  },
  suggestions(store, { suggestions }) {
    store.state.suggestions = suggestions;
  },
  message(store, { chat_id, message }) {
    const chat = store.chat(chat_id);
    if (!chat || find(chat, message) >= 0) return;
    chat.messages.push(message);
    if (message.from?.id !== store.state.bot.id) chat.started = true;
    countUnread(store, chat, message);
  },
  edited(store, { chat_id, message }) {
    const chat = store.chat(chat_id);
    const index = chat ? find(chat, message) : -1;
    if (index >= 0) chat.messages[index] = message;
  },
  deleted(store, { chat_id, message_id }) {
    const chat = store.chat(chat_id);
    if (chat) chat.messages = chat.messages.filter((one) => one.message_id !== message_id);
  },
};

const find = (chat, { message_id }) => chat.messages.findIndex((one) => one.message_id === message_id);

function countUnread(store, chat, message) {
  for (const person of chat.members) {
    const view = key(person, chat.id);
    const seen = store.open.includes(view) && document.hasFocus();
    if (message.from?.id === person || seen) continue;
    store.unread.set(view, (store.unread.get(view) ?? 0) + 1);
  }
}
