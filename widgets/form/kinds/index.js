// The kinds of questions, a module each, as in playbook/worksheet/kinds: a new kind is one more line here.
import { ANSWER, ONE, SCALE } from "./choice.js";
import { DATE } from "./date.js";
import { MANY } from "./many.js";
import { NUMBER } from "./number.js";
import { RANK } from "./rank.js";
import { ROW } from "./row.js";
import { SERIES } from "./series.js";
import { LONG_TEXT, TEXT } from "./text.js";
/** @import { QuestionKind } from "./base.js" */

/** @type {Record<string, QuestionKind>} */
export const KINDS = {
  answer: ANSWER,
  one: ONE,
  many: MANY,
  rank: RANK,
  scale: SCALE,
  row: ROW,
  date: DATE,
  number: NUMBER,
  series: SERIES,
  text: TEXT,
  long_text: LONG_TEXT,
};
