// Ranges as lines, sorted, and the fact beside them; the same in words.
import { h } from "./dom.js";
import { say } from "./page.js";

const WIDTH = 1000, LINE = 22, TOP = 40, FOOT = 40;
const SVG = "http://www.w3.org/2000/svg";

/** The ranges of a vote as a picture with its words. */
export function rangesView({ result, unit }) {
  const { fact } = result;
  const ranges = result.ranges.map(([low, high]) => [Number(low), Number(high)]);
  const known = fact ? Number(fact.value) : null;
  const numbers = [...ranges.flat(), ...(known === null ? [] : [known])];
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const pad = (most - least || 1) * 0.05;
  const at = (value) => ((value - least + pad) / (most - least + 2 * pad)) * WIDTH;
  const holds = ([low, high]) => known !== null && !(fact.bound !== "less" && (high < known || (fact.bound === "more" && high === known)))
    && !(fact.bound !== "more" && (low > known || (fact.bound === "less" && low === known)));
  const bottom = TOP + ranges.length * LINE;
  const words = [sentence(result, unit), fact?.source && say("fact_source", { source: fact.source })].filter(Boolean).join(" ");
  const picture = draw("svg", { viewBox: `0 0 ${WIDTH} ${bottom + FOOT}`, role: "img", "aria-label": words, class: "ranges" }, [
    known !== null && fact.bound !== "exact" && draw("rect", {
      class: "band", y: TOP - 10, height: bottom - TOP + 10,
      x: fact.bound === "more" ? at(known) : 0, width: fact.bound === "more" ? WIDTH - at(known) : at(known),
    }),
    ...ranges.map((range, place) => draw("line", {
      class: holds(range) ? "hit" : "miss", x1: at(range[0]), x2: Math.max(at(range[1]), at(range[0]) + 4), y1: TOP + (place + 0.5) * LINE, y2: TOP + (place + 0.5) * LINE,
    })),
    known !== null && draw("line", { class: "fact", x1: at(known), x2: at(known), y1: TOP - 10, y2: bottom }),
    known !== null && text(at(known), TOP - 16, say(`fact_${fact.bound}`, { value: told(fact.value, unit) })),
    draw("line", { class: "axis", x1: 0, x2: WIDTH, y1: bottom, y2: bottom }),
    text(at(least), bottom + 30, told(String(least), unit)), text(at(most), bottom + 30, told(String(most), unit)),
  ]);
  return [
    h("p", { class: "held" }, words), picture,
    h("details", {}, h("summary", {}, say("ranges_list")), h("ul", { class: "texts" }, result.ranges.map(([low, high]) => h("li", {}, say("range_told", { low, high, unit }))))),
  ];
}

const told = (value, unit) => (unit === "%" ? `${value}%` : `${value} ${unit}`.trim());

function sentence({ ranges, fact }, unit) {
  const all = ranges.length;
  if (!fact) return say("ranges_no_fact", { all });
  const { held, below, above, bound } = fact;
  const value = told(fact.value, unit);
  if (bound === "exact") return say("ranges_held", { held, all, below, above, value });
  return say(bound === "more" ? "ranges_low" : "ranges_high", { wrong: bound === "more" ? below : above, all, value });
}

/** Words in the picture; near an edge they stay inside. */
function text(x, y, words) {
  const anchor = x > WIDTH * 0.75 ? "end" : x < WIDTH * 0.25 ? "start" : "middle";
  return draw("text", { x: Math.min(Math.max(x, 4), WIDTH - 4), y, "text-anchor": anchor }, [document.createTextNode(words)]);
}

function draw(name, attributes, children = []) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children.filter(Boolean));
  return element;
}
