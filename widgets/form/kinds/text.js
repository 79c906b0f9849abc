// Questions that are answered in one's own words, on one line or several.
import { h, setAttr } from "../../common/dom.js";
import { markInput } from "./base.js";
/** @import { QuestionKind } from "./base.js" */

const TYPING_WAIT_MS = 600;
const NEARLY_FULL = 0.8;

/** Text of one line (`rows` 1) or more. One line wraps too, so that all of it can be read. */
function makeText(rows, question, { changed, paste, say }) {
  const input = h("textarea", { rows, dir: "auto" });
  const count = h("p", { class: "small count", hidden: true });
  // The wrapper repeats the text behind the field: so it grows with it, and paper shows all of it.
  const grow = h("div", { class: "grow" }, input);
  const refresh = () => {
    setAttr(grow, "data-value", input.value);
    const left = question.max_length - [...input.value].length;
    count.hidden = !(left < question.max_length * (1 - NEARLY_FULL));
    count.textContent = count.hidden ? "" : left >= 0 ? say("left", { count: left }) : say("too_many", { count: -left });
  };
  const put = (text) => {
    const caret = document.activeElement === input ? input.selectionStart : null;
    input.value = text;
    if (caret !== null) input.setSelectionRange(caret, caret);
  };
  if (rows === 1) input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
  input.addEventListener("input", () => {
    if (rows === 1 && input.value.includes("\n")) put(input.value.replaceAll("\n", " "));
    refresh();
    changed(input.value || null, TYPING_WAIT_MS);
  });
  input.addEventListener("blur", () => changed(null, null));
  input.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (paste?.(text, rows)) event.preventDefault();
  });
  return {
    element: h("div", {}, grow, count),
    input,
    read: () => input.value || null,
    write: (value) => { put(value ?? ""); refresh(); },
    focus: () => input.focus(),
    mark: (error, described) => markInput(input, error, described),
  };
}

/** @type {QuestionKind} */
export const TEXT = { control: (question, use) => makeText(1, question, use), text: (value) => value, short: true };
/** @type {QuestionKind} */
export const LONG_TEXT = { control: (question, use) => makeText(2, question, use), text: (value) => value };
