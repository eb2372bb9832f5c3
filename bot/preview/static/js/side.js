// The sidebar: who one is, channels, the app.

import { avatar, clear, el, icon, refocused } from "./dom.js";
import { store } from "./store.js";

let drawn = ""; // what the sidebar was drawn from

export function side(node, go) {
  const { boot, state, route } = store;
  const news = [...boot.rooms.map((room) => room.id), state?.channel].map(unread);
  const from = JSON.stringify([store.me, route.at, news]);
  if (from !== drawn) refocused(node, () => draw(node, go));
  drawn = from;
}

function draw(node, go) {
  const { boot, state, route } = store;
  const here = (at) => (route.at === at ? "page" : undefined);
  const rooms = boot.rooms.filter((room) => room.members.includes(store.me));
  const roomRow = (room) => {
    const count = unread(room.id);
    const about = room.shared_with ? ` (shared with ${room.shared_with})` : "";
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: `row${count ? " unread" : ""}`, "aria-current": here(room.id), onclick: () => go({ at: room.id, thread: "", agent: false }) },
        el("span", { class: "mark", "aria-hidden": "true" }, "#"),
        el("span", { class: "name" }, room.name, el("span", { class: "hidden-text" }, about)),
        room.shared_with ? el("span", { class: "mark", title: `Shared with ${room.shared_with}` }, icon("share", 14)) : null,
      ),
    );
  };
  const direct = state ? unread(state.channel) : 0;
  clear(
    node,
    el("div", { class: "org" }, boot.organisation, el("span", { class: "tag" }, "Preview")),
    el(
      "section",
      {},
      el("h2", { id: "as" }, "You are"),
      el("ul", { "aria-labelledby": "as" }, boot.people.map((one) => el("li", {}, person(one, go)))),
      el("p", { class: "hint" }, boot.people.find((one) => one.id === store.me)?.about),
    ),
    el("section", {}, el("h2", { id: "rooms" }, "Channels"), el("ul", { "aria-labelledby": "rooms" }, rooms.map(roomRow))),
    el(
      "section",
      {},
      el("h2", { id: "apps" }, "Apps"),
      el(
        "ul",
        { "aria-labelledby": "apps" },
        el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: `row${direct ? " unread" : ""}`, "aria-current": here("app"), onclick: () => go({ at: "app", tab: direct ? "messages" : "home", thread: "", agent: false }) },
            avatar("Fulcrum", "tiny", true),
            el("span", { class: "name" }, "Fulcrum"),
            direct ? el("span", { class: "count" }, String(direct), el("span", { class: "hidden-text" }, " new")) : null,
          ),
        ),
      ),
    ),
  );
}

function person(one, go) {
  const pressed = String(one.id === store.me);
  return el(
    "button",
    { type: "button", class: "row person", "aria-pressed": pressed, onclick: () => go({ me: one.id }) },
    avatar(one.name, "small"),
    el("span", { class: "who" }, el("span", { class: "name" }, one.name), el("span", { class: "role" }, one.role)),
  );
}

// New messages of others in a place that is not looked at.
export function unread(place) {
  if (!store.state) return 0;
  const since = store.seen[`${store.me}/${place}`] || "";
  return store.state.messages.filter((one) => one.channel === place && one.user !== store.me && one.ts > since).length;
}

export function look(place) {
  const last = store.state.messages.filter((one) => one.channel === place).at(-1);
  if (last) store.seen[`${store.me}/${place}`] = last.ts;
}
