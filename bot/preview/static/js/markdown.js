// Standard Markdown, as the `markdown` block and streams bring it: headings, lists, tables, code, emphasis.

import { el } from "./dom.js";
import { link } from "./mrkdwn.js";

const RULES = [
  [/`([^`]+)`/, (found) => el("code", {}, found[1])],
  [/\[([^\]]+)\]\(([^)\s]+)\)/, (found) => link(found[2], found[1])],
  [/\*\*([^*]+)\*\*/, (found) => el("b", {}, spans(found[1]))],
  [/(?<![\w*])\*([^*]+)\*(?!\w)/, (found) => el("i", {}, spans(found[1]))],
  [/~~([^~]+)~~/, (found) => el("s", {}, spans(found[1]))],
];

export function markdown(text) {
  const made = el("div", { class: "text" });
  const waiting = text.split("\n");
  while (waiting.length) made.append(block(waiting));
  return made;
}

function block(waiting) {
  const line = waiting.shift();
  const heading = /^(#{1,6})\s+(.*)/.exec(line);
  if (heading) return el("div", { class: "b-header" }, spans(heading[2]));
  if (line.startsWith("```")) return fenced(waiting);
  if (/^\s*([-*]|\d+\.)\s+/.test(line)) return items(line, waiting);
  if (line.startsWith("|") && /^\|[\s:|-]+$/.test(waiting[0] || "")) return rows(line, waiting);
  if (line.startsWith(">")) return el("blockquote", {}, spans(line.replace(/^>\s?/, "")));
  return el("div", { class: "line" }, spans(line));
}

function spans(text) {
  let first = null;
  for (const [pattern, make] of RULES) {
    const found = pattern.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, make };
  }
  if (!first) return [text];
  return [text.slice(0, first.found.index), first.make(first.found), ...spans(text.slice(first.found.index + first.found[0].length))];
}

function fenced(waiting) {
  const held = [];
  while (waiting.length && !waiting[0].startsWith("```")) held.push(waiting.shift());
  waiting.shift();
  return el("pre", { tabIndex: 0 }, held.join("\n"));
}

function items(line, waiting) {
  const list = el(/^\s*\d/.test(line) ? "ol" : "ul");
  for (let one = line; one !== undefined && /^\s*([-*]|\d+\.)\s+/.test(one); one = waiting.shift()) {
    list.append(el("li", {}, spans(one.replace(/^\s*([-*]|\d+\.)\s+/, ""))));
    if (!/^\s*([-*]|\d+\.)\s+/.test(waiting[0] || "")) break;
  }
  return list;
}

function rows(line, waiting) {
  waiting.shift();
  const cells = (row) => row.replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  const table = el("table", {}, el("thead", {}, el("tr", {}, cells(line).map((cell) => el("th", { scope: "col" }, spans(cell))))));
  const body = table.appendChild(el("tbody"));
  while (waiting.length && waiting[0].startsWith("|")) {
    body.append(el("tr", {}, cells(waiting.shift()).map((cell) => el("td", {}, spans(cell)))));
  }
  return el("div", { class: "grid", tabIndex: 0, role: "region", "aria-label": "Table" }, table);
}
