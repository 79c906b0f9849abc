// Questions that are answered by any of several choices.
import { choiceLabels, makeChoices } from "./choice.js";
/** @import { QuestionKind } from "./base.js" */

/** @type {QuestionKind} */
export const MANY = {
  control: (_, use) => makeChoices("checkbox", use),
  text: (value, by) => choiceLabels(value, by).join(", "),
};
