// What the buttons under a message do.

import { post } from "./api.js";
import { store } from "./store.js";
import { toast } from "./toast.js";

/** Press an inline key that is no link. */
export async function pressKey(pane, button, message, element) {
  if ("callback_data" in button) return callback(pane, button, message, element);
  if ("copy_text" in button) return copy(button.copy_text.text);
  const inline = INLINE.find((name) => name in button);
  if (inline) {
    const query = inline === "switch_inline_query_chosen_chat" ? button[inline].query : button[inline];
    return pane.composer.compose(`@${store.state.bot.username} ${query ?? ""}`);
  }
  return toast("This page can't do what this button asks for.");
}

const INLINE = ["switch_inline_query_current_chat", "switch_inline_query", "switch_inline_query_chosen_chat"];

async function callback(pane, button, message, element) {
  element.classList.add("waiting");
  try {
    const { answer } = await post("api/press", {
      person: pane.personId,
      chat: pane.chatId,
      message: message.message_id,
      button: button.callback_data,
    });
    show(answer);
  } catch (error) {
    toast(error.message);
  } finally {
    element.classList.remove("waiting");
  }
}

function show(answer) {
  if (answer?.url) window.open(answer.url, "_blank", "noopener");
  if (answer?.text) toast(answer.text, { alert: Boolean(answer.show_alert) });
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied.");
}
