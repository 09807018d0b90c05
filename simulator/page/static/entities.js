// Text with entities as nodes. Offsets are in UTF-16 units, as JavaScript counts by itself.

import { h } from "./dom.js";

const BLOCKS = new Set(["BLOCKQUOTE", "PRE"]);
const SCHEMES = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);

/** A fragment that shows `text`; `say` is called with a command that is clicked. */
export function formatted(text, entities = [], say = () => {}) {
  const inside = entities.filter(({ offset, length }) => offset >= 0 && length > 0 && offset < text.length);
  inside.sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, inside, say);
}

function nodes(text, start, end, entities, say) {
  const fragment = document.createDocumentFragment();
  let [waiting, at] = [entities, start];
  while (waiting.length > 0) {
    const [entity, ...others] = waiting;
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (from >= to) {
      waiting = others;
      continue;
    }
    addText(fragment, text.slice(at, from));
    const inner = others.filter(({ offset }) => offset < to);
    fragment.append(element(entity, text.slice(from, to), nodes(text, from, to, inner, say), say));
    // One that reaches over the end of this goes on behind it.
    waiting = others.filter(({ offset, length }) => offset + length > to);
    at = to;
  }
  addText(fragment, text.slice(at, end));
  return fragment;
}

// The line break behind a block is the block's own.
function addText(fragment, text) {
  const shown = BLOCKS.has(fragment.lastChild?.nodeName) ? text.replace(/^\n/u, "") : text;
  if (shown) fragment.append(shown);
}

const SIMPLE = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
};

function element(entity, text, content, say) {
  if (SIMPLE[entity.type]) return h(SIMPLE[entity.type], {}, content);
  return (SPECIAL[entity.type] ?? plain)(content, { entity, text, say });
}

const plain = (content) => h("span", {}, content);

const SPECIAL = {
  pre: (content, { entity }) => h("pre", { "data-language": entity.language }, h("code", {}, content)),
  text_link: (content, { entity }) => link(entity.url, content),
  url: (content, { text }) => link(/^[a-z]+:/iu.test(text) ? text : `https://${text}`, content),
  email: (content, { text }) => link(`mailto:${text}`, content),
  phone_number: (content, { text }) => link(`tel:${text}`, content),
  mention: (content) => h("span", { class: "mention" }, content),
  hashtag: (content) => h("span", { class: "mention" }, content),
  text_mention: (content) => h("span", { class: "mention" }, content),
  bot_command: (content, { text, say }) =>
    h("button", { type: "button", class: "command", onclick: () => say(text) }, content),
  spoiler: (content) => spoiler(content),
  expandable_blockquote: (content) => expandable(content),
};

/** A link that opens in a new tab; plain where its address is none that is safe to follow. */
export function link(address, ...content) {
  const safe = URL.canParse(address) && SCHEMES.has(new URL(address).protocol);
  if (!safe) return plain(content);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...content);
}

function spoiler(content) {
  const shown = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text", "aria-expanded": "false" }, h("span", {}, content));
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    shown.classList.add("revealed");
    shown.setAttribute("aria-expanded", "true");
    shown.removeAttribute("aria-label");
  };
  shown.addEventListener("click", reveal);
  shown.addEventListener("keydown", reveal);
  return shown;
}

function expandable(content) {
  const quote = h("blockquote", { class: "expandable" }, h("div", { class: "fold" }, content));
  const toggle = h("button", { type: "button", class: "unfold", "aria-expanded": "false", "aria-label": "Show the whole quote" }, "⌄");
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
  });
  quote.append(toggle);
  return quote;
}
