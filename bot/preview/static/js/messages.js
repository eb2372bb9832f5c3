// Messages: who, when, what, and the thread below. One that has not changed keeps its element.

import { blocks } from "./blocks.js";
import { confirmed } from "./confirm.js";
import { avatar, el, icon } from "./dom.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";
import { act, kept, people, store } from "./store.js";

const drawn = new WeakMap(); // element -> what it was drawn from

export function roots(channel) {
  return store.state.messages.filter((one) => one.channel === channel && !inThread(one));
}

export function thread(channel, ts) {
  return store.state.messages.filter((one) => one.channel === channel && (one.ts === ts || one.thread_ts === ts));
}

function inThread(one) {
  return one.thread_ts && one.thread_ts !== one.ts;
}

export function clock(ts) {
  return new Date(Number(ts) * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

// Draws `list` into `place` and keeps what is there already; `extra` belongs below a message, as its thread does, and
// `reply` opens that thread.
export function fill(place, list, extra, reply) {
  const before = new Map([...place.children].filter((node) => node.dataset.key).map((node) => [node.dataset.key, node]));
  const wanted = list.map((one) => {
    const below = extra(one);
    const key = `${store.me}/${one.channel}/${one.ts}/${one.to}`;
    const from = JSON.stringify([one, below?.from]);
    const old = before.get(key);
    if (old && drawn.get(old) === from) return old;
    const made = message(one, below?.make(), reply);
    made.dataset.key = key;
    drawn.set(made, from);
    return made;
  });
  // Only what differs is moved, so that focus and open lists stay.
  wanted.forEach((node, at) => { if (place.children[at] !== node) place.insertBefore(node, place.children[at] || null); });
  while (place.children.length > wanted.length) place.lastElementChild.remove();
}

function message(one, below, reply) {
  const { names } = people();
  const app = one.user === store.boot.bot;
  const name = names[one.user] || one.user;
  const line = el("div", { class: "by" }, el("b", {}, name), app ? el("span", { class: "tag" }, "APP") : null, el("time", { dateTime: new Date(one.ts * 1000).toISOString() }, clock(one.ts)));
  const whisper = one.to ? el("div", { class: "only-you" }, icon("eye", 15), "Only visible to you") : null;
  const edited = one.edited && !one.streaming ? el("span", { class: "edited" }, "(edited)") : null;
  const tools = reply && !one.to
    ? el("div", { class: "tools" }, el("button", { type: "button", class: "icon-button", "aria-label": "Reply in thread", title: "Reply in thread", onclick: () => reply(one) }, icon("thread", 16)))
    : null;
  return el(
    "article",
    { class: `message${one.to ? " whisper" : ""}`, "aria-label": `${name}, ${clock(one.ts)}` },
    whisper,
    avatar(name, "", app),
    el("div", {}, line, body(one), edited, below),
    tools,
  );
}

function body(one) {
  if (one.files?.length) return el("div", { class: "blocks" }, one.text ? mrkdwn(one.text, people()) : null, one.files.map(file));
  if (one.blocks.length) return blocks(one.blocks, holder(one));
  return el("div", { class: "blocks" }, one.markdown_text ? markdown(one.markdown_text) : mrkdwn(one.text || "", people()));
}

function file(one) {
  const source = `/page/file/${encodeURIComponent(one.id)}`;
  return el("figure", { class: "b-file" }, el("figcaption", {}, one.title), el("img", { src: source, alt: one.alt_txt }));
}

function holder(one) {
  const values = kept(`${store.me}/${one.channel}/${one.ts}`);
  const where = { channel: one.channel, ts: one.ts };
  const press = async (block, made, value) => {
    if (made.confirm && !(await confirmed(made.confirm))) return;
    await act("press", { where, block_id: block, action_id: made.action_id, value, values });
  };
  return { values, press, people: people() };
}

export function summary(one, open) {
  const replies = thread(one.channel, one.ts).filter((other) => other.ts !== one.ts);
  if (!replies.length) return null;
  const { names } = people();
  const last = replies[replies.length - 1];
  const faces = [...new Set(replies.map((other) => other.user))].slice(0, 3);
  const isOpen = store.route.thread === one.ts;
  return {
    from: [replies.length, last.ts, isOpen],
    make: () =>
      el(
        "button",
        { type: "button", class: "replies", "aria-pressed": String(isOpen), onclick: () => open(one) },
        faces.map((face) => avatar(names[face] || face, "small", face === store.boot.bot)),
        el("b", {}, `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`),
        el("span", { class: "quiet" }, `Last reply at ${clock(last.ts)}`),
      ),
  };
}

export function statusLine(channel, ts) {
  const found = store.state.statuses.find((one) => one.channel === channel && (!ts || one.thread_ts === ts));
  if (!found) return el("div", { class: "status" });
  return el("div", { class: "status" }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), `Fulcrum ${found.status}`);
}
