// Block Kit: one function a block. `holder` says where the blocks stand and takes what is pressed.

import { chart } from "./charts.js";
import { el } from "./dom.js";
import { element } from "./elements.js";
import { markdown } from "./markdown.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { rich } from "./rich.js";
import { dataTable, table } from "./tables.js";

// `holder` = { values: {block_id: {action_id: value}}, press(block_id, element, value), people, errors }
export function blocks(list, holder) {
  return el("div", { class: "blocks" }, list.map((block) => one(block, holder)));
}

function one(block, holder) {
  const make = MAKERS[block.type];
  return make ? make(block, holder) : el("div", { class: "b-unknown" }, `The preview does not draw “${block.type}”.`);
}

export function text(object, people) {
  return object.type === "plain_text" ? el("div", { class: "text" }, plain(object.text)) : mrkdwn(object.text, people);
}

function way(block, holder, labelled, quiet = false) {
  const values = (holder.values[block.block_id] ||= {});
  return {
    labelled,
    people: holder.people,
    keep: (action, value) => { values[action] = value; },
    kept: (action) => values[action],
    press: (made, value) => { if (!quiet) holder.press(block.block_id, made, value); },
  };
}

function section(block, holder) {
  const inside = [];
  if (block.text) inside.push(text(block.text, holder.people));
  if (block.fields) inside.push(el("div", { class: "fields" }, block.fields.map((field) => text(field, holder.people))));
  const beside = block.accessory ? element(block.accessory, way(block, holder)) : null;
  return el("div", { class: "b-section" }, el("div", { class: "grow" }, inside), beside);
}

function context(block, holder) {
  const parts = block.elements.map((piece) => (piece.type === "image" ? element(piece, way(block, holder)) : text(piece, holder.people)));
  return el("div", { class: "b-context" }, parts);
}

function actions(block, holder) {
  return el("div", { class: "b-actions" }, block.elements.map((piece) => element(piece, way(block, holder))));
}

function input(block, holder) {
  const about = block.label.text + (block.optional ? " (optional)" : "");
  const field = element(block.element, way(block, holder, about, !block.dispatch_action));
  const wrong = holder.errors?.[block.block_id];
  if (wrong) field.setAttribute("aria-invalid", "true");
  return el(
    "div",
    { class: "b-input", "data-block": block.block_id },
    el("span", { class: "label", "aria-hidden": "true" }, about),
    field,
    block.hint ? el("span", { class: "hint" }, block.hint.text) : null,
    wrong ? el("p", { class: "problem", role: "alert" }, wrong) : null,
  );
}

function picture(block) {
  // The page fetches nothing from outside, so a picture shows as what it says it is.
  return el("div", { class: "b-image" }, block.title?.text ? `${block.title.text}: ` : "", block.alt_text);
}

const MAKERS = {
  actions,
  alert: (block, holder) => el("div", { class: `b-alert ${block.level || ""}`, role: "note" }, text(block.text, holder.people)),
  context,
  context_actions: actions,
  data_table: (block, holder) => dataTable(block, holder.people),
  data_visualization: chart,
  divider: () => el("hr", { class: "b-divider" }),
  header: (block) => el("h3", { class: "b-header" }, plain(block.text.text)),
  image: picture,
  input,
  markdown: (block) => markdown(block.text),
  rich_text: (block, holder) => rich(block, holder.people),
  section,
  table: (block, holder) => table(block, holder.people),
};
