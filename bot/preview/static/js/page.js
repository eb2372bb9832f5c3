// The page: puts the workspace together, and draws again what a change touches.

import { composer } from "./composer.js";
import { avatar, clear, el, icon, refocused } from "./dom.js";
import { fill, roots, statusLine, summary, thread } from "./messages.js";
import { look, side, unread } from "./side.js";
import { act, be, begin, fallbackRoom, people, store } from "./store.js";
import { home, modal } from "./views.js";

const node = Object.fromEntries(["app", "top", "side", "main", "pane"].map((id) => [id, document.getElementById(id)]));
const frames = { main: null, pane: null }; // what stands in each, by key, so that what one types stays
let awaited = ""; // a question just asked: its thread opens with the first answer
let opened = ""; // the app's tab that was opened last, and by whom

start();

async function start() {
  theme(localStorage.getItem("theme") || "");
  await begin(draw);
  read();
  top();
  window.addEventListener("hashchange", () => { const before = store.me; read(); if (store.me !== before) be(store.me); draw(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !document.querySelector("dialog[open]")) leave(); });
  node.main.addEventListener("click", () => node.app.classList.remove("with-side"));
  be(store.me);
}

// --- where one is

function read() {
  const told = new URLSearchParams(location.hash.slice(1));
  const ids = store.boot.people.map((one) => one.id);
  store.me = ids.includes(told.get("as")) ? told.get("as") : ids[0];
  store.route = {
    at: told.get("at") || fallbackRoom(),
    tab: told.get("tab") || "home",
    thread: told.get("thread") || (told.size ? "" : "first"),
    agent: told.has("agent"),
  };
}

function go(change) {
  const { me, ...rest } = change;
  const changed = me && me !== store.me;
  if (me) store.me = me;
  Object.assign(store.route, rest);
  if (changed) { Object.assign(store.route, { thread: "", agent: false }); if (!visible(store.route.at)) store.route.at = fallbackRoom(); }
  const { at, tab, thread: ts, agent } = store.route;
  const told = { as: store.me, at, ...(at === "app" ? { tab } : {}), ...(ts ? { thread: ts } : {}), ...(agent ? { agent: "1" } : {}) };
  history.pushState(null, "", `#${new URLSearchParams(told)}`);
  if (rest.at) node.app.classList.remove("with-side");
  if (changed) be(store.me);
  draw();
}

function leave() {
  if (node.app.classList.contains("with-side")) node.app.classList.remove("with-side");
  else if (store.route.thread || store.route.agent) go({ thread: "", agent: false });
}

function visible(at) {
  return at === "app" || store.boot.rooms.some((room) => room.id === at && room.members.includes(store.me));
}

// --- drawing

function draw() {
  side(node.side, go);
  note();
  if (!store.state) { frames.main = frames.pane = null; clear(node.main, waiting()); node.pane.hidden = true; return; }
  if (store.route.thread === "first") store.route.thread = roots(store.route.at).filter((one) => one.user !== store.boot.bot).at(-1)?.ts || "first";
  follow();
  open();
  main();
  pane();
  modal();
  side(node.side, go);
  document.title = `${store.route.at === "app" ? "Fulcrum" : `#${people().rooms[store.route.at]}`} · ${store.boot.organisation} preview`;
}

// An answer comes in a thread: it opens by itself for who asked.
function follow() {
  if (!awaited) return;
  const asked = store.state.messages.find((one) => one.ts === awaited);
  if (asked && thread(asked.channel, awaited).length > 1) {
    const ts = awaited;
    awaited = "";
    go({ thread: ts, agent: false });
  }
}

// Slack tells the app when somebody opens its Home or its conversation.
function open() {
  const { at, tab, agent } = store.route;
  const now = agent ? "messages" : at === "app" ? tab : "";
  const key = now && `${store.me}/${now}`;
  if (key !== opened && (now === "home" || now === "messages")) act("open", { tab: now });
  opened = key;
}

function main() {
  const { at } = store.route;
  if (at === "app") return app();
  const room = store.boot.rooms.find((one) => one.id === at) || store.boot.rooms[0];
  const list = frame("main", `${store.me}/${room.id}`, () => {
    const place = { kind: "channel", channel: room.id, name: `#${room.name}`, key: room.id, sent: (ts) => { awaited = ts; draw(); } };
    return conversation(node.main, channelHead(room), intro(room), place, `Messages in ${room.name}`);
  });
  update(list, roots(room.id), room.id, { threads: true });
  list.head.querySelector(".agent").setAttribute("aria-pressed", String(store.route.agent));
  look(room.id);
}

