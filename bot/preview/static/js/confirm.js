// The question before an action, as an app declares it.

import { clear, el } from "./dom.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { people } from "./store.js";

export function confirmed(asked) {
  const dialog = document.getElementById("confirm");
  return new Promise((done) => {
    const answer = (value) => () => { dialog.close(); done(value); };
    const words = asked.text.type === "plain_text" ? plain(asked.text.text) : mrkdwn(asked.text.text, people());
    clear(
      dialog,
      el("header", {}, el("h2", { id: "confirm-title" }, asked.title.text)),
      el("div", { class: "body" }, words),
      el(
        "footer",
        {},
        el("button", { type: "button", class: "button", onclick: answer(false) }, asked.deny.text),
        el("button", { type: "button", class: `button ${asked.style || "primary"}`, onclick: answer(true) }, asked.confirm.text),
      ),
    );
    dialog.oncancel = () => done(false);
    dialog.showModal();
  });
}
