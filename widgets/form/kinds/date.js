// Questions that are answered by a day: typed as people write it, or picked in the browser's own calendar.
import { h, makeButton } from "../../common/dom.js";
import { EXACT_WAIT_MS, markInput } from "./base.js";
/** @import { QuestionKind } from "./base.js" */

const TYPING_WAIT_MS = 5_000; // half of a date is none: it is read when the field is left
const ISO = /^(\d{4})-(\d\d)-(\d\d)$/;

/** A field for a day. What is typed goes out as it is; the kernel reads it, and what it understood is then shown. */
export function makeDate(_, { changed, say, announce }) {
  const input = h("input", { type: "text", autocomplete: "off" });
  // The calendar opens where this one stands; nobody sees it, types in it or comes to it by Tab.
  const picker = h("input", { type: "date", class: "day-picker", tabindex: -1, "aria-hidden": "true" });
  const open = makeButton("button quiet", pick, h("span", { class: "calendar", "aria-hidden": "true" }),
    h("span", { class: "visually-hidden" }, say("date_pick")));
  let day = null; // what the field shows, as it is stored
  let given = false; // it was typed, left, and is not read yet

  const written = (value) => dateText(value, { say });
  const read = () => (day && input.value === written(day) ? day : input.value.trim() || null);

  function put(value) {
    day = ISO.test(value ?? "") ? value : null;
    input.value = written(value ?? "");
  }

  function leave() {
    given = read() !== day;
    changed(null, null);
  }

  function pick() {
    picker.value = day ?? "";
    try {
      picker.showPicker();
    } catch { // an older browser opens it as it is reached
      picker.focus();
      picker.click();
    }
  }

  input.addEventListener("input", () => { given = false; changed(read(), TYPING_WAIT_MS); });
  input.addEventListener("blur", leave);
  input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) leave(); });
  picker.addEventListener("change", () => {
    put(picker.value || null);
    announce(input.value);
    changed(read(), EXACT_WAIT_MS);
  });
  return {
    element: h("div", { class: "date" }, input, open, picker),
    input, read, write: put,
    draw: (value) => {
      if (!given || !ISO.test(value ?? "")) return;
      given = false;
      put(value);
      announce(input.value);
    },
    focus: () => input.focus(),
    mark: (error, described) => markInput(input, error, described),
  };
}

/** A stored day in our words: 15 February 2027. What is no day yet is told as it was typed. */
export function dateText(iso, { say }) {
  const [, year, month, day] = ISO.exec(iso) ?? [];
  const name = month && say("months").split(" ")[Number(month) - 1];
  return name ? say("date", { day: Number(day), month: name, year }) : iso;
}

/** @type {QuestionKind} */
export const DATE = { control: makeDate, text: dateText, short: true };
