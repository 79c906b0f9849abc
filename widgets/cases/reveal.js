// What happened, in columns that stay apart, beside one's own sealed decision and the positions one can defend.
import { drawingOf, fill, h, newId } from "../common/dom.js";

/** `factList` draws facts as the step before did. */
export function revealElements({ reveal, before, mine, ranges, then, drawn, words, exhibit_words: own }, factList) {
  const apart = ["documents", "public", "claimed"];
  const column = (one) => columnElement(one, reveal, words, factList);
  return [
    reveal.opened && h("p", { class: "opened" }, reveal.opened),
    reveal.hinge && h("p", { class: "hinge" }, reveal.hinge),
    h("section", { "aria-label": words.happened }, h("div", { class: "three" }, reveal.columns.filter(({ id }) => apart.includes(id)).map(column)),
      h("div", { class: "stack below" }, reveal.columns.filter(({ id }) => !apart.includes(id)).map(column))),
    (drawn ?? []).map((one) => exhibitElement(one, own)),
    h("div", { class: "cases-two" },
      mineElement(before, mine, ranges, then, words),
      h("section", {}, h("h2", {}, words.positions), h("ul", { class: "plain positions" }, reveal.positions.map((it) => h("li", {},
        h("p", {}, h("strong", {}, it.position)),
        it.evidence.length > 0 && h("p", { class: "small" }, words.rests_on, " ", it.evidence.map(({ text }) => text).join(" ")),
        h("p", { class: "small" }, fill(words.would_fall, { what: it.overturned_by }))))))),
    reveal.sources.length > 0 && h("details", {}, h("summary", {}, words.sources), factList(reveal.sources, words)),
    reveal.leads_on && h("p", { class: "leads" }, reveal.leads_on),
  ].filter(Boolean);
}

function columnElement({ id, heading, facts }, { none_found: none }, words, factList) {
  const key = newId(), missing = id === "public" && none;
  return h("section", { class: `card column of-${id}`, "aria-labelledby": key }, h("h2", { id: key }, heading),
    facts.length > 0 && factList(facts, words),
    missing && h("p", {}, h("strong", {}, `${words.none_found}: `), none),
    !facts.length && !missing && h("p", { class: "small" }, words.none));
}

function mineElement(before, mine, ranges, then, words) {
  const id = newId();
  const answers = (of) => before.asks.map((ask, place) => [h("dt", {}, ask.text), h("dd", { dir: "auto" }, of.answers[place] || "–")]);
  return h("section", { class: "card mine", "aria-labelledby": id }, h("h2", { id }, fill(words.you, mine)),
    h("dl", {}, answers(mine), mine.how_sure && [h("dt", {}, before.how_sure.text), h("dd", {}, mine.how_sure)]),
    ranges.map((it) => h("p", {}, h("strong", {}, it))),
    mine.mind && h("p", { dir: "auto" }, fill(words.mind, mine)),
    then && h("div", { class: "then" }, h("h3", {}, fill(words.then, then)), h("dl", {}, answers(then))));
}

/** A picture of points, and the same figures as a table. */
function exhibitElement({ svg, alt, exhibit }, words) {
  const id = newId(), points = exhibit.series.flatMap((series) => series.points.map((point) => ({ ...point, series })));
  return h("section", { class: "card exhibit", "aria-labelledby": id },
    h("h2", { id }, exhibit.title), exhibit.never && h("p", { class: "never" }, h("strong", {}, words.never)),
    h("div", { role: "img", "aria-label": alt }, drawingOf(svg)),
    h("p", {}, h("strong", {}, exhibit.question)), exhibit.note && h("p", { class: "small" }, exhibit.note),
    h("details", {}, h("summary", {}, words.table), h("div", { class: "scrolls", tabindex: "0", role: "region", "aria-label": words.table }, h("table", {},
      h("thead", {}, h("tr", {}, [words.year, "", words.value, words.sure].map((it, at) => at === 1 ? h("td", {}) : h("th", { scope: "col" }, it)))),
      h("tbody", {}, points.map(({ year, value, series, mark, sure }) => h("tr", {}, h("td", {}, String(year)), h("th", { scope: "row" }, series.name), h("td", {}, `${value.toLocaleString("en")} ${series.unit}`), h("td", {}, `${mark} ${sure}`))))))));
}
