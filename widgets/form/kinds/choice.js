// Questions that are answered by one of several choices; many.js and row.js make theirs with these.
import { h, makeList, newId, setAttr, setText } from "../../common/dom.js";
import { markInput } from "./base.js";
/** @import { QuestionKind } from "./base.js" */

const LONG_LABEL = 28;

/** A pill for each of options(): `type` is radio, or checkbox for several; refresh() follows options(). */
export function makeChoices(type, { changed, options }, look = `choice ${type}`) {
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
    element, read, refresh: draw, grouped: many ? "group" : "radiogroup",
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

/** One of several as a list to open, in which a first letter leads on. */
export function makeSelect({ changed, options, say }) {
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
function makeScale(_, use) {
  const control = makeChoices("radio", use, "point");
  control.element.className = "scale";
  return control;
}

/** The labels of what was chosen. */
export function choiceLabels(value, { question }) {
  const names = new Map(question.choices.map((choice) => [choice.id, choice.label]));
  return [value].flat().map((one) => names.get(one) ?? one);
}

const oneText = (value, by) => choiceLabels(value, by).join(", ");
const makeOne = (_, use) => (use.compact ? makeSelect(use) : makeChoices("radio", use));

/** @type {QuestionKind} */
export const ONE = { control: makeOne, text: oneText };
/** @type {QuestionKind} */
export const ANSWER = { control: makeOne, text: oneText };
/** @type {QuestionKind} */
export const SCALE = { control: makeScale, text: oneText };
