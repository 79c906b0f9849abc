// How questions of the trainer's own are answered that no sheet asks: an order, a range, how sure one is.
import { h, newId, setText } from "./dom.js";
import { say } from "./page.js";

const TYPING_MS = 700;
const CHOOSING_MS = 250;

/** All choices in order: each press puts the next place on one, or takes it off again. */
export function orderControl(vote, { labelled, changed }) {
  let order = [];
  const buttons = vote.choices.map(({ id, label }) => {
    const place = h("span", { class: "place", "aria-hidden": "true" });
    const told = h("span", { class: "visually-hidden" });
    const button = h("button", { type: "button", class: "choice-button", "data-answer": true, onclick: () => press(id) }, place, h("span", { dir: "auto" }, label), told);
    return { id, place, told, button };
  });

  function press(id) {
    order = order.includes(id) ? order.filter((it) => it !== id) : [...order, id];
    draw();
    changed(CHOOSING_MS);
  }

  function draw() {
    for (const { id, place, told, button } of buttons) {
      const at = order.indexOf(id) + 1;
      setText(place, at ? String(at) : "·");
      setText(told, at ? say("order_place", { place: at }) : say("order_none"));
      button.setAttribute("aria-pressed", String(at > 0));
    }
  }

  draw();
  return {
    element: h("div", { class: "choices scale", role: "group", "aria-labelledby": labelled }, buttons.map(({ button }) => button)),
    hint: say("order_hint", { count: vote.choices.length }),
    read: () => (order.length === vote.choices.length ? order : null),
    write(value) {
      if (value === null && order.length < vote.choices.length && order.length) return; // still being put in order
      order = value ?? [];
      draw();
    },
  };
}

/** Two numbers, the lower one first. */
export function rangeControl(vote, { changed }) {
  const field = (key) => {
    const input = h("input", { type: "text", inputmode: "decimal", id: newId(), autocomplete: "off" });
    input.addEventListener("input", () => changed(TYPING_MS));
    return { input, element: h("p", {}, h("label", { for: input.id }, say(key)), input, vote.unit && h("span", { dir: "auto" }, vote.unit)) };
  };
  const low = field("range_low"), high = field("range_high");
  return {
    element: h("div", { class: "ends" }, low.element, high.element),
    hint: say("range_hint"),
    read: () => (low.input.value.trim() && high.input.value.trim() ? [low.input.value.trim(), high.input.value.trim()] : null),
    write(value) {
      if ([low.input, high.input].includes(document.activeElement)) return;
      if (value === null && (low.input.value || high.input.value) && !(low.input.value && high.input.value)) return;
      low.input.value = value?.[0] ?? "";
      high.input.value = value?.[1] ?? "";
    },
  };
}

/** How sure, 0 to 100 by tens: a slider that says nothing until it is touched. */
export function sureControl(_vote, { labelled, changed }) {
  const input = h("input", { type: "range", min: 0, max: 100, step: 10, value: 50, "aria-labelledby": labelled });
  const shown = h("output", {});
  let touched = false;
  const draw = () => {
    setText(shown, touched ? say("sure_of", { value: input.value }) : say("sure_none"));
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  const touch = () => { touched = true; draw(); changed(CHOOSING_MS); };
  input.addEventListener("input", touch);
  input.addEventListener("click", touch); // also where it stands already
  draw();
  return {
    element: h("div", { class: "sure" }, h("span", { class: "small" }, say("sure_low")), input, h("span", { class: "small" }, say("sure_high")), shown),
    read: () => (touched ? `s${input.value}` : null),
    write(value) {
      touched = value !== null;
      if (value) input.value = value.slice(1);
      draw();
    },
  };
}
