// What the program found about a pilot: the two levels apart, the lot with its groups, and what else could explain it.
import { drawingOf, h, newId, placeChildren } from "../common/dom.js";
import { pageLink } from "../common/goto.js";
import { connectCard, markOf } from "./card.js";

function render({ model, el }) {
  const id = newId();
  const body = h("div", {}), title = h("h2", { id });
  const root = h("section", { class: "card pb-result", "aria-labelledby": id }, title, body);
  const show = (payload) => {
    title.textContent = payload.words.title;
    placeChildren(body, elements(payload));
  };
  el.classList.add("pb");
  el.append(root);
  return connectCard(model, root, { show });
}

function elements({ words, found, metric, levels, verdict, parts, lots, rivals, href }) {
  return [
    h("p", { class: "small" }, found ? words.about : words.none),
    levels.length > 0 && h("div", { class: "levels" }, levels.map(({ name, mark, said }) => h("div", {}, h("h3", {}, name), h("p", {}, mark && markOf(mark), " ", said)))),
    metric && h("p", { class: "small", dir: "auto" }, metric),
    verdict.length > 0 && h("div", { class: "verdict-said" }, verdict.map((said, place) => h("p", { class: place ? "" : "verdict-by-lot" }, said))),
    lots.length > 0 && h("ul", { class: "lots" }, lots.map(({ group, start, svg, alt }) => h("li", {},
      h("h4", { dir: "auto" }, group), h("div", { role: "img", "aria-label": alt }, drawingOf(svg)), h("p", { class: "small" }, start)))),
    parts.length > 0 && h("dl", {}, parts.map(({ name, said }) => h("div", {}, h("dt", {}, name), said.map((one) => h("dd", { dir: "auto" }, one))))),
    rivals.length > 0 && h("h3", {}, words.rivals),
    rivals.length > 0 && h("ul", { class: "rivals" }, rivals.map(({ name, mark, why }) => h("li", { dir: "auto" }, markOf(mark), ` ${name}`, why && h("span", { class: "small" }, ` ${why}`)))),
    href && h("p", { class: "small" }, pageLink(href, {}, words.to_focus)),
  ].filter(Boolean);
}

export default { render };
