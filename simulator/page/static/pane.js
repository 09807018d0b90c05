// One open chat: its header, the messages with their days, and the composer.

import { post } from "./api.js";
import { bubble, fromBot } from "./bubble.js";
import { Composer } from "./composer.js";
import { h, avatar, icon } from "./dom.js";
import { paneMenu } from "./dialogs.js";
import { pressKey } from "./keys.js";
import { key, store } from "./store.js";
import { day, words } from "./words.js";

const NEAR = 120;

/** A pane shows one chat as one person sees it. `leave` is called when it is closed. */
export class Pane {
  constructor(personId, chatId, leave) {
    this.personId = personId;
    this.chatId = chatId;
    this.key = key(personId, chatId);
    this.leave = leave;
    this.list = h("ol", { class: "messages", "aria-live": "polite", "aria-label": "Messages" });
    this.scroller = h("div", { class: "scroller", tabindex: "-1" }, this.list);
    this.down = h("button", { type: "button", class: "down", hidden: true, "aria-label": "To the newest message", onclick: () => this.toEnd("smooth") }, icon("down"));
    this.composer = new Composer(this);
    this.header = h("header", { class: "pane-header" });
    this.element = h("section", { class: "pane", "data-key": this.key, "aria-label": `${this.person.first_name}: ${store.name(this.chat)}` }, this.header, this.scroller, this.down, this.composer.element);
    this.follows = true;
    this.scroller.addEventListener("scroll", () => this.scrolled());
    const resized = new ResizeObserver(() => this.follows && this.toEnd("instant"));
    for (const part of [this.scroller, this.list]) resized.observe(part);
    this.element.addEventListener("focusin", () => this.activate());
    this.element.addEventListener("click", (event) => this.follow(event));
    this.render();
  }

  get chat() {
    return store.chat(this.chatId);
  }

  get person() {
    return store.person(this.personId);
  }

  activate() {
    store.active = this.key;
    store.read(this.key);
  }

  /** Draw everything anew. */
  render() {
    this.renderHeader();
    this.list.replaceChildren(...(this.chat.messages.length > 0 ? [] : [this.greeting()]));
    this.chat.messages.forEach((message, index, all) => this.append(message, all[index - 1]));
    this.composer.render();
    this.toEnd("instant");
  }

  renderHeader() {
    const { chat, person } = this;
    const bot = chat.type === "private";
    const members = chat.members.map((id) => store.person(id)?.first_name).filter(Boolean);
    const below = bot ? `${words(person.language).bot} · ${person.first_name}` : `${person.first_name} · ${words(person.language).members}: ${members.join(", ")}`;
    this.header.replaceChildren(
      h("button", { type: "button", class: "round back", "aria-label": "Back to the chats", onclick: () => this.leave(this) }, icon("back")),
      avatar(store.name(chat), bot ? store.state.bot.id : chat.id, bot ? "bot" : "group"),
      h("div", { class: "who" }, h("h2", {}, store.name(chat)), h("p", {}, below)),
      h("button", { type: "button", class: "round", "aria-label": "More", "aria-haspopup": "menu", onclick: (event) => paneMenu(event.currentTarget, this) }, icon("more")),
      h("button", { type: "button", class: "round close", "aria-label": "Close this chat", onclick: () => this.leave(this) }, icon("close")),
    );
  }

  greeting() {
    const { person } = this;
    const about = this.chat.about?.[person.language] ?? this.chat.about?.en ?? "";
    return h("li", { class: "greeting" }, avatar(store.name(this.chat), store.state.bot.id, "bot"), h("h3", {}, words(person.language).about), about ? h("p", { dir: "auto" }, about) : null);
  }

  append(message, before) {
    const today = day(message.date, this.person.language);
    if (!before || day(before.date, this.person.language) !== today) this.list.append(h("li", { class: "day" }, h("span", {}, today)));
    const shown = bubble(message, this.person, this.actions);
    const last = this.list.lastElementChild;
    // Only the last bubble of a run by one sender has its tail and avatar.
    if (last?.dataset.from && last.dataset.from === shown.dataset.from) last.classList.add("followed");
    this.list.append(shown);
  }

  actions = {
    say: (text) => this.say(text),
    press: (button, message, element) => pressKey(this, button, message, element),
  };

  /** A message came in, or changed, or is gone. */
  took({ type, message, message_id: id }) {
    if (type === "message") this.added(message);
    else if (type === "edited") this.find(message.message_id)?.replaceWith(this.redrawn(message));
    else this.find(id)?.remove();
    if (this.follows || message?.from?.id === this.personId) this.toEnd("instant");
    else this.scrolled();
  }

  added(message) {
    const all = this.chat.messages;
    this.list.querySelector(".greeting")?.remove();
    this.append(message, all[all.findIndex((one) => one.message_id === message.message_id) - 1]);
    this.list.lastElementChild.classList.add("fresh");
    this.composer.render();
    if (fromBot(message)) this.typing(false);
  }

  redrawn(message) {
    const shown = bubble(message, this.person, this.actions);
    if (this.find(message.message_id).classList.contains("followed")) shown.classList.add("followed");
    return shown;
  }

  typing(on) {
    this.header.classList.toggle("typing", on);
    clearTimeout(this.typingEnd);
    if (on) this.typingEnd = setTimeout(() => this.typing(false), 5000);
  }

  find(id) {
    return this.list.querySelector(`[data-id="${Number(id)}"]`);
  }

  toEnd(behavior) {
    this.follows = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior });
  }

  // New messages are followed until one scrolls up.
  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    if (near || scrollTop < this.top) this.follows = near;
    this.top = scrollTop;
    this.down.hidden = near;
  }

  /** Send a text as this person. */
  async say(text) {
    await post("api/say", { person: this.personId, chat: this.chatId, text });
  }

  // A link to the bot itself is a start with a parameter, as in Telegram.
  follow(event) {
    const address = event.target.closest?.("a[href]")?.href;
    if (!address) return;
    const { host, pathname, searchParams } = new URL(address);
    const mine = host === "t.me" && pathname.slice(1).toLowerCase() === store.state.bot.username.toLowerCase();
    if (!mine || this.chat.type !== "private") return;
    event.preventDefault();
    this.say(`/start ${searchParams.get("start") ?? ""}`.trim());
  }
}
