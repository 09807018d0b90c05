// One message: its bubble, its link preview, and the keyboard below it.

import { h, avatar, icon } from "./dom.js";
import { formatted, link } from "./entities.js";
import { store } from "./store.js";
import { clock, words } from "./words.js";

/**
 * The element of a message as `viewer` (a person) sees it. `actions`: say(text), press(button,
 * message), compose(text).
 */
export function bubble(message, viewer, actions) {
  const service = serviceText(message);
  if (service) return h("li", { class: "service", "data-id": message.message_id }, h("span", {}, service));
  const mine = message.from?.id === viewer.id;
  const side = mine ? "out" : "in";
  const body = h("div", { class: "bubble" }, sender(message, mine), ...content(message, actions), meta(message, viewer, mine));
  const keyboard = message.reply_markup?.inline_keyboard;
  return h(
    "li",
    { class: `message ${side}${keyboard ? " has-keyboard" : ""}`, "data-id": message.message_id, "data-from": message.from?.id },
    mine ? null : avatar(message.from?.first_name ?? "", message.from?.id, message.from?.is_bot ? "bot" : ""),
    h("div", { class: "stack" }, body, keyboard ? inlineKeyboard(message, keyboard, actions) : null),
  );
}

function sender(message, mine) {
  if (mine || message.chat.type === "private") return null;
  return h("div", { class: `sender shade-${Math.abs(message.from?.id ?? 0) % 7}` }, message.from?.first_name ?? "");
}

function content(message, actions) {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities;
  const shown = h("div", { class: "text", dir: "auto" }, formatted(text, entities, actions.say));
  const above = message.link_preview_options?.show_above_text;
  const card = message.preview ? previewCard(message.preview, message.link_preview_options) : null;
  const via = message.via_bot ? h("div", { class: "via" }, `via @${message.via_bot.username}`) : null;
  return [via, reply(message), media(message), above ? card : null, text ? shown : null, above ? null : card];
}

function reply(message) {
  const answered = message.reply_to_message;
  if (!answered || answered.forum_topic_created) return null;
  const text = answered.text ?? answered.caption ?? "";
  return h("div", { class: "reply" }, h("b", {}, answered.from?.first_name ?? ""), h("span", {}, text.slice(0, 80)));
}

function media(message) {
  const file = message.photo?.at(-1) ?? message.document;
  if (!file) return null;
  const address = `api/files/${encodeURIComponent(file.file_id)}`;
  if (message.photo) return h("img", { class: "photo", src: address, alt: message.caption ?? "Picture" });
  const name = file.file_name ?? "file";
  return h("a", { class: "document", href: address, download: name }, icon("down"), h("span", {}, name));
}

function previewCard(preview, options = {}) {
  const big = options.prefer_large_media || !options.prefer_small_media;
  const picture = preview.picture ? h("img", { src: preview.picture, alt: "", loading: "lazy" }) : null;
  const card = link(
    preview.url,
    h("b", { class: "site" }, preview.site),
    h("b", { class: "title" }, preview.title),
    h("span", { class: "lead" }, preview.description),
    picture,
  );
  card.classList.add("preview", big ? "large" : "small");
  return card;
}

function meta(message, viewer, mine) {
  const edited = message.edit_date && !mine ? `${words(viewer.language).edited} ` : "";
  const sent = new Date(message.date * 1000).toISOString();
  return h("span", { class: "meta" }, edited, h("time", { datetime: sent }, clock(message.date)), mine ? ticks() : null);
}

const ticks = () => h("span", { class: "ticks", "aria-hidden": "true" }, "✓✓");

function inlineKeyboard(message, rows, actions) {
  const lines = rows.map((row) => h("div", { class: "keys" }, ...row.map((button) => keyOf(button, message, actions))));
  return h("div", { class: "keyboard" }, ...lines);
}

function keyOf(button, message, actions) {
  const style = `key ${button.style ?? ""}`;
  if (button.url) {
    const opened = link(button.url, button.text, icon("out"));
    opened.className = style;
    return opened;
  }
  const press = ({ currentTarget }) => actions.press(button, message, currentTarget);
  return h("button", { type: "button", class: style, onclick: press }, button.text);
}

const SERVICE = {
  new_chat_members: ({ from, new_chat_members: members }) =>
    `${from?.first_name ?? ""} added ${members.map(({ first_name }) => first_name).join(", ")}`,
  left_chat_member: ({ left_chat_member: member }) => `${member.first_name} left the chat`,
  group_chat_created: ({ from }) => `${from?.first_name ?? ""} made the group`,
  supergroup_chat_created: () => "The group was made",
  new_chat_title: ({ new_chat_title: title }) => `The group is called ${title} now`,
  forum_topic_created: ({ forum_topic_created: topic }) => `Topic: ${topic.name}`,
  migrate_to_chat_id: () => "The group became a supergroup",
  migrate_from_chat_id: () => "The group became a supergroup",
  pinned_message: ({ from }) => `${from?.first_name ?? ""} pinned a message`,
};

function serviceText(message) {
  const kind = Object.keys(SERVICE).find((name) => name in message);
  return kind ? SERVICE[kind](message) : "";
}

/** A message in one line, for the list of chats. */
export function summary(message) {
  const text = serviceText(message) || message.text || message.caption;
  const who = message.chat.type === "private" || !message.from ? "" : `${message.from.first_name}: `;
  return who + (text ?? (message.photo ? "Picture" : "File")).replaceAll(/\s+/gu, " ").slice(0, 90);
}

/** Whether the bot wrote it. */
export const fromBot = (message) => message.from?.id === store.state.bot.id;
