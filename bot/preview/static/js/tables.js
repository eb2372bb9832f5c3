// `table` and `data_table`.

import { el } from "./dom.js";
import { rich } from "./rich.js";

export function table(block, people) {
  const settings = block.column_settings || [];
  const rows = block.rows.map((row) => row.map((cell) => shown(cell, people)));
  return framed(grid(rows, (at) => look(settings[at]), 0), "Table");
}

export function dataTable(block, people) {
  const [heading, ...rest] = block.rows;
  const size = block.page_size || 5;
  const numeric = heading.map((_, at) => rest.every((row) => row[at].type === "raw_number"));
  const figure = el("figure", { class: "data" }, el("figcaption", {}, block.caption));
  const place = figure.appendChild(el("div"));
  const draw = (page) => {
    const rows = [heading, ...rest.slice(page * size, (page + 1) * size)].map((row) => row.map((cell) => shown(cell, people)));
    const parts = [framed(grid(rows, (at) => (numeric[at] ? "right" : ""), block.row_header_column_index || 0), block.caption)];
    if (rest.length > size) parts.push(pages(page, size, rest.length, draw));
    place.replaceChildren(...parts);
  };
  draw(0);
  return figure;
}

function pages(page, size, all, draw) {
  const last = Math.ceil(all / size) - 1;
  const turn = (label, to) => el("button", { type: "button", class: "button", disabled: to < 0 || to > last, onclick: () => draw(to) }, label);
  const told = `${page * size + 1}–${Math.min((page + 1) * size, all)} of ${all}`;
  return el("div", { class: "pages" }, turn("Previous", page - 1), el("span", {}, told), turn("Next", page + 1));
}

function framed(inner, label) {
  return el("div", { class: "grid", tabIndex: 0, role: "region", "aria-label": label }, inner);
}

function grid([heading, ...rest], columnLook, headerColumn) {
  const cell = (words, at) => (at === headerColumn ? el("th", { scope: "row", class: columnLook(at) }, words) : el("td", { class: columnLook(at) }, words));
  return el(
    "table",
    {},
    el("thead", {}, el("tr", {}, heading.map((words, at) => el("th", { scope: "col", class: columnLook(at) }, words)))),
    el("tbody", {}, rest.map((row) => el("tr", {}, row.map(cell)))),
  );
}

function look(setting) {
  const align = setting && setting.align !== "left" ? setting.align || "" : "";
  return `${align} ${setting && setting.is_wrapped ? "wrap" : ""}`.trim();
}

function shown(cell, people) {
  return cell.type === "rich_text" ? rich(cell, people) : cell.text;
}
