// A case on a phone: what is known so far, and once it is opened what happened, in parts kept apart.
import { h } from "./dom.js";
import { exhibitTable, inCommon, legend } from "./exhibit.js";
import { redraw, say } from "./page.js";

/** What of the case is told just now, in `place`. */
export function drawCase(place, told) {
  place.hidden = !told;
  redraw(place, told, () => told && [told.revealed ? revealed(told.revealed) : situation(told), told.exhibits.map(exhibitView), told.revealed && more(told)].flat());
}

function situation({ title, situation: text, step, steps, known, earlier }) {
  return [
    h("p", { class: "small", dir: "auto" }, say("case_step", { title, number: step, all: steps })),
    h("p", { dir: "auto" }, text),
    known.length > 0 && [h("h2", {}, say("case_known")), facts(known)],
    earlier.length > 0 && h("details", {}, h("summary", {}, say("case_earlier", { count: earlier.length })), facts(earlier)),
  ].flat();
}

function revealed({ title, headline, opened, hinge, columns, none_found: none }) {
  return [
    h("p", { class: "small", dir: "auto" }, title),
    h("h2", { dir: "auto" }, headline),
    opened && h("p", { class: "suggests", dir: "auto" }, opened),
    hinge && h("p", { class: "hinge", dir: "auto" }, hinge),
    columns.map(({ id, heading, facts: its }) => h("section", { class: `column ${id}` }, h("h3", {}, heading), its.length ? facts(its) : h("p", { class: "small" }, say("case_nothing")),
      id === "public" && none && h("p", { dir: "auto" }, h("strong", {}, `${say("case_none_found")} `), none))),
  ].flat();
}

/** Positions, where what came before can be looked up, and what the case can't show. */
function more({ revealed: { positions, sources, honest } }) {
  return [
    positions.length > 0 && h("details", {}, h("summary", {}, say("case_positions", { count: positions.length })), h("ul", { class: "texts" }, positions.map((one) => h("li", { dir: "auto" },
      h("strong", {}, one.position), one.evidence.map(({ text }) => h("span", { class: "small block" }, say("case_speaks", { text }))), h("span", { class: "small block" }, say("case_overturns", { text: one.overturned_by })))))),
    sources.length > 0 && h("details", {}, h("summary", {}, say("case_sources")), facts(sources)),
    honest && h("p", { class: "small", dir: "auto" }, honest),
  ];
}

function facts(list) {
  return h("ul", { class: "facts" }, list.map(({ text, mark, sure, source, places, why, how }) => h("li", { dir: "auto" }, text,
    h("span", { class: "small block" }, h("span", { "aria-hidden": "true" }, `${mark} `), [sure, source].filter(Boolean).join(" · "),
      places.map(({ title, address }) => [" · ", h("a", { href: address, target: "_blank", rel: "noreferrer" }, title)])),
    [why, how].filter(Boolean).map((line) => h("span", { class: "small block" }, line)))));
}

function exhibitView(exhibit) {
  return h("section", { class: "exhibit-part" }, h("h2", { dir: "auto" }, exhibit.title), exhibit.never && h("p", {}, say("case_never")), exhibitTable(exhibit),
    h("p", {}, h("strong", {}, inCommon(exhibit))), h("p", { class: "small" }, legend(exhibit)), exhibit.note && h("p", { class: "small", dir: "auto" }, exhibit.note), h("p", { dir: "auto" }, exhibit.question));
}
