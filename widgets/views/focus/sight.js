// "Could we see it?": sliders for weeks, groups and design, and one sentence as the answer. Nothing of it is kept: the
// promise above is what counts, and a button turns back to it.
import { h, makeButton, newId, placeChildren, setText } from "../../common/dom.js";
import { makeLatestRequest } from "../../form/latest_request.js";
/** @import { Context } from "../../form/context.js" */

const PAUSE_MS = 250;

/** The view of the promise: what a pilot like this would show. */
export function makeView(/** @type {Context} */ ctx) {
  const say = (key, values) => ctx.say(`sight.${key}`, values);
  const choices = (id) => ctx.columns("promise").find((question) => question.id === id).choices;
  const changed = () => { own = false; ask(); };
  const parts = {
    design: makeChoice(say("design"), choices("design"), changed),
    proof: makeChoice(say("proof"), choices("proof").filter(({ id }) => id !== "none"), changed),
    weeks: makeSlider(say("weeks"), changed),
    groups: makeSlider(say("groups"), changed),
    slow: makeSlider(say("slow"), changed),
  };
  const answer = h("p", { class: "sight-answer", role: "status" }), error = h("p", { class: "error", hidden: true });
  const more = h("div", { class: "small" });
  const back = makeButton("link", () => { own = true; ask(); }, say("own"));
  const element = h("div", { class: "sight" }, h("div", { class: "sight-asks" }, Object.values(parts).map((part) => part.element)),
    back, answer, error, more);
  let own = true, asked = null, ready = false;

  const request = makeLatestRequest(ctx, "sight", PAUSE_MS, ({ reply, refusal }) => {
    error.hidden = !refusal;
    setText(error, refusal ?? "");
    setText(answer, reply?.sight.answer ?? "");
    placeChildren(more, (reply?.sight.more ?? []).map((line) => h("p", { dir: "auto" }, line)));
    if (reply) take(reply.sight);
  });

  function take({ question, limits }) {
    ready = true;
    for (const [name, part] of Object.entries(parts)) part.take(question[name], limits[name]);
    back.hidden = own;
  }

  function ask() {
    setText(answer, say("asking"));
    const question = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.read()]));
    request.ask(own || !ready ? {} : { question });
  }

  function update() {
    const now = `${ctx.state.worksheet.id} ${ctx.state.seq}`;
    if (ctx.queue.busy || now === asked) return;
    asked = now;
    ask();
  }
  back.hidden = true;
  return { element, update };
}

function makeChoice(text, choices, changed) {
  const select = h("select", { onchange: changed }, choices.map(({ id, label }) => h("option", { value: id }, label)));
  return {
    element: h("label", { class: "sight-ask" }, h("span", {}, text), select),
    read: () => select.value,
    take: (value) => { select.value = value; },
  };
}

/** A slider with a field beside it, which says the same and takes a number from the keyboard. */
function makeSlider(text, changed) {
  const id = newId(), range = h("input", { type: "range", step: 1, "aria-labelledby": id });
  const number = h("input", { type: "number", step: 1, "aria-labelledby": id });
  range.addEventListener("input", () => { number.value = range.value; changed(); });
  number.addEventListener("change", () => {
    if (number.value === "") number.value = range.value;
    range.value = number.value; // the slider keeps it within its limits
    number.value = range.value;
    changed();
  });
  return {
    element: h("div", { class: "sight-ask" }, h("span", { id }, text), h("span", { class: "sight-pair" }, range, number)),
    read: () => range.valueAsNumber,
    take: (value, limits) => {
      [range.min, range.max] = [number.min, number.max] = limits.map(String);
      range.value = value;
      if (document.activeElement !== number) number.value = range.value;
    },
  };
}
