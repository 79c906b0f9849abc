// Questions that are answered by a day.
import { h } from "../../common/dom.js";
import { EXACT_WAIT_MS, markInput } from "./base.js";
/** @import { QuestionKind } from "./base.js" */

const FIRST_YEAR = 1000; // earlier ones are a year half typed

function makeDate(_, { changed }) {
  const input = h("input", { type: "date" });
  const early = () => input.value && Number(input.value.slice(0, 4)) < FIRST_YEAR;
  const unfinished = () => input.validity.badInput || early();
  input.addEventListener("input", () => { if (!unfinished()) changed(input.value || null, EXACT_WAIT_MS); });
  input.addEventListener("blur", () => (early() ? changed(input.value, 0) : changed(null, null)));
  return {
    element: input, input,
    read: () => input.value || null,
    write: (value) => { if (!unfinished()) input.value = value ?? ""; },
    clear: () => { input.value = ""; },
    unfinished: () => input.validity.badInput,
    focus: () => input.focus(),
    mark: (error, described) => markInput(input, error, described),
  };
}

/** A day of the calendar as it is written where one lives. */
export function dateText(iso) {
  const day = new Date(`${iso}T00:00`);
  /** @type {Intl.DateTimeFormatOptions} */
  const style = { day: "numeric", month: "long", year: "numeric" };
  return Number.isNaN(day.getTime()) ? iso : day.toLocaleDateString(document.documentElement.lang || undefined, style);
}

/** @type {QuestionKind} */
export const DATE = { control: makeDate, text: dateText, short: true };
