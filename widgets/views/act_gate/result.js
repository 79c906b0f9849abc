// What the program found about a pilot: the two levels apart, the lot with its groups, and what else could explain it.
import { markOf } from "../../cards/card.js";
import { drawingOf, h, placeChildren } from "../../common/dom.js";
import { pageLink } from "../../common/goto.js";
import { makeLatestRequest } from "../../form/latest_request.js";
/** @import { Context } from "../../form/context.js" */

const PAUSE_MS = 150;

/** The view above the questions of the gate; the kernel works it out from all sheets. */
export function makeView(/** @type {Context} */ ctx) {
  const element = h("div", { class: "pb-result" });
  let asked = null;
  const request = makeLatestRequest(ctx, "pilot_result", PAUSE_MS, ({ reply }) => {
    if (reply) placeChildren(element, elements(reply.pilot_result));
  });

  function update() {
    const now = `${ctx.state.worksheet.id} ${ctx.state.seq}`;
    if (ctx.queue.busy || now === asked) return;
    asked = now;
    request.ask();
  }
  document.addEventListener("visibilitychange", () => { // another tab may have answered since
    if (element.isConnected && document.visibilityState === "visible") request.ask();
  });
  return { element, update };
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
    rivals.length > 0 && [h("h3", {}, words.rivals), h("ul", { class: "rivals" }, rivals.map(({ name, mark, why }) => h("li", { dir: "auto" }, markOf(mark), ` ${name}`, why && h("span", { class: "small" }, ` ${why}`))))],
    href && h("p", { class: "small" }, pageLink(href, {}, words.to_focus)),
  ].flat().filter(Boolean);
}
