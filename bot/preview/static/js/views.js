// Modals and App Home.

import { blocks } from "./blocks.js";
import { confirmed } from "./confirm.js";
import { clear, el, icon } from "./dom.js";
import { act, kept, people, store } from "./store.js";

let shown = ""; // the view in the dialog, with its hash
let errors = {};

export function home(view) {
  const values = kept(`home/${store.me}`);
  return el("div", { class: "home" }, blocks(view.blocks, holder(view, values)));
}

function holder(view, values) {
  const press = async (block, made, value) => {
    if (made.confirm && !(await confirmed(made.confirm))) return;
    await act("press", { where: { view: view.id }, block_id: block, action_id: made.action_id, value, values });
  };
  return { values, press, people: people(), errors };
}

// Shows the modal on top of the person's stack, or none.
export function modal() {
  const dialog = document.getElementById("modal");
  const view = store.state.views[store.state.views.length - 1];
  if (!view) {
    shown = "";
    if (dialog.open) dialog.close();
    return;
  }
  const key = `${store.me}/${view.id}/${view.hash}/${JSON.stringify(errors)}`;
  if (key !== shown) draw(dialog, view);
  shown = key;
  if (dialog.open) return;
  dialog.showModal();
  dialog.querySelector(".body input, .body select, .body textarea")?.focus();
}

function draw(dialog, view) {
  const values = kept(`view/${view.id}`);
  const leave = async () => { errors = {}; await act("close", { view: view.id }); };
  const submit = async (event) => {
    event.preventDefault();
    if (event.submitter) event.submitter.disabled = true;
    const told = missing(view, values) || (await act("submit", { view: view.id, values })).errors || {};
    errors = told;
    if (event.submitter) event.submitter.disabled = false;
    modal();
  };
  const general = errors[""] ? el("p", { class: "problem", role: "alert" }, errors[""]) : null;
  const close = el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: leave }, icon("close"));
  const end = view.submit || view.close
    ? el(
        "footer",
        {},
        el("button", { type: "button", class: "button", onclick: leave }, view.close?.text || "Cancel"),
        view.submit ? el("button", { type: "submit", class: "button primary" }, view.submit.text) : null,
      )
    : null;
  clear(
    dialog,
    el(
      "form",
      { method: "dialog", noValidate: true, onsubmit: submit },
      el("header", {}, el("h2", { id: "modal-title" }, view.title.text), close),
      el("div", { class: "body" }, blocks(view.blocks, holder(view, values)), general),
      end,
    ),
  );
  dialog.oncancel = (event) => { event.preventDefault(); leave(); };
}

// Slack itself asks for what is required, before the app hears of it.
function missing(view, values) {
  const found = {};
  for (const block of view.blocks) {
    if (block.type !== "input" || block.optional) continue;
    const value = values[block.block_id]?.[block.element.action_id];
    if (value === undefined || value === null || value === "" || value.length === 0) found[block.block_id] = "Please complete this required field.";
  }
  return Object.keys(found).length ? found : null;
}
