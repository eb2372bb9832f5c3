// Elements without markup: every text goes in as text, so nothing anybody wrote can become markup.
//
// Why no library draws the blocks: the one kept-up renderer (slack-blocks-to-jsx) is a set of React components without a
// pre-built file for a page. It would need a bundler and React, knows no `data_table`, and reports no press: its buttons
// only look like buttons. A page that sends what people press to a real app needs its own elements anyway.

export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "class") made.className = value;
    else if (key in made && key !== "list" && key !== "form") made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(9).filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.flat(9));
  return made;
}

const PATHS = {
  menu: "M4 6h16M4 12h16M4 18h16",
  close: "M6 6l12 12M18 6 6 18",
  send: "M4 12 3 4l18 8-18 8 1-8zm0 0h8",
  thread: "M5 5h14v10H10l-5 4z",
  spark: "M12 3l2 6 6 2-6 2-2 6-2-6-6-2 6-2z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
  moon: "M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5z",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  share: "M14 4h6v6M20 4l-9 9M18 14v5H5V6h5",
  up: "M7 11v9H4v-9zM7 11l4-8a2 2 0 0 1 3 2l-1 4h5a2 2 0 0 1 2 2l-1.5 7a2 2 0 0 1-2 2H7",
  down: "M17 13V4h3v9zM17 13l-4 8a2 2 0 0 1-3-2l1-4H6a2 2 0 0 1-2-2l1.500-7a2 2 0 0 1 2-2H17",
};

export function icon(name, size = 18) {
  const look = { fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round" };
  return svg("svg", { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", ...look }, svg("path", { d: PATHS[name] }));
}

export function avatar(name, size = "", app = false) {
  if (app) return el("span", { class: `avatar ${size}` }, el("img", { src: "/static/icon.svg", alt: "" }));
  const letters = name.split(/\s+/).map((word) => [...word][0] || "").slice(0, 2).join("");
  const shade = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % 8;
  return el("span", { class: `avatar ${size} a${shade}`, "aria-hidden": "true" }, letters.toUpperCase());
}

export function clear(node, ...children) {
  node.replaceChildren(...children.flat(9).filter(Boolean));
  return node;
}

// Draws a part again without taking the keyboard's place away: what had the focus by its position has it after.
export function refocused(node, draw) {
  const all = () => [...node.querySelectorAll("a[href], button, input, select, textarea, [tabindex]")];
  const at = node.contains(document.activeElement) ? all().indexOf(document.activeElement) : -1;
  draw();
  if (at >= 0 && !node.contains(document.activeElement)) all()[at]?.focus({ preventScroll: true });
}
