// Short notices at the edge of the window, and alerts that wait to be closed.

import { h } from "./dom.js";

const SECONDS = 4;

/** Show `text` for a moment, or, as an alert, until it is closed. */
export function toast(text, { alert = false } = {}) {
  if (alert) return alertDialog(text);
  const shown = h("div", { class: "toast", dir: "auto" }, text);
  document.querySelector("#toasts").append(shown);
  setTimeout(() => shown.remove(), SECONDS * 1000);
  return shown;
}

function alertDialog(text) {
  const close = h("button", { class: "plain", value: "ok" }, "OK");
  const dialog = h("dialog", { class: "alert" }, h("form", { method: "dialog" }, h("p", { dir: "auto" }, text), h("footer", {}, close)));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
