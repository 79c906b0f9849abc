// What the kinds share. A kind is everything the form does with questions of it, in one object.
import { setAttr } from "../../common/dom.js";

/**
 * @typedef {object} QuestionKind
 * @property {(question: any, use: any) => any} control
 * Makes the control: {element, read(), write(value), focus(), mark(error, described)}, and either the `input`
 * that its label belongs to, or `grouped`: the role of its controls together. It may have draw(value), to follow
 * what else changes.
 * use.changed(value, wait) hears of edits; wait is null when the control is left: what waits is then sent. The
 * rest of `use`: options() to choose from, rowKind as in row.js, paste, say, announce, shown(value) in words, workbook and small as
 * in series.js, typedUnit() that stands beside a number.
 * @property {(value: any, by: {question: any, say: Function, rowName: (id: string) => string}) => string} text
 * A stored value in words; rowName(id) is what a row is called, "" when it is gone.
 * @property {boolean} [short] Two of them fit on a line.
 */

export const EXACT_WAIT_MS = 1_200; // half of a number is often one too

export function markInput(input, error, described) {
  setAttr(input, "aria-invalid", error && "true");
  setAttr(input, "aria-describedby", described);
}

/** A number as it is written where one lives. */
export const localNumber = (number) => number.toLocaleString(document.documentElement.lang || undefined);
