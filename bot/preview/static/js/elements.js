// What can be pressed, chosen or typed in a block. Each keeps its value, and says so where the app listens.

import { el, icon } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { store } from "./store.js";

// `way` = { keep(action_id, value), kept(action_id), press(element, value), people, labelled }
export function element(one, way) {
  const make = MAKERS[one.type] || (one.type.endsWith("_select") ? (one.type.startsWith("multi_") ? many : select) : unknown);
  return make(one, way);
}

function label(one, way) {
  return way.labelled || one.placeholder?.text || one.accessibility_label || one.action_id;
}

function changed(one, way, value) {
  way.keep(one.action_id, value);
  way.press(one, value);
}

function button(one, way) {
  const look = `button ${one.style || ""}`;
  if (one.url) return el("a", { class: look, href: /^https?:/i.test(one.url) ? one.url : "#", target: "_blank", rel: "noopener noreferrer", onclick: () => way.press(one) }, plain(one.text.text));
  return el("button", { type: "button", class: look, "aria-label": one.accessibility_label, onclick: () => way.press(one) }, plain(one.text.text));
}

function options(one, way) {
  if (one.option_groups) return one.option_groups.map((group) => [group.label.text, group.options]);
  if (one.options) return [["", one.options]];
  const { names, rooms } = way.people;
  const from = /users/.test(one.type) ? names : /channels/.test(one.type) ? rooms : places(one, rooms, names);
  return [["", Object.entries(from).map(([value, text]) => ({ value, text: { text } }))]];
}

// A conversation is a channel or a person, unless the app asks for some kinds alone.
function places(one, rooms, names) {
  const kinds = one.filter?.include || ["public", "im"];
  return { ...(kinds.some((kind) => kind === "public" || kind === "private") ? rooms : {}), ...(kinds.includes("im") ? names : {}) };
}

function initial(one) {
  return one.initial_option?.value ?? one.initial_user ?? one.initial_channel ?? one.initial_conversation ?? (one.default_to_current_conversation ? current() : "");
}

// Where a form was opened from, if that is a channel.
function current() {
  return store.boot.rooms.some((room) => room.id === store.route.at) ? store.route.at : "";
}

function select(one, way) {
  const now = way.kept(one.action_id) ?? initial(one);
  way.keep(one.action_id, now);
  const empty = el("option", { value: "", selected: !now }, one.placeholder?.text || "Select an option");
  const groups = options(one, way).map(([name, list]) => {
    const made = list.map((option) => el("option", { value: option.value, selected: option.value === now }, option.text.text));
    return name ? el("optgroup", { label: name }, made) : made;
  });
  const change = (event) => changed(one, way, event.target.value);
  return el("select", { class: "field-input", "aria-label": label(one, way), onchange: change }, empty, groups);
}

function many(one, way) {
  const now = way.kept(one.action_id) ?? (one.initial_options || []).map((option) => option.value);
  way.keep(one.action_id, now);
  const list = options(one, way).flatMap(([, all]) => all);
  const made = el("select", { class: "field-input", multiple: true, size: Math.min(6, list.length), "aria-label": label(one, way) });
  made.append(...list.map((option) => el("option", { value: option.value, selected: now.includes(option.value) }, option.text.text)));
  made.addEventListener("change", () => changed(one, way, [...made.selectedOptions].map((option) => option.value)));
  return made;
}

function choices(one, way) {
  const single = one.type === "radio_buttons";
  const begun = single ? one.initial_option?.value : (one.initial_options || []).map((option) => option.value);
  const now = way.kept(one.action_id) ?? begun;
  way.keep(one.action_id, now);
  const group = `${one.action_id}-${Math.random()}`;
  const made = el("fieldset", { class: "choices" }, el("legend", { class: "hidden-text" }, label(one, way)));
  const told = () => {
    const ticked = [...made.querySelectorAll("input:checked")].map((input) => input.value);
    changed(one, way, single ? ticked[0] : ticked);
  };
  for (const option of one.options) {
    const checked = single ? now === option.value : (now || []).includes(option.value);
    const input = el("input", { type: single ? "radio" : "checkbox", name: group, value: option.value, checked, onchange: told });
    const about = option.description ? el("small", {}, option.description.text) : null;
    made.append(el("label", {}, input, el("span", {}, plain(option.text.text), about)));
  }
  return made;
}

function overflow(one, way) {
  const made = el("details", { class: "overflow" });
  const press = (value) => {
    made.open = false;
    way.press(one, value);
  };
  const list = one.options.map((option) => el("button", { type: "button", onclick: () => press(option.value) }, plain(option.text.text)));
  made.append(el("summary", { class: "button", "aria-label": "More actions" }, "⋯"), el("div", {}, list));
  made.addEventListener("focusout", (event) => { if (!made.contains(event.relatedTarget)) made.open = false; });
  made.addEventListener("keydown", (event) => { if (event.key === "Escape") made.open = false; });
  return made;
}

function typed(kind) {
  return (one, way) => {
    const begun = one.initial_value ?? one.initial_date ?? one.initial_time ?? (one.initial_date_time ? local(one.initial_date_time) : "");
    const now = way.kept(one.action_id) ?? begun;
    way.keep(one.action_id, now);
    const made = el(one.multiline ? "textarea" : "input", {
      class: "field-input",
      "aria-label": label(one, way),
      placeholder: one.placeholder?.text,
      ...(one.multiline ? {} : { type: kind }),
      ...(one.max_length ? { maxLength: one.max_length } : {}),
      ...(one.is_decimal_allowed ? { step: "any" } : {}),
    });
    made.value = kind === "datetime-local" && typeof now === "number" ? local(now) : now;
    const read = () => (kind === "datetime-local" && made.value ? Math.floor(new Date(made.value).getTime() / 1000) : made.value);
    made.addEventListener("input", () => way.keep(one.action_id, read()));
    made.addEventListener("change", () => changed(one, way, read()));
    return made;
  };
}

function local(seconds) {
  const at = new Date(seconds * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function feedback(one, way) {
  const sides = [["positive", one.positive_button, "up"], ["negative", one.negative_button, "down"]];
  const made = el("div", { class: "thumbs", role: "group", "aria-label": "Feedback" });
  for (const [side, { text, accessibility_label: said }, picture] of sides) {
    const press = () => {
      way.keep(one.action_id, side);
      for (const other of made.children) other.setAttribute("aria-pressed", other === thumb);
      way.press(one, side);
    };
    const pressed = String(way.kept(one.action_id) === side);
    const thumb = el("button", { type: "button", class: "thumb", "aria-label": said, "aria-pressed": pressed, onclick: press }, icon(picture, 14), text.text);
    made.append(thumb);
  }
  return made;
}

function iconButton(one, way) {
  return el("button", { type: "button", class: "thumb", onclick: () => way.press(one) }, one.text.text);
}

function image(one) {
  return el("span", { class: "quiet" }, `[${one.alt_text}]`);
}

function unknown(one) {
  return el("span", { class: "b-unknown" }, `The preview does not draw “${one.type}”.`);
}

const MAKERS = {
  button,
  overflow,
  image,
  static_select: select,
  radio_buttons: choices,
  checkboxes: choices,
  plain_text_input: typed("text"),
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  number_input: typed("number"),
  datepicker: typed("date"),
  timepicker: typed("time"),
  datetimepicker: typed("datetime-local"),
  feedback_buttons: feedback,
  icon_button: iconButton,
};
