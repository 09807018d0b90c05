// The page: a list of chats, and up to three of them open side by side.

import { listen } from "./api.js";
import { Pane } from "./pane.js";
import { sidebar } from "./sidebar.js";
import { key, store } from "./store.js";

const app = document.querySelector("#app");
const side = document.querySelector("#sidebar");
const main = document.querySelector("#panes");
const panes = new Map();

let wanted = null;

const COLUMN = 380;
const capacity = () => Math.max(1, Math.min(3, Math.floor(main.clientWidth / COLUMN)));

/** Open a chat as a person sees it: in the place of the active one, or beside the others. */
function open(person, chat, beside) {
  const view = key(person, chat);
  // What was made a moment ago is heard of through the stream, perhaps later than this.
  wanted = store.chat(chat) && store.person(person) ? null : [person, chat, beside];
  if (wanted) return;
  if (!panes.has(view)) {
    makeRoom(beside);
    const pane = new Pane(person, chat, close);
    panes.set(view, pane);
    main.append(pane.element);
  }
  app.dataset.view = "chat";
  arranged(view);
  if (matchMedia("(min-width: 700px)").matches) panes.get(view).composer.input.focus();
}

function makeRoom(beside) {
  const active = panes.get(store.active);
  if (!beside && active) remove(active);
  while (panes.size >= capacity()) remove(panes.values().next().value);
}

function remove(pane) {
  panes.delete(pane.key);
  pane.element.remove();
}

function close(pane) {
  if (narrow()) app.dataset.view = "list";
  else remove(pane);
  arranged(panes.keys().next().value ?? null);
}

const narrow = () => matchMedia("(max-width: 699px)").matches;

function arranged(active) {
  store.active = active;
  store.open = app.dataset.view === "list" && narrow() ? [] : [...panes.keys()];
  if (active && store.open.includes(active)) store.unread.delete(active);
  main.dataset.count = panes.size;
  store.changed();
}

function redraw() {
  sidebar(side, open);
  side.classList.toggle("offline", !store.online);
  const unread = [...store.unread.values()].reduce((sum, count) => sum + count, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${store.state.bot.name || "Chats"}`;
  for (const pane of panes.values()) pane.element.classList.toggle("active", pane.key === store.active);
}

function resync() {
  for (const pane of [...panes.values()]) {
    if (store.chat(pane.chatId) && store.person(pane.personId)) pane.render();
    else remove(pane);
  }
  const [first] = store.state.people;
  if (panes.size === 0 && first && !narrow()) open(first.id, store.chatsOf(first)[0].id, false);
  arranged(store.active ?? panes.keys().next().value ?? null);
}

function watch(type, act) {
  store.addEventListener(type, ({ detail }) => {
    for (const pane of panes.values()) if (!detail.chat_id || detail.chat_id === pane.chatId) act(pane, detail);
    redraw();
  });
}

for (const type of ["message", "edited", "deleted"]) watch(type, (pane, event) => pane.took(event));
watch("suggestions", (pane) => pane.composer.render());
watch("action", (pane) => pane.typing(true));
watch("people", () => {});
watch("chat", (pane) => {
  pane.renderHeader();
  pane.composer.render();
});
store.addEventListener("chat", () => wanted && open(...wanted));
store.addEventListener("start", ({ detail: { person, start } }) => {
  open(person, person, false);
  panes.get(key(person, person))?.composer.deliver(`/start ${start}`);
});
store.addEventListener("snapshot", resync);
store.addEventListener("changed", redraw);
window.addEventListener("focus", () => store.active && store.read(store.active));
listen(
  (event) => store.apply(event),
  (online) => {
    store.online = online;
    side.classList.toggle("offline", !online);
  },
);
