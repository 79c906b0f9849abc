// The questions of a step, and the button that seals what is answered.
import { fill, h, makeButton, newId, setText } from "../common/dom.js";
import { makeChoices } from "../form/kinds/choice.js";

/** {element, opId, refuse(text, field), busy(on)}. `kept` is what was answered before, keep(given) keeps it, and
 * seal(given) is called with all answers by question. */
export function makeDecision(before, words, { kept, keep, seal }) {
  const given = kept ?? {};
  const change = (id, value) => { given[id] = value; keep(given); };
  const asks = [...before.asks, before.how_sure].filter(Boolean);
  const fields = asks.map((ask) => makeAsk(ask, words, given[ask.id], (value) => change(ask.id, value), ask === before.how_sure));
  if (before.change_mind)
    fields.push(makeAsk({ id: "change_mind", kind: "text", text: before.change_mind, choices: [], sheet: "" }, words, given.change_mind, (value) => change("change_mind", value), true));
  const error = h("p", { class: "error", role: "alert" });
  const button = makeButton("button", () => { setText(error, ""); fields.forEach((it) => it.mark(false)); seal(given); }, words.seal);
  const id = newId();
  const element = h("section", { class: "card decide pb-form", "aria-labelledby": id }, h("h2", { id }, words.decide),
    fields.map((it) => it.element), error,
    h("p", { class: "buttons" }, button), h("p", { class: "small" }, words.seal_note));
  const busy = (on) => { button.disabled = on; setText(button, on ? words.sealing : words.seal); };
  return {
    element, opId: null, busy,
    refuse(text, name) {
      busy(false);
      setText(error, text);
      const field = fields.find((it) => it.id === name);
      field?.mark(true);
      (field ?? { focus: () => button.focus() }).focus();
    },
  };
}

function makeAsk(ask, words, value, changed, optional) {
  const control = CONTROLS[ask.kind](ask, words, value, changed);
  const label = [ask.text, optional && h("span", { class: "small" }, " ", words.optional)];
  const from = ask.sheet && h("p", { class: "why" }, fill(words.of_sheet, ask));
  const body = control.label ? h("div", {}, h("label", { class: "q", for: control.label }, label), from, control.element)
    : h("fieldset", {}, h("legend", { class: "q" }, label), from, control.element);
  const element = h("div", { class: "question", "data-ask": ask.id }, body);
  return {
    id: ask.id, element, focus: control.focus,
    mark: (wrong) => element.querySelectorAll("fieldset, input[type=text], textarea").forEach((one) => {
      if (wrong && (one.matches("fieldset") || control.label)) one.setAttribute("aria-invalid", "true");
      else one.removeAttribute("aria-invalid");
    }),
  };
}

const choices = (type) => (ask, _, value, changed) => {
  const pills = makeChoices(type, { changed, options: () => ask.choices });
  pills.write(value ?? null);
  return pills;
};

const CONTROLS = {
  one: choices("radio"),
  many: choices("checkbox"),
  number(ask, words, value, changed) {
    const said = { low: "", high: "", ...value };
    const end = (name, label) => {
      const id = newId(), input = h("input", { id, type: "text", inputmode: "decimal", autocomplete: "off", oninput: () => { said[name] = input.value.trim(); changed({ ...said }); } });
      input.value = said[name];
      return h("div", {}, h("label", { for: id }, label), input);
    };
    const element = h("div", { class: "range" }, end("low", words.low), end("high", words.high), ask.unit && h("span", {}, ask.unit));
    return { element, focus: () => element.querySelector("input").focus() };
  },
  text(_, __, value, changed) {
    const label = newId();
    const input = h("textarea", { id: label, rows: 2, maxlength: 2000, dir: "auto", oninput: () => changed(input.value) });
    input.value = value ?? "";
    return { element: input, label, focus: () => input.focus() };
  },
};
