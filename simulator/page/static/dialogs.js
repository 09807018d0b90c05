// Forms: a new reader, a new group, an article, a rate; and the small menu of a pane.

import { post } from "./api.js";
import { h } from "./dom.js";
import { store } from "./store.js";
import { toast } from "./toast.js";
import { LANGUAGES } from "./words.js";

function dialog(title, submit, fields, act) {
  const error = h("p", { class: "error", role: "alert" });
  const cancel = h("button", { type: "button", class: "plain", onclick: () => shown.close() }, "Cancel");
  const form = h("form", { method: "dialog" }, h("h2", {}, title), ...fields, error, h("footer", {}, cancel, h("button", { class: "filled" }, submit)));
  const shown = h("dialog", { "aria-label": title }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await act(new FormData(form));
      shown.close();
    } catch (problem) {
      error.textContent = problem.message;
    }
  });
  shown.addEventListener("close", () => shown.remove());
  document.body.append(shown);
  shown.showModal();
}

const field = (label, input) => h("label", { class: "field" }, h("span", {}, label), input);

const choice = (name, options, chosen) =>
  h("select", { name }, ...Object.entries(options).map(([value, label]) => h("option", { value, selected: value === chosen }, label)));

const NAMES = ["Bakyt", "Nargiza", "Sergey", "Aijan", "Timur", "Elena", "Azamat", "Gulnara"];

/** Ask for a reader's name and language; open their chat with the bot. */
export function addReader(open) {
  const taken = new Set(store.state.people.map((person) => person.first_name));
  const name = NAMES.find((one) => !taken.has(one)) ?? "";
  const fields = [
    field("Name", h("input", { name: "name", required: true, maxlength: "64", value: name, autofocus: true, autocomplete: "off" })),
    field("Language of their Telegram", choice("language", LANGUAGES, "ru")),
  ];
  dialog("Add a reader", "Add", fields, async (form) => {
    const { person, chat } = await post("api/readers", { name: form.get("name"), language: form.get("language") });
    open(person, chat, true);
  });
}

/** Ask for a group's title and members; open it. */
export function addGroup(open) {
  const members = store.state.people.map((person) =>
    h("label", { class: "check" }, h("input", { type: "checkbox", name: "member", value: person.id, checked: true }), person.first_name),
  );
  const fields = [
    field("Title", h("input", { name: "title", required: true, maxlength: "128", value: "Neighbours", autofocus: true, autocomplete: "off" })),
    h("fieldset", {}, h("legend", {}, "Members; the first is the administrator, and the bot joins them"), ...members),
  ];
  dialog("New group", "Create", fields, async (form) => {
    const chosen = form.getAll("member").map(Number);
    if (chosen.length === 0) throw new Error("Choose at least one member.");
    const { chat } = await post("api/groups", { title: form.get("title"), members: chosen });
    open(chosen[0], chat, true);
  });
}

/** Ask for an article and have the site publish it. */
export function publishArticle() {
  const { editions } = store.state;
  const active = store.person(Number(store.active?.split(":")[0]))?.language;
  const names = Object.fromEntries(Object.keys(editions).map((name) => [name, LANGUAGES[name] ?? name]));
  const edition = choice("edition", names, active in editions ? active : "en");
  const section = h("select", { name: "section" });
  const sections = () => section.replaceChildren(...editions[edition.value].map((name) => h("option", {}, name)));
  edition.addEventListener("change", sections);
  sections();
  const fields = [
    h("div", { class: "pair" }, field("Edition", edition), field("Section", section)),
    field("Title", h("input", { name: "title", required: true, maxlength: "300", autofocus: true, autocomplete: "off" })),
    field("Text, a paragraph a line", h("textarea", { name: "text", required: true, rows: "6" })),
  ];
  dialog("Publish an article", "Publish", fields, async (form) => {
    await post("api/articles", Object.fromEntries(form));
    toast("Published. Readers hear of it when the bot looks next.");
  });
}

/** Ask for a rate and have the National Bank publish it. */
export function publishRate() {
  const { rates } = store.state;
  const currency = choice("currency", Object.fromEntries(Object.keys(rates).map((code) => [code, code])), "USD");
  const value = h("input", { name: "value", required: true, pattern: "[0-9]+([.,][0-9]{1,4})?", inputmode: "decimal", maxlength: "12", autofocus: true, autocomplete: "off" });
  const known = () => (value.value = rates[currency.value]);
  currency.addEventListener("change", known);
  known();
  const fields = [h("div", { class: "pair" }, field("Currency", currency), field("Som, from tomorrow on", value))];
  dialog("Change a rate", "Publish", fields, async (form) => {
    await post("api/rates", Object.fromEntries(form));
    rates[form.get("currency")] = form.get("value");
    toast("Published. The bot looks at the bank's file about once a minute.");
  });
}

/** The menu behind the three dots of a pane. */
export function paneMenu(button, pane) {
  const { chat, personId } = pane;
  const blocked = Boolean(chat.blocked);
  const items = [
    chat.type === "private" ? [blocked ? "Unblock the bot" : "Block the bot", () => post("api/block", { person: personId, blocked: !blocked })] : null,
    ["Open the news site", () => window.open(store.state.site, "_blank", "noopener")],
  ];
  const menu = h("dialog", { class: "menu", role: "menu" }, ...items.filter(Boolean).map(([label, act]) => h("button", { type: "button", role: "menuitem", onclick: () => choose(act) }, label)));
  const choose = (act) => {
    menu.close();
    Promise.resolve(act()).catch((error) => toast(error.message));
  };
  menu.addEventListener("click", (event) => event.target === menu && menu.close());
  menu.addEventListener("close", () => menu.remove());
  button.after(menu);
  menu.showModal();
}
