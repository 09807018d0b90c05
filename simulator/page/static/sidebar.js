// The list of chats, reader by reader.

import { summary } from "./bubble.js";
import { addGroup, addReader, publishArticle, publishRate } from "./dialogs.js";
import { h, avatar, icon } from "./dom.js";
import { key, store } from "./store.js";
import { LANGUAGES, clock } from "./words.js";

/** Draw the list into `element`; `open(person, chat, beside)` is called with what is chosen. */
export function sidebar(element, open) {
  const { bot, people } = store.state;
  const focused = document.activeElement?.closest?.("#sidebar [data-focus]")?.dataset.focus;
  element.replaceChildren(
    h("header", { class: "side-header" }, h("img", { src: "icon.svg", alt: "" }), h("div", {}, h("h1", {}, bot.name), h("p", {}, `@${bot.username}`)), h("span", { class: "connection", role: "status" }, "connecting…")),
    h("div", { class: "side-list" }, ...people.map((person) => reader(person, open))),
    h(
      "footer",
      { class: "side-actions" },
      action("news", "Publish an article", publishArticle, "primary"),
      action("rate", "Change a rate", publishRate),
      action("person", "Add a reader", () => addReader(open)),
      action("group", "New group", () => addGroup(open)),
    ),
  );
  if (focused) element.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

function action(name, label, act, style = "") {
  return h("button", { type: "button", class: `action ${style}`, "data-focus": name, onclick: act }, icon(name), h("span", {}, label));
}

function reader(person, open) {
  const rows = store.chatsOf(person).map((chat) => row(person, chat, open));
  return h(
    "section",
    { class: "reader", "aria-label": person.first_name },
    h("h2", {}, person.first_name, h("span", { class: "language" }, LANGUAGES[person.language] ?? person.language)),
    h("ul", {}, ...rows),
  );
}

function row(person, chat, open) {
  const view = key(person.id, chat.id);
  const last = chat.messages.at(-1);
  const unread = store.unread.get(view) ?? 0;
  const bot = chat.type === "private";
  const name = store.name(chat);
  const label = `${name}, ${person.first_name}${unread ? `, ${unread} unread` : ""}`;
  return h(
    "li",
    { class: `chat${store.open.includes(view) ? " open" : ""}` },
    h(
      "button",
      { type: "button", class: "row", "data-focus": view, "aria-label": label, "aria-current": store.active === view ? "true" : null, onclick: () => open(person.id, chat.id, false) },
      avatar(bot ? person.first_name : name, bot ? person.id : chat.id, bot ? "" : "group"),
      h("span", { class: "name" }, bot ? `${person.first_name} → ${name}` : name),
      h("span", { class: "when" }, last ? clock(last.date) : ""),
      h("span", { class: "last", dir: "auto" }, last ? summary(last) : "…"),
      unread ? h("span", { class: "badge" }, unread) : null,
    ),
    h("button", { type: "button", class: "round beside", "aria-label": `Open beside: ${name}, ${person.first_name}`, title: "Open beside", onclick: () => open(person.id, chat.id, true) }, icon("columns")),
  );
}
