// Slack's mrkdwn as nodes: bold, italic, struck, code, quotes, links, mentions, emoji. What it does not know stays text.

import { el } from "./dom.js";

const EMOJI = {
  warning: "⚠️", lock: "🔒", speech_balloon: "💬", bar_chart: "📊", chart_with_upwards_trend: "📈",
  chart_with_downwards_trend: "📉", white_check_mark: "✅", x: "❌", bulb: "💡", wave: "👋", eyes: "👀", rocket: "🚀",
  thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", hourglass: "⏳", hourglass_flowing_sand: "⏳", tada: "🎉",
  information_source: "ℹ️", arrow_up: "⬆️", arrow_down: "⬇️", large_green_circle: "🟢", large_yellow_circle: "🟡",
  red_circle: "🔴", white_circle: "⚪", small_blue_diamond: "🔹", calendar: "📅", mag: "🔍", gear: "⚙️", robot_face: "🤖",
  busts_in_silhouette: "👥", moneybag: "💰", clock1: "🕐", sparkles: "✨", memo: "📝", pushpin: "📌", no_entry: "⛔",
};

const SIMPLE = [
  [/`([^`\n]+)`/, (inside) => el("code", {}, unescape(inside))],
  [/(?<![\w*])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\w*])/, (inside, people) => el("b", {}, inline(inside, people))],
  [/(?<![\w_])_(?!\s)([^_\n]+?)(?<!\s)_(?![\w_])/, (inside, people) => el("i", {}, inline(inside, people))],
  [/(?<![\w~])~(?!\s)([^~\n]+?)(?<!\s)~(?![\w~])/, (inside, people) => el("s", {}, inline(inside, people))],
  [/<([^<>\n]+)>/, (inside, people) => entity(inside, people)],
  [/:([a-z0-9_+-]+):/, (name) => (EMOJI[name] ? emoji(name) : `:${name}:`)],
];

export function mrkdwn(text, people) {
  const made = el("div", { class: "text" });
  text.split(/```\n?([\s\S]*?)\n?```/).forEach((part, number) => {
    if (number % 2) made.append(el("pre", { tabIndex: 0 }, unescape(part)));
    else if (part) made.append(...lines(part, people));
  });
  return made;
}

export function plain(text) {
  const parts = text.split(/(:[a-z0-9_+-]+:)/);
  return el("span", {}, parts.map((part) => (EMOJI[part.slice(1, -1)] ? emoji(part.slice(1, -1)) : part)));
}

export function inline(text, people) {
  let first = null;
  for (const [pattern, make] of SIMPLE) {
    const found = pattern.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, make };
  }
  if (!first) return [unescape(text)];
  const { found, make } = first;
  const after = text.slice(found.index + found[0].length);
  return [unescape(text.slice(0, found.index)), make(found[1], people), ...inline(after, people)].filter((one) => one !== "");
}

export function unescape(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

// Links leave the page, so only addresses of the web become ones; the preview never opens any by itself.
export function link(address, label) {
  if (!/^(https?:|mailto:)/i.test(address)) return document.createTextNode(label);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

function lines(text, people) {
  const made = [];
  let quoted = null;
  for (const line of text.replace(/^\n|\n$/g, "").split("\n")) {
    if (line.startsWith("&gt;")) {
      quoted ||= made[made.push(el("blockquote")) - 1];
      quoted.append(el("div", { class: "line" }, inline(line.replace(/^&gt; ?/, ""), people)));
    } else {
      quoted = null;
      made.push(el("div", { class: "line" }, inline(line, people)));
    }
  }
  return made;
}

function entity(inside, people) {
  const [target, label] = inside.split(/\|(.*)/s);
  if (target.startsWith("@")) return mention(target.slice(1), label, people);
  if (target.startsWith("#")) return el("span", { class: "mention" }, `#${label || people.rooms[target.slice(1)] || target.slice(1)}`);
  if (target.startsWith("!date^")) return document.createTextNode(label || target.split("^")[2] || "");
  if (target.startsWith("!")) return el("span", { class: "mention" }, `@${label || target.slice(1)}`);
  return link(unescape(target), unescape(label || target));
}

function mention(user, label, people) {
  const own = user === people.me ? " me" : "";
  return el("span", { class: `mention${own}` }, `@${people.names[user] || unescape(label || user)}`);
}

function emoji(name) {
  return el("span", { role: "img", "aria-label": name.replaceAll("_", " ") }, EMOJI[name]);
}