function app() {
  const { tab } = store.route;
  const { channel } = store.state;
  const news = tab === "messages" ? 0 : unread(channel);
  const list = frame("main", `${store.me}/app/${tab}`, () => {
    const head = el("div", {}, el("div", { class: "head" }, avatar("Fulcrum", "small", true), el("h1", {}, "Fulcrum")), tabs(0));
    if (tab !== "messages") return { head, body: clear(node.main, head, el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": tab === "home" ? "Home" : "About" })).lastChild };
    const place = { kind: "direct", channel, name: "Fulcrum", key: channel, sent: (ts) => { awaited = ts; draw(); } };
    return conversation(node.main, head, el("div", { class: "welcome" }), place, "Messages with Fulcrum");
  });
  if (list.news !== news) refocused(list.head, () => list.head.querySelector(".tabs").replaceWith(tabs(news)));
  list.news = news;
  if (tab === "home") redraw(list, store.state.home, () => (store.state.home ? home(store.state.home) : waiting()));
  if (tab === "about") redraw(list, tab, about);
  if (tab !== "messages") return;
  welcome(list.intro, (words) => say(channel, words));
  update(list, roots(channel), channel, { threads: true });
  look(channel);
}

function pane() {
  const { thread: ts, agent, at } = store.route;
  const channel = at === "app" ? store.state.channel : at;
  const root = ts && store.state.messages.find((one) => one.ts === ts && one.channel === channel);
  const shown = Boolean(agent || root);
  node.pane.hidden = !shown;
  node.app.classList.toggle("with-pane", shown);
  if (!shown) { frames.pane = null; return; }
  node.pane.setAttribute("aria-label", agent ? "Fulcrum beside the conversation" : "Thread");
  if (agent) return agentPane();
  const name = at === "app" ? "Fulcrum" : `#${people().rooms[at]}`;
  const list = frame("pane", `${store.me}/${channel}/${ts}`, () => {
    const place = { kind: "thread", channel, thread_ts: ts, name: `thread in ${name}`, key: ts };
    return conversation(node.pane, paneHead("Thread", name), null, place, "Thread");
  });
  update(list, thread(channel, ts), channel, { ts });
}

function agentPane() {
  const { channel } = store.state;
  const list = frame("pane", `${store.me}/agent`, () => {
    const place = { kind: "direct", channel, name: "Fulcrum", key: `agent/${channel}` };
    return conversation(node.pane, paneHead("Fulcrum", "beside your work"), el("div", { class: "welcome" }), place, "Conversation with Fulcrum");
  });
  welcome(list.intro, (words) => say(channel, words));
  const all = store.state.messages.filter((one) => one.channel === channel);
  // Beside a conversation the questions and their answers read as one talk.
  const ordered = roots(channel).flatMap((one) => [one, ...all.filter((other) => other.thread_ts === one.ts && other.ts !== one.ts)]);
  update(list, ordered, channel);
  look(channel);
}

// --- parts

// Makes a frame once for its key; what is in it is then only brought up to date.
function frame(where, key, make) {
  if (frames[where]?.key !== key) { frames[where] = { key, ...make() }; frames[where].fresh = true; }
  return frames[where];
}

function conversation(into, head, introduced, place, label) {
  const list = el("div", { class: "list", role: "log", "aria-label": label });
  const status = el("div");
  const scroll = el("div", { class: "scroll", tabIndex: 0, role: "region", "aria-label": label }, introduced, list, status);
  const written = composer(place);
  clear(into, head, scroll, written.foot);
  requestAnimationFrame(() => { written.size(); if (matchMedia("(min-width: 861px)").matches && place.kind !== "thread") written.focus(); });
  return { head, intro: introduced, list, status, scroll };
}

function update(frame, list, channel, { ts = "", threads = false } = {}) {
  const { scroll } = frame;
  const below = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const before = frame.list.childElementCount;
  const own = list.length > before && list.at(-1).user === store.me; // what one writes oneself is always seen
  const open = threads ? (root) => go({ thread: root.ts, agent: false }) : null;
  refocused(frame.list, () => fill(frame.list, list, (one) => (threads ? summary(one, open) : null), open));
  frame.status.replaceChildren(statusLine(channel, ts));
  if (frame.fresh && ts) scroll.scrollTop = 0;
  else if (frame.fresh || below || own) bottom(frame, frame.fresh ? list.length - 1 : before);
  frame.fresh = false;
}

// To the newest message, but never past its beginning: a long answer is read from its first line.
function bottom({ scroll, list }, newest) {
  const first = list.children[newest];
  const lowest = scroll.scrollHeight - scroll.clientHeight;
  scroll.scrollTop = first ? Math.min(lowest, first.offsetTop - list.parentElement.offsetTop - 8) : lowest;
}

function redraw(frame, from, make) {
  const key = JSON.stringify(from);
  if (frame.from !== key) refocused(frame.body, () => clear(frame.body, make()));
  frame.from = key;
}

function channelHead(room) {
  const { names } = people();
  const agent = el("button", { type: "button", class: "outline agent", onclick: () => go({ agent: !store.route.agent, thread: "" }) }, icon("spark", 16), "Fulcrum");
  return el(
    "div",
    { class: "head" },
    el("h1", {}, `# ${room.name}`),
    el("span", { class: "topic" }, room.topic),
    el("span", { class: "grow" }),
    el("span", { class: "stack", role: "img", "aria-label": `${room.members.length} members and the app` }, room.members.slice(0, 4).map((one) => avatar(names[one] || one, "small"))),
    agent,
  );
}

function paneHead(title, about) {
  const close = el("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => go({ thread: "", agent: false }) }, icon("close"));
  return el("div", { class: "head" }, el("h2", {}, title), el("span", { class: "quiet" }, about), el("span", { class: "grow" }), close);
}


function tabs(news) {
  const made = [["home", "Home"], ["messages", "Messages"], ["about", "About"]].map(([tab, name]) =>
    el("button", { type: "button", "aria-current": store.route.tab === tab ? "page" : undefined, onclick: () => go({ at: "app", tab, thread: "" }) }, name, tab === "messages" && news ? el("span", { class: "count" }, String(news)) : null),
  );
  return el("nav", { class: "tabs", "aria-label": "Fulcrum" }, made);
}

function intro(room) {
  const shared = room.shared_with ? ` People of ${room.shared_with} read along, so no figure is posted here: who asks gets it alone.` : "";
  return el("div", { class: "intro" }, el("h2", {}, `# ${room.name}`), el("p", {}, `${room.topic}.${shared} Mention @Fulcrum with a question, or type /leverage.`));
}

function welcome(into, ask) {
  const { prompts } = store.state;
  const key = JSON.stringify(prompts);
  if (into.dataset.from === key) return;
  into.dataset.from = key;
  const made = (prompts?.prompts || []).map((one) => el("button", { type: "button", class: "prompt", onclick: () => ask(one.message) }, el("b", {}, one.title), el("span", {}, one.message)));
  clear(into, avatar("Fulcrum", "", true), el("h2", {}, prompts?.title || "Fulcrum"), el("p", { class: "quiet" }, "What is said here stays between the two of you."), el("div", { class: "prompts" }, made));
}

async function say(channel, words) {
  const told = await act("say", { channel, text: words });
  if (told.ok && !store.route.agent) awaited = told.ts;
  draw();
}

function about() {
  return el(
    "div",
    { class: "about" },
    el("h2", {}, "What this is"),
    el("p", {}, `The real Fulcrum app, answering over an invented company, ${store.boot.organisation}. Only Slack is not real: this page stands in for it, on this machine alone.`),
    el("h2", {}, "What to try"),
    el(
      "ul",
      {},
      el("li", {}, "Ask for somebody's tokens as the team lead, then as the engineer: the same words, another answer."),
      el("li", {}, "Ask for your own figures in a channel: they come to you alone."),
      el("li", {}, "Ask in the channel that is shared with another company."),
      el("li", {}, "Press an answer's buttons, reply in its thread, type a slash command."),
    ),
  );
}

function waiting() {
  return el("div", { class: "waiting", role: "status", "aria-label": "Loading" }, el("i"), el("i"), el("i"));
}

// --- the bar on top

function top() {
  const menu = el("button", { type: "button", class: "menu", "aria-label": "People and channels", onclick: () => node.app.classList.toggle("with-side") }, icon("menu"));
  const shade = el("button", { type: "button", "aria-label": "Light or dark", onclick: () => { theme(dark() ? "light" : "dark"); top(); } }, icon(dark() ? "sun" : "moon"));
  clear(node.top, menu, el("div", { class: "note", role: "status" }, el("span")), shade);
  note();
}

function note() {
  const words = store.offline ? "The preview has ended: start it again with make demo" : "A preview on this machine: invented company, real app, no Slack";
  const place = node.top.querySelector(".note span");
  if (place && place.textContent !== words) place.textContent = words;
}

function dark() {
  return document.documentElement.dataset.theme === "dark";
}

function theme(chosen) {
  if (chosen) localStorage.setItem("theme", chosen);
  document.documentElement.dataset.theme = chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}
