// `data_visualization` as SVG: lines, areas, bars and pies, with the point under the pointer told in words.

import { el, svg } from "./dom.js";

// A narrow screen gets a narrower picture, so that its letters stay as large.
const WIDTH = matchMedia("(max-width: 600px)").matches ? 320 : 600;
const HEIGHT = 250, LEFT = 52, RIGHT = 14, TOP = 10, BOTTOM = 40;
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

export function chart(block) {
  const drawn = block.chart;
  const figure = el("figure", { class: "chart" }, el("figcaption", {}, block.title));
  figure.append(...(drawn.type === "pie" ? pie(block) : axes(block)));
  return figure;
}

function axes(block) {
  const { series, axis_config: axis, type } = block.chart;
  const values = series.flatMap((one) => one.data.map((point) => point.value));
  const ticks = scale(Math.min(0, ...values), Math.max(0, ...values));
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const inner = WIDTH - LEFT - RIGHT;
  const count = axis.categories.length;
  const banded = type === "bar";
  const x = (at) => LEFT + (banded ? ((at + 0.5) / count) * inner : count > 1 ? (at / (count - 1)) * inner : inner / 2);
  const y = (value) => TOP + (1 - (value - low) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": told(block) });
  picture.append(...ticks.flatMap((tick) => rule(tick, y(tick))), ...names(axis.categories, x, inner), ...titles(axis));
  const draw = { line: lines, area: areas, bar: bars }[type];
  picture.append(...draw(series, x, y, inner / count));
  const box = el("div", { class: "chart-box" }, picture);
  picture.append(...hits(box, block, x, inner / count));
  return [box, legend(series.map((one) => one.name))];
}

// Round steps, so that the axis reads 0, 2M, 4M and never 0, 1.87M.
function scale(low, high) {
  const raw = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= raw);
  const ticks = [];
  for (let tick = Math.floor(low / step) * step; tick < high + step * 0.999; tick += step) ticks.push(Number(tick.toPrecision(12)));
  return ticks;
}

function rule(tick, at) {
  const line = svg("line", { class: tick === 0 ? "rule zero" : "rule", x1: LEFT, x2: WIDTH - RIGHT, y1: at, y2: at });
  return [line, svg("text", { x: LEFT - 7, y: at + 4, "text-anchor": "end" }, compact.format(tick))];
}

function names(categories, x, inner) {
  const longest = Math.max(...categories.map((name) => name.length)) * 6.4;
  const every = Math.max(1, Math.ceil((longest * categories.length) / inner));
  const last = categories.length - 1;
  return categories.flatMap((name, at) => {
    if ((last - at) % every) return [];
    const atEdge = at === last && (every > 1 || x(at) + name.length * 3.2 > WIDTH); // half of it would leave the picture
    const anchor = atEdge ? "end" : "middle";
    return [svg("text", { x: atEdge ? Math.min(x(at) + 12, WIDTH) : x(at), y: HEIGHT - BOTTOM + 17, "text-anchor": anchor }, name)];
  });
}

function titles(axis) {
  const made = [];
  if (axis.x_label) made.push(svg("text", { x: LEFT + (WIDTH - LEFT - RIGHT) / 2, y: HEIGHT - 4, "text-anchor": "middle" }, axis.x_label));
  if (axis.y_label) made.push(svg("text", { x: -(TOP + (HEIGHT - TOP - BOTTOM) / 2), y: 9, "text-anchor": "middle", transform: "rotate(-90)" }, axis.y_label));
  return made;
}

function lines(series, x, y) {
  return series.map((one, number) => svg("g", { class: colour(number) }, path(one, x, y), ...spots(one, x, y)));
}

function areas(series, x, y) {
  return series.map((one, number) => {
    const points = one.data.map((point, at) => `${x(at)},${y(point.value)}`);
    const under = svg("polygon", { class: "under", points: [`${x(0)},${y(0)}`, ...points, `${x(one.data.length - 1)},${y(0)}`].join(" ") });
    return svg("g", { class: colour(number) }, under, path(one, x, y), ...spots(one, x, y));
  });
}

