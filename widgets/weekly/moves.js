// The four moves with their three sides: what is said already, and a question where nothing is.
import { h } from "../common/dom.js";
import { pageLink } from "../common/goto.js";

const SIDES = ["leader", "practice", "environment"];

/** The table, folded; the last of `moves` lies under all others and has one cell. */
export function movesElement(moves, words) {
  const base = moves.at(-1);
  return h("details", { class: "card moves", "data-key": "moves" },
    h("summary", {}, words.title),
    h("p", { class: "small" }, words.about),
    h("table", { role: "table" },
      h("thead", {}, h("tr", { role: "row" }, ["move", ...SIDES].map((one) => h("th", { role: "columnheader", scope: "col" }, words[one])))),
      h("tbody", {}, moves.slice(0, -1).map(({ name, cells }, place) => h("tr", { role: "row" },
        h("th", { role: "rowheader", scope: "row" }, name),
        cells.map((cell, side) => cellElement(cell, `moves-${place}-${side}`, { "data-label": words[SIDES[side]] })))),
      h("tr", { role: "row", class: "base" },
        h("th", { role: "rowheader", scope: "row" }, base.name),
        cellElement(base.cells[0], "moves-base", { colspan: String(SIDES.length) })))),
    h("p", { class: "small" }, words.placed));
}

const cellElement = ({ said, more, ask, href }, key, attributes) => h("td", { role: "cell", ...attributes },
  said.length
    ? [h("ul", { class: "plain" }, said.map(([text, at], place) => h("li", { dir: "auto" }, pageLink(at, { "data-key": `${key}-${place}` }, text)))), more && h("p", { class: "small" }, more)]
    : h("p", { class: "ask" }, h("span", { "aria-hidden": "true" }, "○ "), pageLink(href, { "data-key": key }, ask)));
