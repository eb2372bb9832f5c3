// Where one writes: suggestions to press, hints for commands, the field, the keys.

import { clear, el, icon } from "./dom.js";
import { act, store } from "./store.js";

// `place` = { key, channel, thread_ts, kind, name, sent(ts) }; one composer lives as long as its place is shown.
export function composer(place) {
  const addressed = place.kind === "channel";
  const field = el("textarea", { rows: 1, "aria-label": `Message ${place.name}`, placeholder: placeholder(place) });
  const hints = el("div", { class: "hints", hidden: true });
  const send = el("button", { type: "button", class: "send", "aria-label": "Send", disabled: true, onclick: () => go() }, icon("send"));

  const size = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    send.disabled = !meant(field.value);
    hint();
  };
  const write = (words) => { field.value = words; size(); field.focus(); };
  const reset = () => { field.value = addressed ? "@Fulcrum " : ""; size(); };

  const go = async (words = field.value) => {
    const typed = words.trim();
    if (!meant(typed)) return;
    reset();
    if (typed.startsWith("/") && place.kind === "thread") {
      clear(hints, el("p", { role: "alert" }, "Slash commands do not work in threads, in Slack either."));
      hints.hidden = false;
      return;
    }
    if (typed.startsWith("/")) {
      await act("command", { channel: place.channel, text: typed });
      return;
    }
    const told = await act("say", { channel: place.channel, text: typed, thread_ts: place.thread_ts });
    if (told.ok) place.sent?.(told.ts);
  };

  const hint = () => {
    const typed = field.value;
    const found = /^\/\S*( \S*)?$/.test(typed) ? commands().filter((one) => one.startsWith(typed)) : [];
    hints.hidden = !found.length || place.kind === "thread";
    clear(hints, found.slice(0, 8).map((one) => el("button", { type: "button", onclick: () => write(`${one.replace(/[A-Z ]+$/, "")} `) }, el("code", {}, one))));
  };

  field.addEventListener("input", size);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    go();
  });
  const insert = (text, label) => el("button", { type: "button", class: "icon-button", "aria-label": label, onclick: () => write(meant(field.value) ? field.value + text : text) }, text[0]);
  const press = (words) => (words.startsWith("/") ? go(words) : go(addressed ? `@Fulcrum ${words}` : words));
  const foot = el(
    "div",
    { class: "foot", "data-key": place.key },
    chips(place, press),
    hints,
    el(
      "div",
      { class: "composer" },
      field,
      el(
        "div",
        { class: "bar" },
        place.kind === "direct" ? null : insert("@Fulcrum ", "Mention Fulcrum"),
        place.kind === "thread" ? null : insert("/leverage ", "Write a command"),
        el("span", { class: "key", "aria-hidden": "true" }, "Enter sends, Shift+Enter is a new line"),
        send,
      ),
    ),
  );
  reset();
  return { foot, focus: () => { field.focus(); field.setSelectionRange(field.value.length, field.value.length); }, size };
}

function chips(place, press) {
  const { suggestions } = store.boot;
  const words = [...(suggestions[place.kind] || []), ...(place.kind === "channel" ? suggestions.command || [] : [])];
  if (!words.length) return null;
  const made = words.map((one) => el("button", { type: "button", onclick: () => press(one) }, one));
  return el("div", { class: "chips", role: "group", "aria-label": "Suggestions of this preview" }, el("span", { class: "lead" }, "Try"), made);
}

function commands() {
  return Object.entries(store.boot.commands).flatMap(([word, usage]) => usage.split(" | ").map((one) => `${word} ${one}`));
}

function meant(text) {
  return Boolean(text.replace(/^@Fulcrum\s*$/, "").trim());
}

function placeholder(place) {
  if (place.kind === "thread") return "Reply…";
  if (place.kind === "direct") return "Ask Fulcrum";
  return `Message ${place.name}`;
}
