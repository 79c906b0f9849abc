// Questions that are answered by a number.
import { h, newId, setText } from "../../common/dom.js";
import { EXACT_WAIT_MS, localNumber, markInput } from "./base.js";
/** @import { QuestionKind } from "./base.js" */

const APART_FROM = 10_000; // a year is a number too

/** A number as it is written where one lives; the kernel reads and checks it. */
function makeNumber({ unit, low, high, whole }, { changed, say, typedUnit }) {
  const range = low === null ? "number_high" : high === null ? "number_low" : "number_range";
  const limits = (low !== null || high !== null) && say(range, { low: low !== null && localNumber(low), high: high !== null && localNumber(high) });
  const hints = [limits, whole && say("number_whole")].filter(Boolean).join(", ");
  const id = newId(), behind = h("span", {}, unit && `${unit} `);
  // An iPhone's keys for decimals have no minus.
  const input = h("input", { type: "text", inputmode: low < 0 ? "text" : "decimal", autocomplete: "off" });
  input.addEventListener("input", () => changed(input.value || null, EXACT_WAIT_MS));
  input.addEventListener("blur", () => changed(null, null));
  return {
    element: h("div", { class: "number" }, input, h("span", { id }, behind, hints && h("span", { class: "small" }, hints))),
    input,
    read: () => input.value || null,
    write: (value) => { input.value = value ?? ""; },
    draw: () => { if (!unit) setText(behind, typedUnit()); },
    focus: () => input.focus(),
    mark: (error, described) => markInput(input, error, [id, described].filter(Boolean).join(" ")),
  };
}

/** @type {QuestionKind} */
export const NUMBER = {
  control: makeNumber,
  text: (value, { question }) => {
    const apart = Math.abs(Number(value)) >= APART_FROM;
    const number = apart ? String(value).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/gu, ",") : value;
    return question.unit === "%" ? `${number}%` : `${number} ${question.unit}`.trimEnd();
  },
  short: true,
};