function bars(series, x, y, band) {
  const width = Math.min(46, (band * 0.72) / series.length);
  return series.map((one, number) => {
    const made = one.data.map((point, at) => {
      const left = x(at) - (width * series.length) / 2 + number * width;
      const [top, bottom] = [Math.min(y(point.value), y(0)), Math.max(y(point.value), y(0))];
      return svg("rect", { class: "fill", x: left + 1, y: top, width: Math.max(1, width - 2), height: Math.max(0.5, bottom - top), rx: 2 });
    });
    return svg("g", { class: colour(number) }, made);
  });
}

function path(one, x, y) {
  return svg("polyline", { class: "stroke", points: one.data.map((point, at) => `${x(at)},${y(point.value)}`).join(" ") });
}

function spots(one, x, y) {
  return one.data.map((point, at) => svg("circle", { class: "spot", cx: x(at), cy: y(point.value), r: 3.2 }));
}

function hits(box, block, x, band) {
  const { series, axis_config: axis } = block.chart;
  const tip = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  box.append(tip);
  return axis.categories.flatMap((name, at) => {
    const hit = svg("rect", { class: "hit", x: x(at) - band / 2, y: TOP, width: band, height: HEIGHT - TOP - BOTTOM });
    const guide = svg("line", { class: "guide", x1: x(at), x2: x(at), y1: TOP, y2: HEIGHT - BOTTOM });
    hit.addEventListener("pointerenter", () => {
      tip.replaceChildren(el("b", {}, name), ...series.map((one) => el("div", {}, `${one.name}: ${exact.format(one.data[at].value)}`)));
      tip.hidden = false;
      const left = (x(at) / WIDTH) * box.clientWidth;
      tip.style.left = `${Math.max(0, Math.min(left + 10, box.clientWidth - tip.offsetWidth))}px`;
      tip.style.top = "8px";
    });
    hit.addEventListener("pointerleave", () => { tip.hidden = true; });
    return [hit, guide];
  });
}

function pie(block) {
  const { segments } = block.chart;
  const all = segments.reduce((sum, one) => sum + one.value, 0);
  let begun = 0;
  const parts = segments.map((one, number) => {
    const [from, to] = [begun, (begun += one.value / all)];
    return svg("path", { class: `fill ${colour(number)}`, d: slice(from, to) });
  });
  const picture = svg("svg", { viewBox: "-1.02 -1.02 2.04 2.04", role: "img", "aria-label": told(block) }, parts);
  const words = segments.map((one) => `${one.label}: ${exact.format(one.value)} (${Math.round((one.value / all) * 1000) / 10}%)`);
  return [el("div", { class: "pie" }, picture, legend(words))];
}

function slice(from, to) {
  const at = (part) => [Math.sin(part * 2 * Math.PI), -Math.cos(part * 2 * Math.PI)].map((one) => one.toFixed(5)).join(",");
  if (to - from > 0.9999) return "M0,-1 A1,1 0 1 1 -0.0001,-1 Z";
  return `M0,0 L${at(from)} A1,1 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)} Z`;
}

function legend(words) {
  return el("ul", { class: "legend" }, words.map((word, number) => el("li", { class: colour(number) }, el("i"), word)));
}

function colour(number) {
  return `c${(number % 6) + 1}`;
}

// What a picture shows, for who cannot see it.
function told(block) {
  const { chart: drawn } = block;
  if (drawn.type === "pie") return `${block.title}. ${drawn.segments.map((one) => `${one.label} ${exact.format(one.value)}`).join(", ")}`;
  const ends = drawn.series.map((one) => {
    const [first, last] = [one.data[0], one.data[one.data.length - 1]];
    return `${one.name} from ${exact.format(first.value)} (${first.label}) to ${exact.format(last.value)} (${last.label})`;
  });
  return `${block.title}. ${drawn.type} chart: ${ends.join("; ")}`;
}
