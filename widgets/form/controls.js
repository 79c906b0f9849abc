// One control for each kind of question. A control is {element, read(), write(value), focus(),
// mark(error, described)}, and either the `input` that its label belongs to, or `grouped`: the role of
// its controls together. It may have draw(value) (to follow what else changes) and unfinished() (what
// is typed is no value yet) with clear() to take that away. KINDS is open: a new kind is one more entry.
import { h, makeList, newId, setAttr, setText } from "../common/dom.js";
import { makeOrderControl } from "./controls_order.js";
import { makeSeriesControl } from "./controls_series.js";

const TYPING_WAIT_MS = 600;
const EXACT_WAIT_MS = 1_200; // half of a date or a number is often one too
const FIRST_YEAR = 1000; // earlier ones are a year half typed
const LONG_LABEL = 28;
const NEARLY_FULL = 0.8;
const MANY_ROWS = 12; // more are a list to open

/** kind -> (question, use) => control. use.changed(value, wait) hears of edits; wait is null when the
 * control is left: what waits is then sent. The rest of `use`: options() to choose from, paste, say,
 * announce, shown(value) in words, workbook and small as in makeSeriesControl. */
export const KINDS = {
  answer: (question, use) => choiceControl("radio", question, use),
  one: (question, use) => choiceControl("radio", question, use),
  row: (question, use) => (use.options().length > MANY_ROWS ? listControl(use) : choiceControl("radio", question, use)),
  many: (question, use) => choiceControl("checkbox", question, use),
  scale: scaleControl,
  rank: makeOrderControl,
  date: dateControl,
  number: numberControl,
  series: makeSeriesControl,
  text: (question, use) => textControl(1, question, use),
  long_text: (question, use) => textControl(2, question, use),
};

function choiceControl(type, question, { changed, options }, look = `choice ${type}`) {
  const name = newId();
  const element = h("div", { class: "choices" });
  const onchange = ({ target }) => { if (target.checked) makeWay(target); changed(read(), 0); };
  const list = makeList(element, (choice) => choicePill(choice, { type, look, name, onchange }));
  const inputs = () => [...element.querySelectorAll("input")];
  const many = type === "checkbox";

  /** "None of these" takes the others back, and any other takes it back. */
  function makeWay(target) {
    const alone = (input) => options().some((choice) => choice.id === input.value && choice.alone);
    for (const input of many ? inputs() : [])
      if (input !== target && (alone(target) || alone(input))) input.checked = false;
  }

  function read() {
    const picked = inputs().filter((input) => input.checked).map((input) => input.value);
    return many ? (picked.length ? picked : null) : picked[0] ?? null;
  }

  function draw() {
    const choices = options();
    const long = choices.some((choice) => choice.hint || choice.label.length > LONG_LABEL);
    element.classList.toggle("stacked", long);
    list.sync(choices.map((choice) => ({ ...choice, key: choice.id })));
  }

  draw();
  return {
    element, read, draw: question.kind === "row" ? draw : null, grouped: many ? "group" : "radiogroup",
    write: (value) => {
      const wanted = many ? value ?? [] : [value];
      for (const input of inputs()) input.checked = wanted.includes(input.value);
    },
    focus: () => (inputs().find((input) => input.checked) ?? inputs()[0])?.focus(),
    mark: (error, described, group) => {
      setAttr(group, "aria-describedby", described);
      for (const target of many ? inputs() : [group]) setAttr(target, "aria-invalid", error && "true");
    },
  };
}

function choicePill({ id, hint }, { type, look, name, onchange }) {
  const ids = [newId(), newId()];
  const described = hint ? { "aria-labelledby": ids[0], "aria-describedby": ids[1] } : {};
  const input = h("input", { type, name, value: id, onchange, ...described });
  const text = h("span", { id: ids[0], dir: "auto" });
  const element = h("label", { class: look }, input,
    h("span", {}, text, hint && h("span", { class: "small", id: ids[1] }, hint)));
  return { element, update: (choice) => setText(text, choice.label) };
}

/** Points from low to high, in a row where there is room for their words. */
function scaleControl(question, use) {
  const control = choiceControl("radio", question, use, "point");
  control.element.className = "scale";
  return control;
}

/** One of many rows: a list to open, in which a first letter leads on. */
function listControl({ changed, options, say }) {
  const input = h("select", { onchange: () => changed(input.value || null, 0) });
  const list = makeList(input, ({ key }) => {
    const element = h("option", { value: key });
    return { element, update: ({ label }) => setText(element, label) };
  });
  const draw = () => list.sync([{ key: "", label: say("open_cell") }, ...options().map((one) => ({ ...one, key: one.id }))]);
  draw();
  return {
    element: input, input, draw,
    read: () => input.value || null,
    write: (value) => { input.value = value ?? ""; },
    focus: () => input.focus(),
    mark: (error, described) => markInput(input, error, described),
  };
}

/** Text of one line (`rows` 1) or more. One line wraps too, so that all of it can be read. */
function textControl(rows, question, { changed, paste, say }) {
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

function dateControl(_, { changed }) {
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

/** A number as it is written where one lives; the kernel reads and checks it. */
function numberControl({ unit, low, high, whole }, { changed, say }) {
  const local = (number) => number.toLocaleString(document.documentElement.lang || undefined);
  const range = low === null ? "number_high" : high === null ? "number_low" : "number_range";
  const limits = (low !== null || high !== null) && say(range, { low: low !== null && local(low), high: high !== null && local(high) });
  const hints = [limits, whole && say("number_whole")].filter(Boolean).join(", ");
  const id = newId();
  // An iPhone's keys for decimals have no minus.
  const input = h("input", { type: "text", inputmode: low < 0 ? "text" : "decimal", autocomplete: "off" });
  input.addEventListener("input", () => changed(input.value || null, EXACT_WAIT_MS));
  input.addEventListener("blur", () => changed(null, null));
  return {
    element: h("div", { class: "number" }, input, h("span", { id }, unit && h("span", {}, unit, " "), hints && h("span", { class: "small" }, hints))),
    input,
    read: () => input.value || null,
    write: (value) => { input.value = value ?? ""; },
    focus: () => input.focus(),
    mark: (error, described) => markInput(input, error, [id, described].filter(Boolean).join(" ")),
  };
}

function markInput(input, error, described) {
  setAttr(input, "aria-invalid", error && "true");
  setAttr(input, "aria-describedby", described);
}
