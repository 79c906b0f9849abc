// Ranges as lines, sorted, and the fact beside them; the same in words.
import { h } from "./dom.js";
import { say } from "./page.js";
import { svg, words } from "./picture.js";

const WIDTH = 1000, LINE = 22, TOP = 52, FOOT = 44;

/** The ranges of a vote on a phone: what they say, the picture, and every one of them as a list. */
export function rangesView(vote) {
  const { ranges } = vote.result;
  return [
    h("p", { class: "held" }, rangesWords(vote)),
    rangesPicture(vote, WIDTH, TOP + FOOT + ranges.length * LINE),
    h("details", {}, h("summary", {}, say("ranges_list")), h("ul", { class: "texts" }, ranges.map(([low, high]) => h("li", {}, rangeTold([low, high], vote.unit))))),
  ];
}

/** How many ranges hold the fact, and who says it. */
export function rangesWords({ result, unit }) {
  return [sentence(result, unit), result.fact?.source && say("fact_source", { source: result.fact.source })].filter(Boolean).join(" ");
}

/** All ranges in a picture of that size, a thick line for one that holds the fact. */
export function rangesPicture(vote, width, height) {
  const { result: { fact, ranges: told }, unit } = vote;
  const ranges = told.map(([low, high]) => [Number(low), Number(high)]);
  const known = fact ? Number(fact.value) : null;
  const numbers = [...ranges.flat(), ...(known === null ? [] : [known])];
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const pad = (most - least || 1) * 0.05;
  const at = (value) => ((value - least + pad) / (most - least + 2 * pad)) * width;
  const bottom = height - FOOT;
  const row = (bottom - TOP) / ranges.length;
  const isOpen = known !== null && fact.bound !== "exact";
  const band = isOpen && (fact.bound === "more" ? [at(known), width - at(known)] : [0, at(known)]);
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": rangesWords(vote), class: "ranges" }, [
    band && svg("rect", { class: "band", x: band[0], width: band[1], y: TOP - 10, height: bottom - TOP + 10 }),
    ranges.map((range, place) => {
      const y = TOP + (place + 0.5) * row;
      const isHit = holds(range, fact); // sixty of them on the wall still are lines
      return svg("line", { class: isHit ? "hit" : "miss", style: `stroke-width: ${Math.min(isHit ? 8 : 4, row * (isHit ? 0.7 : 0.4))}`, x1: at(range[0]), x2: Math.max(at(range[1]), at(range[0]) + 4), y1: y, y2: y });
    }),
    known !== null && svg("line", { class: "fact", x1: at(known), x2: at(known), y1: TOP - 10, y2: bottom }),
    known !== null && words(at(known), TOP - 16, say(`fact_${fact.bound}`, { value: withUnit(fact.value, unit) }), width, "strong"),
    svg("line", { class: "axis", x1: 0, x2: width, y1: bottom, y2: bottom }),
    words(at(least), bottom + 34, withUnit(String(least), unit), width),
    most > least && words(at(most), bottom + 34, withUnit(String(most), unit), width),
  ]);
}

/** Whether a range holds the fact; one that only touches a bound does not reach beyond it. */
function holds([low, high], fact) {
  if (!fact) return false;
  const known = Number(fact.value);
  const isLow = high < known || (fact.bound === "more" && high === known);
  const isHigh = low > known || (fact.bound === "less" && low === known);
  return !(fact.bound !== "less" && isLow) && !(fact.bound !== "more" && isHigh);
}

/** A range with its unit. */
export const rangeTold = ([low, high], unit) => say("range_told", { low: withUnit(low, ""), high: withUnit(high, unit) });

/** A number with its unit. */
export function withUnit(value, unit) {
  const number = /^-?\d{5,15}$/.test(value) ? Number(value).toLocaleString() : value;
  return unit === "%" ? `${number}%` : `${number} ${unit}`.trim();
}

function sentence({ ranges, fact }, unit) {
  const all = ranges.length;
  if (!fact) return say("ranges_no_fact", { all });
  const { held, below, above, bound } = fact;
  const value = withUnit(fact.value, unit);
  if (bound === "exact") return say("ranges_held", { held, all, below, above, value });
  return say(bound === "more" ? "ranges_low" : "ranges_high", { wrong: bound === "more" ? below : above, all, value });
}
