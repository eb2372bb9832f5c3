// `rich_text`: sections, lists, quotes and preformatted text.

import { el } from "./dom.js";
import { link, plain } from "./mrkdwn.js";

export function rich(block, people) {
  return el("div", { class: "text rich" }, (block.elements || []).map((one) => part(one, people)));
}

function part(one, people) {
  const inside = () => (one.elements || []).map((piece) => span(piece, people));
  if (one.type === "rich_text_list") {
    const items = one.elements.map((item) => el("li", {}, (item.elements || []).map((piece) => span(piece, people))));
    return el(one.style === "ordered" ? "ol" : "ul", {}, items);
  }
  if (one.type === "rich_text_quote") return el("blockquote", {}, inside());
  if (one.type === "rich_text_preformatted") return el("pre", { tabIndex: 0 }, inside());
  return el("div", { class: "line" }, inside());
}

function span(piece, people) {
  const made = {
    text: () => styled(piece.text, piece.style || {}),
    link: () => link(piece.url, piece.text || piece.url),
    emoji: () => plain(`:${piece.name}:`),
    user: () => el("span", { class: "mention" }, `@${people.names[piece.user_id] || piece.user_id}`),
    channel: () => el("span", { class: "mention" }, `#${people.rooms[piece.channel_id] || piece.channel_id}`),
    date: () => piece.fallback || new Date(piece.timestamp * 1000).toLocaleDateString(),
  }[piece.type];
  return made ? made() : "";
}

function styled(text, style) {
  const names = { bold: "b", italic: "i", strike: "s", code: "code" };
  return Object.entries(names).reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), document.createTextNode(text));
}
