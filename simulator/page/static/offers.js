// What is offered above the composer while one types: commands after "/", results after "@bot".

import { post } from "./api.js";
import { h } from "./dom.js";
import { store } from "./store.js";
import { toast } from "./toast.js";

const PAUSE = 250;
const NEAR = 200;
let lists = 0;

/** The list of offers of one composer. */
export class Offers {
  constructor(composer) {
    this.composer = composer;
    this.chosen = 0;
    this.asked = 0;
    this.list = h("ul", { class: "offers", role: "listbox", id: `offers-${(lists += 1)}`, "aria-label": "Offers", hidden: true, onscroll: () => this.scrolled() });
    this.rest = {};
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** The text in the composer changed. */
  typed(text) {
    clearTimeout(this.timer);
    const query = this.inlineQuery(text);
    if (/^\/\w*$/u.test(text)) this.showCommands(text.slice(1));
    else if (query === null) this.close();
    else this.timer = setTimeout(() => this.showResults(query), PAUSE);
  }

  inlineQuery(text) {
    const [name, ...rest] = text.split(" ");
    const mine = name.toLowerCase() === `@${store.state.bot.username.toLowerCase()}`;
    return mine && rest.length > 0 ? rest.join(" ").trim() : null;
  }

  toggleCommands() {
    if (this.isOpen) this.close();
    else this.showCommands("");
    this.composer.input.focus();
  }

  async showCommands(start) {
    const asked = (this.asked += 1);
    const { personId, chatId } = this.composer.pane;
    const { commands } = await post("api/commands", { person: personId, chat: chatId });
    if (asked !== this.asked) return;
    this.show(commands.filter(({ command }) => command.startsWith(start.toLowerCase())).map((one) => this.command(one)));
  }

  command({ command, description }) {
    const suffix = this.composer.pane.chat.type === "private" ? "" : `@${store.state.bot.username}`;
    return {
      nodes: [h("b", {}, `/${command}`), h("span", { dir: "auto" }, description)],
      take: () => this.take(`/${command}${suffix}`),
      complete: () => this.composer.compose(`/${command}${suffix} `),
    };
  }

  take(text) {
    this.composer.clear();
    this.composer.deliver(text);
  }

  async showResults(query) {
    const asked = (this.asked += 1);
    try {
      const answer = await this.ask(query, "");
      if (asked !== this.asked) return;
      this.show([...(answer.button ? [this.invitation(answer.button)] : []), ...this.results(answer)]);
      // As in an app, the first article is at hand, not the button above it.
      if (answer.button && answer.results.length > 0) this.move(1);
      this.rest = { query, next: answer.next };
    } catch (error) {
      if (asked === this.asked) this.close();
      toast(error.message);
    }
  }

  ask(query, offset) {
    const { personId, chatId } = this.composer.pane;
    return post("api/inline", { person: personId, chat: chatId, query, offset });
  }

  /** The next page, where one scrolls to the end of what is there. */
  async scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    const { query, next } = this.rest;
    if (!next || scrollHeight - scrollTop - clientHeight > NEAR) return;
    this.rest = {};
    const { asked } = this;
    const answer = await this.ask(query, next).catch(() => null);
    if (!answer || asked !== this.asked) return;
    this.add(this.results(answer));
    this.rest = { query, next: answer.next };
  }

  results(answer) {
    return answer.results.map((result) => this.result(answer.id, result));
  }

  invitation({ text, start_parameter: start }) {
    const open = () => {
      this.composer.clear();
      const { personId } = this.composer.pane;
      store.dispatchEvent(new CustomEvent("start", { detail: { person: personId, start } }));
    };
    return { nodes: [h("b", { dir: "auto" }, text)], take: open, complete: open, kind: "invitation" };
  }

  result(answer, { index, title, description, thumbnail }) {
    const picture = thumbnail ? h("img", { src: thumbnail, alt: "", loading: "lazy" }) : null;
    const choose = async () => {
      this.composer.clear();
      const { personId, chatId } = this.composer.pane;
      await post("api/choose", { person: personId, chat: chatId, answer, index });
    };
    return { nodes: [picture, h("b", { dir: "auto" }, title), h("span", { dir: "auto" }, description ?? "")], take: choose, complete: choose, kind: "result" };
  }

  show(offers) {
    this.rest = {};
    this.offers = [];
    this.chosen = 0;
    this.list.replaceChildren();
    this.list.hidden = offers.length === 0;
    this.list.scrollTop = 0;
    this.add(offers);
    this.mark();
  }

  add(offers) {
    const first = this.offers.length;
    this.offers.push(...offers);
    this.list.append(...offers.map((offer, index) => this.row(offer, first + index)));
  }

  row(offer, index) {
    // Not a click: the composer would lose the focus first.
    const take = (event) => {
      event.preventDefault();
      this.finish(offer.take);
    };
    return h("li", { role: "option", id: `${this.list.id}-${index}`, class: offer.kind ?? "offer", onmousedown: take }, ...offer.nodes);
  }

  finish(act) {
    this.close();
    Promise.resolve(act()).catch((error) => toast(error.message));
  }

  close() {
    this.asked += 1;
    this.list.hidden = true;
    this.composer.input.removeAttribute("aria-activedescendant");
  }

  mark() {
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.chosen)));
    const row = this.list.children[this.chosen];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.composer.input.setAttribute("aria-activedescendant", row.id);
  }

  /** Whether the key was for the list. */
  keydown({ key, shiftKey }) {
    if (!this.isOpen || this.offers.length === 0) return false;
    const offer = this.offers[this.chosen];
    if (key === "ArrowDown" || key === "ArrowUp") this.move(key === "ArrowDown" ? 1 : -1);
    else if (key === "Tab" && !shiftKey) this.finish(offer.complete);
    else if (key === "Enter") this.finish(offer.take);
    else if (key === "Escape") this.close();
    else return false;
    return true;
  }

  move(step) {
    this.chosen = (this.chosen + step + this.offers.length) % this.offers.length;
    this.mark();
  }
}
