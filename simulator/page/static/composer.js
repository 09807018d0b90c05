// Where one writes: the text, the bot's menu, what is offered while typing, and suggestions.

import { post } from "./api.js";
import { h, icon } from "./dom.js";
import { Offers } from "./offers.js";
import { store } from "./store.js";
import { toast } from "./toast.js";
import { words } from "./words.js";

/** The lower end of a pane. */
export class Composer {
  constructor(pane) {
    this.pane = pane;
    const { placeholder, menu } = words(pane.person.language);
    this.input = h("textarea", { rows: "1", placeholder, "aria-label": placeholder, dir: "auto", maxlength: "4096", enterkeyhint: "send" });
    this.offers = new Offers(this);
    this.input.setAttribute("aria-controls", this.offers.list.id);
    this.input.addEventListener("input", () => this.changed());
    this.input.addEventListener("keydown", (event) => this.keydown(event));
    this.menu = h("button", { type: "button", class: "menu-button", "aria-label": menu, onclick: () => this.offers.toggleCommands() }, icon("menu"), h("span", {}, menu));
    this.send = h("button", { type: "submit", class: "round send", "aria-label": "Send" }, icon("send"));
    this.form = h("form", { class: "composer", onsubmit: (event) => this.submit(event) }, this.menu, this.input, this.send);
    this.start = h("button", { type: "button", class: "start", onclick: () => this.press() });
    this.chips = h("div", { class: "chips", hidden: true });
    this.element = h("div", { class: "lower" }, this.chips, this.offers.list, this.form, this.start);
  }

  /** Show what fits the chat's state. */
  render() {
    const { chat, person } = this.pane;
    const fresh = chat.type === "private" && (!chat.started || chat.blocked);
    this.start.textContent = words(person.language)[chat.blocked ? "restart" : "start"];
    this.start.hidden = !fresh;
    this.form.hidden = fresh;
    this.renderChips(fresh);
  }

  renderChips(fresh) {
    const { person, chat } = this.pane;
    const { try: label, soon } = words(person.language);
    const offered = fresh ? [] : (store.state.suggestions[person.language] ?? []).slice(0, 3);
    const suffix = chat.type === "private" ? "" : `@${store.state.bot.username}`;
    // What one is about to press must not change under the finger.
    const same = this.offered?.join() === offered.join();
    if (same || (offered.length > 0 && this.chips.matches(":hover, :focus-within"))) return;
    this.offered = offered;
    this.chips.hidden = offered.length === 0;
    this.chips.replaceChildren(
      h("span", { class: "label" }, `${label}:`),
      ...offered.map((word) => {
        const command = `/subscribe${suffix} ${word}`;
        return h("button", { type: "button", class: "chip", title: `${word}: ${soon}`, onclick: () => this.deliver(command) }, `/subscribe ${word}`);
      }),
    );
  }

  /** Put a text into the composer, to be gone on with. */
  compose(text) {
    this.input.value = text;
    this.input.focus();
    this.changed();
  }

  changed() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`;
    this.form.classList.toggle("written", this.input.value.trim() !== "");
    this.offers.typed(this.input.value);
  }

  keydown(event) {
    if (event.isComposing) return;
    if (this.offers.keydown(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.clear();
    this.deliver(text);
  }

  clear() {
    this.input.value = "";
    this.changed();
  }

  press() {
    this.start.hidden = true;
    this.form.hidden = false;
    this.input.focus();
    this.deliver("/start");
  }

  async deliver(text) {
    const { chat, personId } = this.pane;
    try {
      if (chat.blocked) await post("api/block", { person: personId, blocked: false });
      await this.pane.say(text);
    } catch (error) {
      toast(error.message);
    }
  }
}
